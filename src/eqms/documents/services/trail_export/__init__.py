"""``@trail-export``: the trails of a document, an agency or the site as a file."""
