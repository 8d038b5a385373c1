"""Audit trail of an object: one hash-chained row per event, kept apart from the object.

The rows live in the site, not on the object they speak of: they survive its removal.
"""
