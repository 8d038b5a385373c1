"""``@revise``: open the next draft of a document."""
