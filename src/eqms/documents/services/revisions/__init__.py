"""``@revisions``: the revisions of a document that the caller may see."""
