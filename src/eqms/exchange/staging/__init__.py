"""Files that were read and wait for a person, before documents are made of them."""
