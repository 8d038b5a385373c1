"""Working days of state agencies and the day on which a result is due.

Whether a day is worked is data: Saturdays and Sundays are off (Quyết định 188/1999/QĐ-TTg), the
public holidays of Điều 112 Bộ luật Lao động 2019 come from the library ``holidays``, which knows
the lunar Tết, the day in lieu of a holiday on a weekend and many of the swaps announced for past
years (hoán đổi ngày làm việc). Each year's announcements add days off and days worked instead.

How a time limit runs is law (Bộ luật Dân sự 2015):

* Điều 147: a limit in days, weeks, months or years does not count its first day, it runs from the
  day after; a limit in hours or minutes runs from the moment itself.
* Điều 148: it ends with its last day; a limit in weeks, months or years ends on the day that
  corresponds, or on the last of a month that has no such day; where the last day is off, it ends
  with the next working day.

What a procedure says comes first: a dossier received after its cut-off hour ("sau 15 giờ") counts
as received on the next working day, as does one that comes in on a day off.
"""

from calendar import monthrange
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from decimal import Decimal
from eqms.domain.durations import Duration
from functools import cache
from math import ceil
from typing import Final
import holidays
import re


SATURDAY: Final = 5
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
"""Years in between are reckoned with; the lunar calendar of the library covers them."""

LONGEST: Final = 20 * 366
"""A limit of more days than that is an error of writing."""

OFFICE_HOURS: Final = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))
"""Eight hours a day (Điều 105 Bộ luật Lao động 2019); provinces set their own."""

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(.*))?")
_CUT_OFF = re.compile(r"\bsau\s+(\d{1,2})\s*(?:giờ|h|:)\s*(\d{2})?", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[:hg](\d{2})?| giờ(?: (\d{2}))?)?")


