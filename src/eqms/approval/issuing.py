"""What follows the last signature: the revision is issued, or waits to be."""

from eqms.documents.switch import put_in_force
from typing import Any


def after_approval(revision: Any) -> None:
    """Issue an approved revision as its agency issues documents of its type."""
    put_in_force(revision)
