"""REST services of issue decisions."""
