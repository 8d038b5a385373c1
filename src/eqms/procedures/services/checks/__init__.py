"""``@checks``: what the checks find in a revision, and in the procedures of an agency."""
