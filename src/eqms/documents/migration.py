"""Taking over what was in force on paper before this site was there.

Migration goes past the route of approval. So it needs a window, opened for one agency with a reason
and a last day; it never replaces anything; and what came in so is marked as not confirmed until an
approver who did not write in it has compared it with the paper.
"""

from AccessControl import getSecurityManager
from Acquisition import aq_base
from Acquisition import aq_parent
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from eqms import _
from eqms.agencies.content import Agency
from eqms.agencies.lookup import agency_of
from eqms.documents.content import register_of
from eqms.documents.dates import site_zone
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import forbidden
from eqms.documents.indexers import is_unconfirmed
from eqms.documents.interfaces import IRevisionConfirmed
from eqms.documents.noting import note
from eqms.documents.snapshot import hash_of
from eqms.documents.switch import put_in_force
from eqms.documents.workflow import state_of
from eqms.domain.clock import now
from eqms.domain.clock import start_of_day
from eqms.domain.clock import today
from eqms.domain.revisions import State
from eqms.trail import storage as trail
from plone import api
from typing import Any
from zope.event import notify
from zope.interface import implementer
from zope.interface.interfaces import ObjectEvent
from zope.lifecycleevent.interfaces import IObjectAddedEvent


OPEN_WINDOW = "eqms: Open migration window"
MIGRATE = "eqms: Migrate documents"
APPROVE = "eqms: Approve revision"

MIGRATING_ROLES = ("Document Controller", "Manager")
"""Who may migrate while a window is open; without one no role may."""

EARLIEST = date(1945, 9, 2)
"""No agency has issued a document before the state was founded; an older date is a misreading."""


@implementer(IRevisionConfirmed)
class RevisionConfirmed(ObjectEvent):
    """An approver stated that a migrated revision agrees with the paper."""


@dataclass(frozen=True)
class Window:
    """The time in which documents of an agency may be migrated; ``until`` is the last day."""

    until: date
    reason: str
    opened_by: str
    opened_at: datetime


def open_window(agency: Agency, until: date, reason: str) -> Window:
    """Open a window, or replace the one that is open, up to the end of the day ``until``.

    :raises Forbidden: without the permission to open windows
    :raises BadRequest: without a reason, or if the day has passed
    """
    _check(OPEN_WINDOW, agency)
    reason = reasoned(reason)
    if until < today(site_zone()):
        raise bad_request(_("error_window_past", default="The last day has passed already."))
    window = Window(until, reason, _person(), now())
    agency._migration_window = window
    agency.manage_permission(MIGRATE, MIGRATING_ROLES, acquire=0)
    _note_window(agency, "migration_window_opened", until=until, reason=reason)
    return window


def close_window(agency: Agency) -> None:
    """Close the window, also one whose last day has passed.

    :raises Forbidden: without the permission to open windows
    :raises Conflict: if none was opened
    """
    _check(OPEN_WINDOW, agency)
    window = _opened(agency)
    if window is None:
        raise conflict(_("error_no_window", default="No migration window is open."))
    agency._migration_window = None
    agency.manage_permission(MIGRATE, (), acquire=1)
    _note_window(agency, "migration_window_closed", until=window.until)


def window_of(agency: Agency) -> Window | None:
    """The window that is open today, by the clock and the time zone of the site."""
    window = _opened(agency)
    return window if window is not None and today(site_zone()) <= window.until else None


def require_window(agency: Agency) -> None:
    """Refuse unless a window is open and the person may migrate in it.

    Both are asked: the permission would outlast a window that nobody closed.

    :raises Forbidden: also for a Manager
    """
    depend_on(agency)
    if window_of(agency) is None:
        raise forbidden(
            _(
                "error_window_needed",
                default="No migration window is open for this agency. Documents can only be taken "
                "over while one is.",
            )
        )
    _check(MIGRATE, agency)


def agency_added(agency: Agency, event: IObjectAddedEvent) -> None:
    """A new agency has no window, not even as the copy of one that has."""
    if _opened(agency) is not None:
        agency._migration_window = None
        agency.manage_permission(MIGRATE, (), acquire=1)


