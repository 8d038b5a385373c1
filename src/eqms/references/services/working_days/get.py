"""``GET /@working-days?year=2026``."""

from collections.abc import Mapping
from datetime import date
from eqms import _
from eqms.domain.working_days import FIRST_YEAR
from eqms.domain.working_days import LAST_YEAR
from eqms.references.calendar import working_calendar
from plone.restapi.services import Service
from typing import Any
from zExceptions import BadRequest
from zope.i18n import translate


class WorkingDaysGet(Service):
    """Days off of a year besides ordinary weekends, days worked instead, office hours."""

    def reply(self) -> dict[str, Any]:
        """The year that is asked for.

        :raises BadRequest: without a year, or for one of which nothing is known
        """
        year = self.request.form.get("year", "")
        known = isinstance(year, str) and year.isdecimal() and len(year) == len(str(LAST_YEAR))
        if not known or not FIRST_YEAR <= int(year) <= LAST_YEAR:
            message = _(
                "error_year",
                default="year must be one from ${first} to ${last}.",
                mapping={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
            raise BadRequest(translate(message, context=self.request))
        calendar = working_calendar()
        return {
            "@id": f"{self.context.absolute_url()}/@working-days?year={year}",
            "year": int(year),
            "days_off": _days(calendar.holidays(int(year))),
            "days_worked": _days(calendar.swapped(int(year))),
            "office_hours": [
                {"from": opens.isoformat("minutes"), "until": closes.isoformat("minutes")}
                for opens, closes in calendar.hours
            ],
        }


def _days(days: Mapping[date, str]) -> list[dict[str, str]]:
    return [{"day": day.isoformat(), "reason": reason} for day, reason in days.items()]
