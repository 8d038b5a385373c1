"""Pages of signed copies."""
