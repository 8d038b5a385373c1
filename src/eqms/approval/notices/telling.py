"""Notices follow what becomes of revisions; taking note of them; and the mails about them."""

from Acquisition import aq_parent
from collections.abc import Iterator
from datetime import datetime
from eqms import _
from eqms.agencies.content import Agency
from eqms.agencies.groups import members
from eqms.agencies.lookup import agency_of
from eqms.approval.mail.outbox import tell
from eqms.approval.notices.storage import Acknowledgement
from eqms.approval.notices.storage import board
from eqms.approval.notices.storage import board_to_write
from eqms.approval.notices.storage import key_of
from eqms.approval.notices.storage import Notice
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.dates import day_of
from eqms.documents.errors import forbidden
from eqms.documents.interfaces import IRevisionSwitched
from eqms.domain.clock import now
from eqms.domain.revisions import State
from eqms.interfaces import IClockJob
from plone import api
from plone.app.uuid.utils import uuidToObject
from typing import Any
from zExceptions import NotFound
from zope.interface import implementer


ACKNOWLEDGE = "eqms: Enter decision"

KINDS = {
    "make_in_force": "in_force",
    "suspend": "suspended",
    "resume": "resumed",
    "retire": "retired",
}
"""Notices by the transition that they tell of; what was taken over from paper is no news."""


def revision_switched(revision: Any, event: IRevisionSwitched) -> None:
    """A revision came in force, or ceased to be: its places are told."""
    kind = KINDS.get(event.transition)
    if kind is not None:
        _put(revision, kind, event.instant)


def announce(revision: Any) -> None:
    """A revision was issued for a day to come: its places are told beforehand."""
    _put(revision, "issued", revision.due_at)


def acknowledge(agency: Agency, key: str) -> None:
    """Take note of a notice, as a document controller of an agency it is for.

    :raises Forbidden: for everybody else
    :raises NotFound: if there is no such notice for the agency
    """
    if not api.user.has_permission(ACKNOWLEDGE, obj=agency):
        raise forbidden(_("error_not_allowed", default="You are not allowed to do this here."))
    uid = api.content.get_uuid(agency)
    if not board().is_for(key, uid, agency.tier):
        raise NotFound(key)
    person = api.user.get_current().getId() or ""
    board_to_write().acknowledge(uid, key, Acknowledgement(person, now()))


@implementer(IClockJob)
class NoticeMails:
    """Puts a note into the outbox of every controller whom a notice is for; a piece is its key."""

    order = 80

    def due(self, now: datetime) -> Iterator[str]:
        """Notices that nobody was mailed about."""
        return board().unmailed()

    def perform(self, key: str, now: datetime) -> None:
        """Tell the controllers of the places that there are now."""
        notice = board().get(key)
        audience = board_to_write().take_unmailed(key)
        document = uuidToObject(notice.document, unrestricted=True) if notice else None
        if notice is None or document is None:
            return
        people = {
            person for agency in _agencies(audience) for person in members(agency, "controllers")
        }
        tell(
            people,
            f"notice_{notice.kind}",
            document,
            code=notice.code,
            number=notice.number,
            day=day_of(notice.holds_from),
        )


notice_mails = NoticeMails()


def _put(revision: Any, kind: str, holds_from: datetime) -> None:
    document, agency, at = aq_parent(revision), agency_of(revision), now()
    uid = api.content.get_uuid(document)
    site = api.portal.get()
    notice = Notice(
        key=key_of(at, uid, kind),
        kind=kind,
        at=at,
        holds_from=holds_from,
        document=uid,
        path="/".join(document.getPhysicalPath()[len(site.getPhysicalPath()) :]),
        code=document.code or "",
        title=revision.title,
        number=number_of(revision),
        agency=api.content.get_uuid(agency),
        agency_title=agency.title,
        replaced=_replaced(revision, document) if kind == "in_force" else "",
        decision=_decision(revision, kind),
    )
    audience = {notice.agency, *(revision.applies_to or ()), *(revision.applies_to_tiers or ())}
    board_to_write().put(notice, audience)


def _replaced(revision: Any, document: Any) -> str:
    """The number of the revision that this one has just superseded."""
    entry = register_of(document).before(api.content.get_uuid(revision))
    if entry is None or entry.state is not State.SUPERSEDED:
        return ""
    return number_of(document._getOb(entry.id))


def _decision(revision: Any, kind: str) -> str:
    by = revision.retired_by_decision if kind == "retired" else revision.issued_by_decision
    return f"{by['number']}, {by['date'].strftime('%d/%m/%Y')}" if by else ""


def _agencies(audience: tuple[str, ...]) -> Iterator[Agency]:
    """The agencies that UIDs and ids of tiers stand for now."""
    catalog = api.portal.get_tool("portal_catalog")
    named = catalog.unrestrictedSearchResults(portal_type="Agency", UID=list(audience))
    uids = {brain.UID for brain in named}
    yield from (brain._unrestrictedGetObject() for brain in named)
    tiers = set(audience) - uids
    if tiers:
        for brain in catalog.unrestrictedSearchResults(portal_type="Agency"):
            agency = brain._unrestrictedGetObject()
            if brain.UID not in uids and agency.tier in tiers:
                yield agency
