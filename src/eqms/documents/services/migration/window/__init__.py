"""``@migration-window``: when documents of an agency may be migrated."""
