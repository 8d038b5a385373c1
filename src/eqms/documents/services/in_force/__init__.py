"""``@in-force``: the revision of a document that was in force at a past instant."""
