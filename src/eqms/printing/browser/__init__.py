"""Downloads of prints."""
