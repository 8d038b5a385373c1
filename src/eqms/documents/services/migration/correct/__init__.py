"""``@correct``: put right what was misread or mistyped when a document was taken over."""
