"""REST services on procedures."""
