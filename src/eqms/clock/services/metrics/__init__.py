"""``@metrics``."""
