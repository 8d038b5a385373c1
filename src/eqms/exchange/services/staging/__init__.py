"""``@staging``: Word files that are looked at and put right before they become documents."""
