"""``@workflow-inspector``: the workflows of the site and what looks wrong in them."""
