"""How a revision ceases to be in force without another one: suspended, resumed, retired.

Like the switch this changes what readers get (invariant 2), so nobody fires it by hand: a signed
proposal or an issue decision stands behind each call. A document that readers could see stays where
it is and says what became of it; its revision is theirs no longer, by its state alone.
"""

from Acquisition import aq_parent
from datetime import datetime
from eqms import _
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.migration import reasoned
from eqms.documents.switch import RevisionSwitched
from eqms.documents.vocabularies import WHY_ENDED
from eqms.documents.workflow import fire
from eqms.documents.workflow import state_of
from eqms.domain.clock import now
from eqms.domain.intervals import IntervalError
from eqms.domain.revisions import State
from plone import api
from typing import Any
from zope.component import getUtility
from zope.event import notify
from zope.schema.interfaces import IVocabularyFactory


def suspend(revision: Any, reason: str, **details: Any) -> None:
    """Tạm ngừng áp dụng: from this moment on nobody works by the revision in force.

    :param details: what the audit row says besides
    :raises BadRequest: without a reason
    :raises Conflict: if the revision is not in force
    """
    at = now()
    fire(revision, "suspend", reasoned(reason), **details)
    revision.suspended_at = at
    _end_interval(revision, at)
    _tell(revision, "suspend", at)


def resume(revision: Any, reason: str, **details: Any) -> None:
    """Áp dụng trở lại: the suspended revision is in force again, from this moment on.

    :raises BadRequest: without a reason
    :raises Conflict: if the revision is not suspended
    """
    at = now()
    fire(revision, "resume", reasoned(reason), **details)
    revision.suspended_at = None
    register_of(aq_parent(revision)).begin(api.content.get_uuid(revision), at, recorded_at=at)
    _tell(revision, "resume", at)


def retire(
    document: Any,
    reason: str,
    *,
    why: str = "other",
    successor: str | None = None,
    at: datetime | None = None,
    **details: Any,
) -> None:
    """Bãi bỏ: the document is out of use for good; a later revision would be a new issue of it.

    :param why: what readers are told, a term of the vocabulary ``eqms.end_reasons``
    :param successor: UID of the document to go by from now on
    :param at: from when it is out of use; this moment unless a decision at hand says earlier
    :raises BadRequest: without a reason, for an unknown ``why`` or successor
    :raises Conflict: if no revision is in force or suspended, or another one is open
    """
    revision = refuse_unless_retirable(document)
    check_reason(document, why, successor)
    recorded_at = now()
    at = at or recorded_at
    in_force = state_of(revision) is State.IN_FORCE
    fire(revision, "retire", reasoned(reason), why=why, successor=successor or "", **details)
    revision.retired_at = at
    revision.retired_because = why
    revision.successor = successor
    if in_force:
        _end_interval(revision, at, recorded_at)
    _tell(revision, "retire", at)


def refuse_unless_retirable(document: Any) -> Any:
    """The revision in force or suspended, if the document can be retired.

    :raises Conflict: if there is none, or another one is open
    """
    register = register_of(document)
    live = register.live
    if live is None:
        raise conflict(
            _(
                "error_nothing_in_force",
                default="No revision of the document is in force or suspended, so there is nothing "
                "to end.",
            )
        )
    opened = register.open() or register.open("urgent")
    if opened is not None:
        raise conflict(
            _(
                "error_open_revision",
                default="Revision ${number} of the document is still open. Discard it before the "
                "document is retired.",
                mapping={"number": number_of(document._getOb(opened.id))},
            )
        )
    return document._getOb(live.id)


def check_reason(document: Any, why: str, successor: str | None) -> None:
    """Refuse what readers could not be told.

    :raises BadRequest: for an unknown reason, or a successor that is no other document
    """
    if why not in getUtility(IVocabularyFactory, WHY_ENDED)(document):
        raise bad_request(
            _(
                "error_unknown_end_reason",
                default="${why} is none of the known reasons.",
                mapping={"why": why},
            )
        )
    if successor is None:
        return
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(UID=successor)
    if successor == api.content.get_uuid(document) or not any(
        brain.eqms_document_state for brain in found
    ):
        raise bad_request(
            _("error_unknown_successor", default="The successor must be another document.")
        )


def _end_interval(revision: Any, at: datetime, recorded_at: datetime | None = None) -> None:
    register = register_of(aq_parent(revision))
    try:
        register.end(api.content.get_uuid(revision), at, recorded_at or at)
    except IntervalError as error:
        raise conflict(
            _(
                "error_ends_before_start",
                default="Revision ${number} came in force later than that day.",
                mapping={"number": number_of(revision)},
            )
        ) from error


def _tell(revision: Any, transition: str, at: datetime) -> None:
    document = aq_parent(revision)
    document.reindexObject()
    revision.reindexObject()
    notify(RevisionSwitched(revision, document, at, transition))
