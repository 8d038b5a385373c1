"""``@due-dates``."""
