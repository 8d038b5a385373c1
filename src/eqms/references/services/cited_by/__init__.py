"""``@cited-by``."""
