"""``@compare``: what changed between two revisions."""
