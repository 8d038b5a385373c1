"""REST services of documents and revisions."""
