"""REST services of proposals."""
