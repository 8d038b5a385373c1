"""Pages on which references are set up."""
