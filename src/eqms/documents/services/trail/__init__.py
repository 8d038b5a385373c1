"""``@trail``: the audit rows of a document, a revision, an agency or the site."""
