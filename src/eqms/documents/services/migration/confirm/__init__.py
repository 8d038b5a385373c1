"""``@confirm-migration``: a migrated revision agrees with the paper."""
