"""REST services of imports."""
