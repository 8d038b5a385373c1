"""Rows of the audit trail about a revision: they stand in the trail of its document."""

from Acquisition import aq_parent
from eqms.trail import storage as trail
from plone import api
from typing import Any


def note(revision: Any, action: str, **details: Any) -> None:
    """Write that something happened to a revision, in the present transaction.

    :param action: what happened, as a stable id
    :param details: what an auditor needs to understand it
    """
    trail.append(
        api.content.get_uuid(aq_parent(revision)),
        action,
        path="/".join(revision.getPhysicalPath()),
        revision=api.content.get_uuid(revision),
        **details,
    )
