"""``@substitutions`` of the site (one's own) and of agencies."""
