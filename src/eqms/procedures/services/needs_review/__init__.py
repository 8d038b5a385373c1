"""``@needs-review``."""