class NotReckonable(ValueError):
    """The day on which the limit ends cannot be told with certainty."""


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked.

    ``off`` and ``worked`` are the days that differ from weekends and public holidays, with the
    reason in words; a day in both is worked. ``hours`` are the office hours of a working day, in
    order.
    """

    off: Mapping[date, str] = field(default_factory=dict)
    worked: Mapping[date, str] = field(default_factory=dict)
    hours: Sequence[tuple[time, time]] = OFFICE_HOURS

    def is_working(self, day: date) -> bool:
        """Whether the day is worked.

        :raises NotReckonable: outside the years 2000 to 2100
        """
        if day in self.worked:
            return True
        if day in self.off:
            return False
        of_year = _public(day.year)
        if day in of_year.worked:
            return True
        return day.weekday() < SATURDAY and day not in of_year.off

    def working_day_from(self, day: date) -> date:
        """The day itself if it is worked, else the next one that is."""
        while not self.is_working(day):
            day += timedelta(1)
        return day

    def after(self, day: date, count: int) -> date:
        """The working day that is ``count`` (0 or more) working days after ``day``.

        ``day`` is not counted; 0 days after it is the day itself.
        """
        for _each in range(count):
            day = self.working_day_from(day + timedelta(1))
        return day

    def holidays(self, year: int) -> dict[date, str]:
        """Days off of a year besides ordinary weekends, with their names in Vietnamese."""
        named = dict(_public(year).off) | {
            day: reason for day, reason in self.off.items() if day.year == year
        }
        return {day: named[day] for day in sorted(named) if not self.is_working(day)}

    def swapped(self, year: int) -> dict[date, str]:
        """Days of a year that are worked although they are a weekend or holiday."""
        named = dict.fromkeys(_public(year).worked, "") | {
            day: reason for day, reason in self.worked.items() if day.year == year
        }
        return {day: named[day] for day in sorted(named) if self.is_working(day)}


@dataclass(frozen=True)
class Limit:
    """A time limit of a case, as the procedure states it.

    ``cut_off`` is the hour up to which a dossier counts as received on the same day; ``in_day``
    is a limit "trong ngày": the result is due on the day of reception.
    """

    duration: Duration
    cut_off: time | None = None
    in_day: bool = False


@dataclass(frozen=True)
class Due:
    """When a result is due: until the end of ``day``, or until ``hour`` of it where that is set.

    ``counted_from`` is the day on which the dossier counts as received.
    """

    counted_from: date
    day: date
    hour: time | None = None


def due(calendar: WorkingCalendar, received: datetime, limit: Limit) -> Due:
    """When the result of a case received at a moment is due.

    :param received: local time at the place of reception

    A part of a day counts as the whole day: a limit of ½ working day ends with the next one. Hours
    and minutes are those of the office, as in the model procedure of Quyết định 101/QĐ-BKHCN
    (2019), where a working day is one of eight hours.

    :raises NotReckonable: for a part of a week, month or year, and outside the years 2000 to 2100
    """
    start = _counted_from(calendar, received, limit.cut_off)
    value, unit = limit.duration.value, limit.duration.unit
    if limit.in_day:
        return Due(start, start)
    if unit in ("hour", "minute"):
        moment = received.time() if start == received.date() else time.min
        return _due_in_hours(calendar, start, moment, value * (60 if unit == "hour" else 1))
    if unit == "working_day":
        return Due(start, calendar.after(start, _whole(value)))
    return Due(start, calendar.working_day_from(_corresponding(start, value, unit)))


def parse_days(lines: Iterable[str]) -> dict[date, str]:
    """Days as people list them, one a line, each with a reason: "02/01/2026 nghỉ Tết Dương lịch".

    :raises ValueError: with the line that is no such day
    """
    days = {}
    for line in filter(None, map(str.strip, lines)):
        found = _DAY.fullmatch(line)
        try:
            day = date(*(int(part) for part in (found[3], found[2], found[1]))) if found else None
        except ValueError:
            day = None
        if found is None or day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(line)
        days[day] = found[4] or ""
    return days


def parse_hours(text: str) -> tuple[tuple[time, time], ...]:
    """Office hours as people write them: "07:30-11:30, 13:30-17:30".

    :raises ValueError: with the part that is none, or that begins before the one before ends
    """
    sessions: list[tuple[time, time]] = []
    for part in filter(None, map(str.strip, text.split(","))):
        first, _dash, last = part.replace("–", "-").partition("-")
        start, end = parse_hour(first), parse_hour(last)
        if start is None or end is None or end <= start or (sessions and start < sessions[-1][1]):
            raise ValueError(part)
        sessions.append((start, end))
    if not sessions:
        raise ValueError(text)
    return tuple(sessions)


def parse_hour(text: str) -> time | None:
    """An hour as people write it: "15:00", "15h", "15 giờ 30"; None for anything else."""
    found = _CLOCK.fullmatch(text.strip().casefold())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def cut_off_in(text: str) -> time | None:
    """The cut-off hour that a sentence sets: "trường hợp nhận hồ sơ sau 15 giờ …"; None if none."""
    found = _CUT_OFF.search(text)
    return parse_hour(f"{found[1]}:{found[2] or '00'}") if found else None


@dataclass(frozen=True)
class _Year:
    off: Mapping[date, str]
    worked: frozenset[date]


@cache
def _public(year: int) -> _Year:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotReckonable(f"no holidays are known of the year {year}")
    known = holidays.country_holidays("VN", years=year, language="vi")
    return _Year(
        {day: name for day, name in known.items() if day.year == year},
        frozenset(day for day in known.weekend_workdays if day.year == year),
    )


def _counted_from(calendar: WorkingCalendar, received: datetime, cut_off: time | None) -> date:
    day = received.date()
    if cut_off is not None and received.time() > cut_off and calendar.is_working(day):
        day += timedelta(1)
    return calendar.working_day_from(day)


def _due_in_hours(calendar: WorkingCalendar, day: date, moment: time, minutes: Decimal) -> Due:
    left = timedelta(minutes=_whole(minutes))
    start = day
    while True:
        for opens, closes in calendar.hours:
            begin = datetime.combine(day, max(opens, moment))
            end = datetime.combine(day, closes)
            if begin <= end and left <= end - begin:
                return Due(start, day, (begin + left).time())
            left -= max(end - begin, timedelta())
        day, moment = calendar.after(day, 1), time.min


def _corresponding(start: date, value: Decimal, unit: str) -> date:
    """The last day of a limit in calendar days, weeks, months or years that begins with a day."""
    if unit == "day":
        return start + timedelta(_whole(value))
    if value != value.to_integral_value():
        raise NotReckonable(f"{value} {unit}")
    count = int(value)
    if unit == "week":
        return start + timedelta(7 * _whole(value))
    months = start.month - 1 + count * (12 if unit == "year" else 1)
    year, month = start.year + months // 12, months % 12 + 1
    if year > LAST_YEAR:
        raise NotReckonable(f"{value} {unit}")
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _whole(value: Decimal) -> int:
    """Rounded up.

    :raises NotReckonable: if nobody can mean so much
    """
    if value > LONGEST * 24 * 60:
        raise NotReckonable(str(value))
    return ceil(value)
