"""``@imports``: batches of Word files that became documents of an agency."""
