"""REST service of the tasks of the person who is logged in."""
