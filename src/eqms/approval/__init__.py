"""Approval: routes, signatures, who may decide on a revision and what follows."""
