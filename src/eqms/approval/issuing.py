"""What follows the last signature: the revision is issued, or waits to be."""

from eqms.documents.switch import issue
from eqms.documents.switch import requested_start
from typing import Any


def after_approval(revision: Any) -> None:
    """Issue an approved revision as its agency issues documents of its type."""
    issue(revision, requested_start(revision))
