"""What documents point to: legal texts, administrative procedures, territory groups."""
