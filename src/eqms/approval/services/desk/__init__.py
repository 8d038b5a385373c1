"""REST services of the desk of an agency."""