def take_over(
    revision: Any, in_force_since: date, *, issued_on: date | None = None, **source: str
) -> None:
    """Put a draft in force that was in force on paper since a day in the past.

    :param issued_on: when it was issued, if that was another day
    :param source: where it came from, for the mark on the revision and the trail (``batch``)
    :raises Forbidden: without an open window
    :raises BadRequest: if the day lies in the future, or is none a document could have
    :raises Conflict: if anything of the document was submitted or in force here
    """
    require_window(agency_of(revision))
    _check_untouched(revision)
    since = _start(in_force_since)
    issued_at = _start(issued_on or in_force_since)
    revision.taken_over = {**source, "by": _person(), "at": now().isoformat()}
    put_in_force(revision, "migrate", since, in_force_since=in_force_since, **source)
    revision.issued_at = issued_at


def confirm(revision: Any) -> None:
    """State that a migrated revision agrees with the paper; it is as binding as others then.

    :raises Forbidden: for anybody but an approver who did not write in it
    :raises Conflict: if there is nothing to confirm, or the content is not what was taken over
    """
    check_unconfirmed(revision)
    _check(APPROVE, revision)
    person = _person()
    if person in revision.saved_by:
        raise forbidden(
            _(
                "error_confirm_own",
                default="You took part in entering this document, so somebody else has to "
                "confirm it.",
            )
        )
    if revision.content_hash != hash_of(revision):
        raise conflict(
            _(
                "error_content_altered",
                default="The content is not what was taken over. Tell the administrator.",
            )
        )
    revision.taken_over = {
        **revision.taken_over,
        "confirmed_by": person,
        "confirmed_at": now().isoformat(),
    }
    note(revision, "migration_confirmed", content_hash=revision.content_hash)
    # The mark is a column of the catalog; columns are written anew with any index.
    aq_parent(revision).reindexObject(idxs=["eqms_document_state"])
    notify(RevisionConfirmed(revision))


def depend_on(item: Any) -> None:
    """Conflict with whoever writes a stored object at this moment, though it is only read here."""
    if item._p_jar is not None:
        # Of an object that is not loaded yet the version is unknown: nothing would be watched.
        item._p_activate()
        item._p_jar.readCurrent(item)


def _opened(agency: Agency) -> Window | None:
    return getattr(aq_base(agency), "_migration_window", None)


def _check(permission: str, context: Any) -> None:
    if not getSecurityManager().checkPermission(permission, context):
        raise forbidden(_("error_not_allowed", default="You are not allowed to do this here."))


def _check_untouched(revision: Any) -> None:
    """Nothing of the document ever went the way of approval here, or was taken over before."""
    document = aq_parent(revision)
    if any(document._getOb(entry.id).ever_submitted for entry in register_of(document).entries):
        raise conflict(
            _(
                "error_migration_replaces",
                default="A revision of this document was submitted or issued here already. "
                "Migration never replaces one; open a new revision instead.",
            )
        )


def check_unconfirmed(revision: Any) -> None:
    """Refuse unless a migrated revision in force waits for confirmation.

    :raises Conflict: if it does not
    """
    if not is_unconfirmed(revision) or state_of(revision) is not State.IN_FORCE:
        raise conflict(
            _(
                "error_nothing_to_confirm",
                default="This is not a migrated revision in force that waits for confirmation.",
            )
        )


def _start(day: date) -> datetime:
    """00:00 of a day on which a document can have been issued.

    :raises BadRequest: if there was no such day yet
    """
    if not EARLIEST <= day <= today(site_zone()):
        raise bad_request(
            _(
                "error_migration_date",
                default="${day} cannot be the day since when a document is in force.",
                mapping={"day": day.strftime("%d/%m/%Y")},
            )
        )
    return start_of_day(day, site_zone())


def reasoned(reason: str) -> str:
    """A reason as it is kept.

    :raises BadRequest: if there is none
    """
    if not reason.strip():
        raise bad_request(_("error_reason_needed", default="Say why: a reason is needed."))
    return reason.strip()


def _person() -> str:
    return getSecurityManager().getUser().getId() or ""


def _note_window(agency: Agency, action: str, **details: Any) -> None:
    path = "/".join(agency.getPhysicalPath())
    trail.append(api.content.get_uuid(agency), action, path=path, **details)
