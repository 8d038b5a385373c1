"""``@next-code``: the code that comes next in an agency."""
