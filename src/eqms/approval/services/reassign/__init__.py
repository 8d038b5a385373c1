"""``@reassign`` of revisions."""
