"""Pages of issue decisions."""
