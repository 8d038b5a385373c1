"""The switch: the one place where what readers get as in force changes (invariants 1 and 2)."""

from Acquisition import aq_parent
from datetime import datetime
from eqms import _
from eqms.documents import coding
from eqms.documents.content import register_of
from eqms.documents.errors import conflict
from eqms.documents.interfaces import IRevisionSwitched
from eqms.documents.workflow import fire
from eqms.documents.workflow import make_readable_by
from eqms.domain.clock import now
from eqms.domain.revisions import Classification
from eqms.domain.revisions import State
from eqms.domain.revisions import visibility
from plone import api
from typing import Any
from zope.event import notify
from zope.interface import implementer
from zope.interface.interfaces import ObjectEvent


NO_CODE = _(
    "error_no_code",
    default="The document has no code yet. Give it one before it is issued.",
)


@implementer(IRevisionSwitched)
class RevisionSwitched(ObjectEvent):
    """A revision came into force (its predecessor is superseded already), or ceased to be."""

    def __init__(self, revision: Any, document: Any, instant: datetime, transition: str) -> None:
        super().__init__(revision)
        self.document = document
        self.instant = instant
        self.transition = transition


def put_in_force(
    revision: Any, transition: str = "make_in_force", since: datetime | None = None, **details: Any
) -> None:
    """Put a revision in force and supersede the one before, in the present transaction.

    :param transition: ``make_in_force`` after approval, ``migrate`` for what was in force on paper
    :param since: from when it is in force, for migration; otherwise this moment, never earlier
    :param details: what the audit row says besides
    :raises Conflict: if the document has no code, or the state of a revision does not allow it
    """
    document = aq_parent(revision)
    if not document.code:
        raise conflict(NO_CODE)
    register = register_of(document)
    recorded_at = now()
    start = since or recorded_at
    before = register.live
    if before is not None:
        _supersede(document, before, start, recorded_at, by=api.content.get_uuid(revision))
    fire(revision, transition, **details)
    revision.issued_at = start
    revision.in_force_from = start
    register.begin(api.content.get_uuid(revision), start, recorded_at)
    show(document, revision)
    notify(RevisionSwitched(revision, document, start, transition))


def show(document: Any, revision: Any) -> None:
    """Let readers of the document get what its revision in force says."""
    document.title = revision.title
    document.description = revision.description or ""
    coding.freeze(document)
    make_readable_by(document, visibility(Classification(revision.classification)).value)
    document.reindexObject()
    revision.reindexObject()


def _supersede(document: Any, before: Any, end: datetime, recorded_at: datetime, by: str) -> None:
    old = document._getOb(before.id)
    fire(old, "supersede", superseded_by=by)
    old.superseded_at = end
    if before.state is State.IN_FORCE:
        register_of(document).end(before.uid, end, recorded_at)
    old.reindexObject()
