"""``@master-list``: what is in force, or was on a past day."""
