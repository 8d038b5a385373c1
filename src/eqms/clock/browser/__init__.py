"""Pages about the clock."""
