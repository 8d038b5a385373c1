"""``@duplicate-codes``: the same code on several documents."""
