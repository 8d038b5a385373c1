"""REST services on references."""
