"""Who is told what becomes of a revision, in the transaction in which it happens."""

from eqms.agencies.people import name_of
from eqms.approval.mail.outbox import tell
from eqms.documents.interfaces import IRevisionSwitched
from plone import api
from Products.DCWorkflow.interfaces import IAfterTransitionEvent
from typing import Any


def after_transition(revision: Any, event: IAfterTransitionEvent) -> None:
    """Tell the authors that their draft is back."""
    if event.transition is None:
        return
    if event.transition.id == "reject":
        name = name_of(api.user.get_current().getId())
        comment = event.kwargs.get("comment") or ""
        tell(revision.saved_by, "returned", revision, name=name, comment=comment)
    elif event.transition.id == "lose_base":
        tell(revision.saved_by, "base_lost", revision)


def revision_switched(revision: Any, event: IRevisionSwitched) -> None:
    """Tell the authors that what they wrote is in force."""
    if event.transition == "make_in_force":
        tell(revision.saved_by, "in_force", revision)
