"""Decisions of the head by which separation of duties is relaxed for a time in one agency."""

from Acquisition import aq_base
from dataclasses import asdict
from dataclasses import replace
from datetime import date
from datetime import timedelta
from eqms import _
from eqms.agencies import leaders
from eqms.agencies.content import Agency
from eqms.agencies.people import name_of
from eqms.approval.authentication.proof import prove
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.permissions import APPROVE
from eqms.approval.permissions import MANAGE_ROUTES
from eqms.documents.dates import site_zone
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import forbidden
from eqms.documents.migration import depend_on
from eqms.domain.clock import now
from eqms.domain.clock import today
from eqms.domain.route import Waived
from eqms.domain.waiver import problem
from eqms.domain.waiver import Waiver
from eqms.domain.waiver import WaiverProblem
from eqms.trail import storage as trail
from plone import api
from typing import Any
import secrets


PROBLEMS = {
    WaiverProblem.NUMBER: _("waiver_number", default="The decision needs its number."),
    WaiverProblem.REFERENCE: _(
        "waiver_reference", default="Say where the signed decision is kept."
    ),
    WaiverProblem.DATES: _(
        "waiver_dates", default="The last day lies before the first one, or has passed."
    ),
    WaiverProblem.DECIDED_LATER: _(
        "waiver_decided_later",
        default="A decision holds from its own date on; it cannot be dated in the future.",
    ),
    WaiverProblem.TOO_LONG: _(
        "waiver_too_long", default="A waiver holds for a year at most; then the head decides anew."
    ),
}


def waivers(agency: Agency) -> tuple[Waiver, ...]:
    """All that were ever recorded for the agency, oldest first."""
    return getattr(aq_base(agency), "_waivers", None) or ()


def in_force(agency: Agency) -> dict[Waived, Waiver]:
    """The waiver of each rule that is relaxed today."""
    day = today(site_zone())
    return {waiver.rule: waiver for waiver in waivers(agency) if waiver.holds(day)}


def used(agency: Agency, rule: Waived) -> Waiver:
    """The waiver that a signature rests on; ending it at the same time conflicts with that."""
    depend_on(agency)
    return in_force(agency)[rule]


def record(
    agency: Agency,
    rule: Waived,
    number: str,
    decided_on: date,
    reference: str,
    start: date,
    end: date,
) -> Waiver:
    """Enter a decision; it holds once a second person has confirmed it.

    :raises Forbidden: for all but those who manage the routes of the agency
    :raises BadRequest: if it says too little, or its days cannot be
    """
    _check(MANAGE_ROUTES, agency)
    new = Waiver(
        id=secrets.token_hex(8),
        rule=rule,
        number=number.strip(),
        decided_on=decided_on,
        reference=reference.strip(),
        start=start,
        end=end,
        recorded_by=api.user.get_current().getId(),
        recorded_at=now(),
    )
    found = problem(new, today(site_zone()))
    if found is not None:
        raise bad_request(PROBLEMS[found])
    agency._waivers = (*waivers(agency), new)
    _note(agency, "waiver_recorded", new)
    return new


def confirm(agency: Agency, waiver_id: str, secret: str, method: str | None = None) -> Waiver:
    """Confirm, as the head or an approver of the agency, what somebody else recorded.

    :raises Forbidden: for others, and for who recorded it
    :raises Conflict: if it is confirmed or ended already
    :raises ReauthenticationFailed: if the secret is wrong
    """
    person = api.user.get_current().getId()
    waiver = _waiver(agency, waiver_id)
    if waiver.recorded_by == person:
        raise forbidden(
            _("error_waiver_own", default="Whoever recorded the decision cannot confirm it.")
        )
    if not may_confirm(agency):
        raise _not_allowed()
    if waiver.confirmed_at is not None or waiver.ended_on is not None:
        raise conflict(
            _("error_waiver_settled", default="This decision was confirmed or ended already.")
        )
    try:
        proof = prove(person, secret, method)
    except ReauthenticationFailed as failure:
        _note(agency, failure.action, waiver, **failure.details)
        raise
    return _replace(agency, "waiver_confirmed", waiver.confirmed(person, name_of(person), proof.at))


def may_confirm(agency: Agency) -> bool:
    """Whether the caller is the head of the agency or approves its documents."""
    person = api.user.get_current().getId()
    return person in leaders.heads(agency) or bool(api.user.has_permission(APPROVE, obj=agency))


def end(agency: Agency, waiver_id: str) -> Waiver:
    """End a waiver at once; what was signed by it stands.

    :raises Forbidden: for all but those who manage the routes of the agency
    :raises Conflict: if it has ended already
    """
    _check(MANAGE_ROUTES, agency)
    waiver, yesterday = _waiver(agency, waiver_id), today(site_zone()) - timedelta(1)
    if waiver.last <= yesterday:
        raise conflict(_("error_waiver_ended", default="This decision holds no more."))
    ended = replace(waiver, ended_on=yesterday, ended_by=api.user.get_current().getId())
    return _replace(agency, "waiver_ended", ended)


def _replace(agency: Agency, action: str, changed: Waiver) -> Waiver:
    agency._waivers = tuple(
        changed if waiver.id == changed.id else waiver for waiver in waivers(agency)
    )
    _note(agency, action, changed)
    return changed


def _waiver(agency: Agency, waiver_id: str) -> Waiver:
    for waiver in waivers(agency):
        if waiver.id == waiver_id:
            return waiver
    raise bad_request(_("error_no_waiver", default="There is no such decision."))


def _check(permission: str, agency: Agency) -> None:
    if not api.user.has_permission(permission, obj=agency):
        raise _not_allowed()


def _not_allowed() -> Exception:
    return forbidden(_("error_not_allowed", default="You are not allowed to do this here."))


def _note(agency: Agency, action: str, waiver: Waiver, **details: Any) -> None:
    trail.append(
        api.content.get_uuid(agency),
        action,
        path="/".join(agency.getPhysicalPath()),
        waiver=asdict(waiver),
        **details,
    )
