"""REST calls about the clock."""
