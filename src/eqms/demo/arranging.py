"""What the agencies of the demo arrange: routes, waivers, who stands in for whom."""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import timedelta
from eqms.agencies.content import Agency
from eqms.approval import substitution
from eqms.approval import waivers
from eqms.approval.planning import set_agency_plans
from eqms.demo import facts
from eqms.documents.dates import site_zone
from eqms.domain.clock import today
from eqms.domain.route import Waived
from plone import api


def arrange(agencies: Mapping[str, Agency], passwords: Mapping[str, str]) -> None:
    """Let controllers plan routes and record decisions on separation of duties; heads confirm."""
    for agency, told in _told(agencies):
        if told.routes:
            with api.env.adopt_user(username=told.groups["controllers"][0]):
                set_agency_plans(agency, told.routes)
        for waiver in told.waivers:
            _waive(agency, told.groups["controllers"][0], waiver, passwords)


def record_absences(agencies: Mapping[str, Agency]) -> None:
    """Let people say who stands in for them from today on."""
    for _agency, told in _told(agencies):
        for absence in told.absences:
            start = today(site_zone())
            end = start + timedelta(absence.days - 1)
            with api.env.adopt_user(username=absence.person):
                substitution.record(absence.person, absence.substitute, start, end, absence.reason)


def _waive(
    agency: Agency, controller: str, waiver: facts.Waiver, passwords: Mapping[str, str]
) -> None:
    start = today(site_zone())
    with api.env.adopt_user(username=controller):
        recorded = waivers.record(
            agency,
            Waived(waiver.rule),
            waiver.number,
            start,
            waiver.reference,
            start,
            start + timedelta(waiver.days),
        )
    with api.env.adopt_user(username=waiver.confirmed_by):
        waivers.confirm(agency, recorded.id, passwords[waiver.confirmed_by])


def _told(agencies: Mapping[str, Agency]) -> Iterator[tuple[Agency, facts.Agency]]:
    return ((agencies[told.code], told) for told in facts.agencies())
