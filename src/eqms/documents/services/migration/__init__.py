"""REST services of migration: the window of an agency, correcting and confirming revisions."""
