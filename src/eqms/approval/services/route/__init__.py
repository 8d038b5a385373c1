"""``@route`` of documents and revisions."""
