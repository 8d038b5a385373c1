"""REST services of this room."""
