"""``@routes`` of agencies and of the site."""
