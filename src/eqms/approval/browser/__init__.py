"""Forms of approval."""
