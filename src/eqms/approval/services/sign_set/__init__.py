"""``@sign-set``: a set of revisions is signed with one authentication (tập trình ký)."""
