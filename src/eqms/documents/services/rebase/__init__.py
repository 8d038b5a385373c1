"""``@rebase``."""
