"""Taking documents in from outside: Word files, in batches that can be undone."""
