"""When the result of a case is due that comes in at a moment, in each case of a procedure."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from eqms import _
from eqms.documents.dates import site_zone
from eqms.documents.errors import bad_request
from eqms.domain.clock import now
from eqms.domain.durations import Duration
from eqms.domain.durations import parse_quantity
from eqms.domain.durations import says_in_day
from eqms.domain.working_days import cut_off_in
from eqms.domain.working_days import Due
from eqms.domain.working_days import due
from eqms.domain.working_days import Limit
from eqms.domain.working_days import NotReckonable
from eqms.domain.working_days import parse_hour
from eqms.references.calendar import working_calendar
from typing import Any


Row = Mapping[str, Any]


@dataclass(frozen=True)
class DueDate:
    """A case with its limit and the day on which its result is due; None where none can be told."""

    scenario: Row
    limit: Limit | None
    due: Due | None


def due_dates(revision: Any, received: datetime) -> list[DueDate]:
    """For each case of a procedure, when the result is due.

    :param received: aware; it is reckoned in the zone of the site
    """
    calendar, local = working_calendar(), received.astimezone(site_zone()).replace(tzinfo=None)
    scenarios = revision.scenarios or []
    found = []
    for scenario in scenarios:
        limit = limit_of(scenario, scenarios, revision.time_limit_text or "")
        try:
            reckoned = due(calendar, local, limit) if limit is not None else None
        except NotReckonable:
            reckoned = None
        found.append(DueDate(scenario, limit, reckoned))
    return found


def limit_of(scenario: Row, scenarios: Sequence[Row], text: str) -> Limit | None:
    """The limit of a case; None where it states none.

    One working day is "trong ngày" where the case says so, or where it is the only one of a day
    and the words of the time limit do. Those words then give the cut-off hour too, if the case
    does not.

    :param text: the time limit of the procedure in words
    """
    value = parse_quantity(scenario.get("value") or "")
    if value is None:
        return None
    unit = scenario.get("unit") or "working_day"
    own = f"{scenario.get('label') or ''} {scenario.get('basis') or ''}"
    one_day = [row for row in scenarios if _is_one_day(row)]
    by_text = one_day == [scenario] and says_in_day(text)
    in_day = _is_one_day(scenario) and (says_in_day(own) or by_text)
    cut_off = parse_hour(scenario.get("cut_off") or "")
    if cut_off is None and in_day:
        cut_off = cut_off_in(own) or cut_off_in(text)
    return Limit(Duration(value, unit, own.strip()), cut_off, in_day)


def moment_of_reception(text: str) -> datetime:
    """The moment that a parameter names; now if it is empty.

    :param text: ISO, local time of the site where it names no zone
    :raises BadRequest: for anything else
    """
    if not text:
        return now()
    try:
        moment = datetime.fromisoformat(text)
        local = moment if moment.tzinfo is not None else moment.replace(tzinfo=site_zone())
        local.astimezone(site_zone())
    except (ValueError, OverflowError) as error:
        raise bad_request(
            _(
                "error_no_moment",
                default="“${text}” is no moment. Write it as 2026-03-02T08:30.",
                mapping={"text": text},
            )
        ) from error
    return local


def _is_one_day(scenario: Row) -> bool:
    unit = scenario.get("unit") or "working_day"
    return unit == "working_day" and parse_quantity(scenario.get("value") or "") == 1
