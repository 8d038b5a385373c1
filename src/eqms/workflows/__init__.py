"""The workflows of the site as they are: drawn, in tables, and with what looks wrong in them."""
