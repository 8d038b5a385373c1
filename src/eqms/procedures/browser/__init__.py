"""How the content of a procedure is shown."""
