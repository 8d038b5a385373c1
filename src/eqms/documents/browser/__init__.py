"""Forms and pages of documents for those who work on them."""
