"""REST service of the mail preferences of the person who is logged in."""
