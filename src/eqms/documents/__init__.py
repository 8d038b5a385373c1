"""Controlled documents and their revisions: identity, life cycle, codes, what is in force when."""
