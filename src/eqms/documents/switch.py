"""The switch: the one place where what readers get as in force changes (invariants 1 and 2)."""

from Acquisition import aq_parent
from datetime import datetime
from eqms import _
from eqms.documents import coding
from eqms.documents import schedule
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.dates import moment_of
from eqms.documents.dates import site_zone
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.interfaces import IRevisionSwitched
from eqms.documents.interfaces import IScheduledKind
from eqms.documents.noting import note
from eqms.documents.register import Entry
from eqms.documents.register import RevisionRegister
from eqms.documents.workflow import fire
from eqms.documents.workflow import make_readable_by
from eqms.documents.workflow import state_of
from eqms.domain.clock import now
from eqms.domain.clock import today
from eqms.domain.clock import utc
from eqms.domain.intervals import IntervalError
from eqms.domain.revisions import Classification
from eqms.domain.revisions import in_force_from
from eqms.domain.revisions import Kind
from eqms.domain.revisions import lost_base
from eqms.domain.revisions import OPEN
from eqms.domain.revisions import requested_day
from eqms.domain.revisions import State
from eqms.domain.revisions import visibility
from eqms.domain.revisions import WRITABLE
from plone import api
from plone.app.uuid.utils import uuidToObject
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


def requested_start(revision: Any) -> datetime:
    """From when a revision would be in force if it were issued now: what its signers approved.

    00:00 of a day in the zone of the site, but never before this moment; an aware datetime in UTC.
    """
    zone = site_zone()
    day = requested_day(revision.force_mode, revision.force_date, revision.force_days, today(zone))
    return in_force_from(day, now(), zone)


def issue(revision: Any, start: datetime, *, together: bool = False, **details: Any) -> None:
    """Issue an approved revision: it is in force from ``start`` on, at once if that has come.

    :param start: an aware instant; an earlier one than now is for a decision with its signed file
    :param together: whoever issues it plans it together with others
    :param details: what the audit row says besides
    :raises Conflict: if the document has no code, or the revision is not approved or issued already
    """
    if state_of(revision) is not State.APPROVED or revision.due_at is not None:
        raise conflict(
            _(
                "error_not_issuable",
                default="Revision ${number} is not waiting to be issued.",
                mapping={"number": number_of(revision)},
            )
        )
    if start <= now():
        put_in_force(revision, since=start, **details)
        return
    document = aq_parent(revision)
    _check_code(document)
    coding.freeze(document)
    revision.issued_at = now()
    _plan(revision, start, together)
    note(revision, "issued", number=number_of(revision), in_force_from=start, **details)


def reschedule(revision: Any, due_at: datetime, **details: Any) -> None:
    """Let an issued revision come in force at another instant than was planned.

    :param due_at: an aware instant that has not come yet
    :param details: what the audit row says besides: who proposed it, who approved it, why
    :raises Conflict: if the revision is not waiting to come in force
    :raises BadRequest: if the instant has passed
    """
    planned = revision.due_at
    if state_of(revision) is not State.APPROVED or planned is None:
        raise conflict(
            _(
                "error_not_planned",
                default="Revision ${number} is not waiting to come in force.",
                mapping={"number": number_of(revision)},
            )
        )
    if due_at <= now():
        raise bad_request(
            _(
                "error_start_past",
                default="${moment} has passed. Choose a later time.",
                mapping={"moment": moment_of(due_at)},
            )
        )
    _plan(revision, due_at)
    note(revision, "rescheduled", planned=planned, in_force_from=due_at, **details)


def cancel_approval(revision: Any, reason: str, **details: Any) -> None:
    """Withdraw an approved revision before it comes in force.

    :param details: what the audit row says besides: who proposed it, who approved it
    :raises Conflict: if the revision is not approved
    """
    fire(revision, "cancel_approval", reason, **details)
    revision.reindexObject()


