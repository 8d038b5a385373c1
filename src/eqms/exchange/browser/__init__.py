"""Pages of imports, for those who enter an agency's documents."""
