"""``@working-days``."""
