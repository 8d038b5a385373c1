"""REST services of signed copies: ``@signed-copies`` of a revision and of an agency."""
