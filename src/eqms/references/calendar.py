"""The working days of the site."""

from eqms.domain.working_days import parse_days
from eqms.domain.working_days import parse_hours
from eqms.domain.working_days import WorkingCalendar
from eqms.references.settings import PREFIX
from plone import api
from typing import Any


def working_calendar() -> WorkingCalendar:
    """Weekends, public holidays, and what the programme office has entered."""
    return WorkingCalendar(
        off=parse_days(_record("days_off") or ()),
        worked=parse_days(_record("days_worked") or ()),
        hours=parse_hours(_record("office_hours")),
    )


def _record(name: str) -> Any:
    return api.portal.get_registry_record(f"{PREFIX}.{name}")
