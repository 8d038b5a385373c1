"""The pages on which people set up how they sign."""