def put_in_force(
    revision: Any, transition: str = "make_in_force", since: datetime | None = None, **details: Any
) -> None:
    """Put a revision in force and supersede the one before, in the present transaction.

    Other revisions of the document that were submitted lose their base: they become drafts again.

    :param transition: ``make_in_force`` after approval, ``migrate`` for what was in force on paper
    :param since: from when it is in force: the instant it was planned for, or a day on paper; this
        moment without it. When it was recorded is told apart from it
    :param details: what the audit row says besides
    :raises Conflict: if the document has no code, the state of a revision does not allow it, or the
        one before is in force since a later time
    """
    document = aq_parent(revision)
    _check_code(document)
    uid = api.content.get_uuid(revision)
    register = register_of(document)
    start = utc(since) if since is not None else now()
    before = register.live
    if before is not None:
        _supersede(document, before, start, by=uid)
    fire(revision, transition, in_force_from=start, **details)
    if revision.issued_at is None:
        revision.issued_at = start
    revision.in_force_from = start
    _enter(register, before, uid, start)
    coding.recode(revision, start)
    show(document, revision)
    _return_others(document, uid)
    notify(RevisionSwitched(revision, document, start, transition))


def show(document: Any, revision: Any) -> None:
    """Let readers of the document get what its revision in force says."""
    document.title = revision.title
    document.description = revision.description or ""
    coding.freeze(document)
    make_readable_by(document, visibility(Classification(revision.classification)).value)
    document.reindexObject()
    revision.reindexObject(idxs=["eqms_in_force_from"])


def forget_plan(revision: Any) -> None:
    """An approved revision leaves that state: nothing is planned for it any more."""
    schedule.remove(api.content.get_uuid(revision))
    revision.due_at = None
    if state_of(revision) is not State.IN_FORCE:
        revision.issued_at = None
        revision.issued_by_decision = None


def is_stale(revision: Any) -> bool:
    """Whether an open revision rests on a text that another one has replaced since."""
    live = register_of(aq_parent(revision)).live
    lost = lost_base(revision.based_on, live.uid if live is not None else None)
    return lost and state_of(revision) in OPEN


@implementer(IScheduledKind)
class ScheduledRevision:
    """A revision that was issued for a day to come."""

    def perform(self, key: str, due_at: datetime) -> None:
        """Put it in force, if it still waits for that instant."""
        revision = uuidToObject(key, unrestricted=True)
        if state_of(revision) is State.APPROVED and revision.due_at == due_at:
            put_in_force(revision, since=due_at)

    def subject(self, key: str) -> Any | None:
        """The revision."""
        return uuidToObject(key, unrestricted=True)


scheduled_revision = ScheduledRevision()


def _plan(revision: Any, due_at: datetime, together: bool = False) -> None:
    revision.due_at = utc(due_at)
    if not together:
        uid = api.content.get_uuid(revision)
        schedule.add(uid, revision.due_at, urgent=revision.kind == Kind.URGENT)
    revision.reindexObject()


def _check_code(document: Any) -> None:
    if not document.code:
        raise conflict(NO_CODE)


def _supersede(document: Any, before: Entry, end: datetime, by: str) -> None:
    old = document._getOb(before.id)
    fire(old, "supersede", superseded_by=by, superseded_at=end)
    old.superseded_at = end


def _enter(register: RevisionRegister, before: Entry | None, uid: str, start: datetime) -> None:
    recorded_at = now()
    try:
        if before is not None and before.state is State.IN_FORCE:
            register.end(before.uid, start, recorded_at)
        register.begin(uid, start, recorded_at)
    except IntervalError as error:
        raise conflict(
            _(
                "error_before_predecessor",
                default="The revision before is in force since a later time than ${moment}.",
                mapping={"moment": moment_of(start)},
            )
        ) from error


def _return_others(document: Any, live: str) -> None:
    """Send every submitted revision back to its authors: it rests on what was replaced."""
    for entry in register_of(document).entries:
        other = document._getOb(entry.id)
        submitted = entry.state in OPEN - WRITABLE
        if submitted and lost_base(other.based_on, live):
            fire(other, "lose_base", new_base=live)
            other.reindexObject()
