"""Which revision was in force when, and what was on record about it at an earlier instant.

A row says from when to when a revision was in force (valid time) and when each of the two was
recorded (transaction time); a switch that ran late has a record later than its effect. Rows are
added and ended, never changed otherwise. Revisions are named by any stable string. A suspension
ends a row and a resumption opens another one for the same revision.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import tzinfo
from eqms.domain import clock
from itertools import pairwise
from typing import Final
import re


_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.+")


class IntervalError(ValueError):
    """The rows contradict themselves or each other."""


class InvalidInstant(ValueError):
    """The text names no past instant."""


class FutureInstant(InvalidInstant):
    """The text names a day or an instant that has not come yet."""


@dataclass(frozen=True)
class Interval:
    """``revision`` is in force from ``start`` up to, not including, ``end``; all instants aware.

    ``end`` and ``ended_recorded_at`` are None together, while it is in force. An interval that
    ends where it starts was never in force: so an interval recorded by mistake is annulled, and
    what was believed before stays on record. Raises IntervalError for impossible instants.
    """

    revision: str
    start: datetime
    end: datetime | None
    recorded_at: datetime
    ended_recorded_at: datetime | None

    def __post_init__(self) -> None:
        instants = (self.start, self.end, self.recorded_at, self.ended_recorded_at)
        if any(instant is not None and instant.utcoffset() is None for instant in instants):
            raise IntervalError(f"{self.revision}: an instant has no time zone")
        if (self.end is None) is not (self.ended_recorded_at is None):
            raise IntervalError(f"{self.revision}: an end is there if and only if it is recorded")
        if self.end is not None and self.end < self.start:
            raise IntervalError(f"{self.revision}: ends before it starts")
        if self.ended_recorded_at is not None and self.ended_recorded_at < self.recorded_at:
            raise IntervalError(f"{self.revision}: the end is recorded before the start")

    def as_known(self, known: datetime) -> "Interval | None":
        """This row as it stood on record at ``known``; None before it was recorded."""
        if known < self.recorded_at:
            return None
        if self.ended_recorded_at is not None and known < self.ended_recorded_at:
            return replace(self, end=None, ended_recorded_at=None)
        return self

    def covers(self, instant: datetime) -> bool:
        """Whether the revision is in force at ``instant``."""
        return self.start <= instant and (self.end is None or instant < self.end)


def in_force_at(
    rows: Iterable[Interval], instant: datetime, known: datetime | None = None
) -> str | None:
    """The revision in force at ``instant``, or None; ``known`` as for `row_at`."""
    row = row_at(rows, instant, known)
    return row.revision if row is not None else None


def row_at(
    rows: Iterable[Interval], instant: datetime, known: datetime | None = None
) -> Interval | None:
    """The row that says which revision was in force at ``instant``, or None.

    With ``known``: what the record said about ``instant`` at that time. Later corrections and
    late entries do not count then; a row whose end was not yet recorded still ran on.
    """
    for row in rows if known is None else _known(rows, known):
        if row.covers(instant):
            return row
    return None


def successor_of(rows: Iterable[Interval], row: Interval) -> Interval | None:
    """The next row of another revision that came in force after ``row``, or None."""
    later = (
        other
        for other in rows
        if other.revision != row.revision and other.start >= row.start and other.end != other.start
    )
    return min(later, key=lambda other: other.start, default=None)


def check(rows: Sequence[Interval]) -> None:
    """Raise IntervalError if two rows overlap, now or as the record stood at any time."""
    moments = {row.recorded_at for row in rows}
    moments.update(row.ended_recorded_at for row in rows if row.ended_recorded_at is not None)
    for moment in sorted(moments):
        _check_disjoint(_known(rows, moment))


def opened(
    rows: Sequence[Interval],
    revision: str,
    start: datetime,
    recorded_at: datetime,
    end: datetime | None = None,
) -> tuple[Interval, ...]:
    """``rows`` and a new one: ``revision`` is in force from ``start``, recorded at ``recorded_at``.

    ``end`` is for a past revision entered afterwards. Raises IntervalError if the new row would
    overlap another: end that one first.
    """
    ended = None if end is None else recorded_at
    added = (*rows, Interval(revision, start, end, recorded_at, ended))
    check(added)
    return added


def closed(
    rows: Sequence[Interval], revision: str, end: datetime, recorded_at: datetime
) -> tuple[Interval, ...]:
    """``rows`` with the running row of ``revision`` ended at ``end``, recorded at ``recorded_at``.

    Raises IntervalError if the revision has no running row, or it starts after ``end``.
    """
    for position, row in enumerate(rows):
        if row.revision == revision and row.end is None:
            ended = replace(row, end=end, ended_recorded_at=recorded_at)
            return (*rows[:position], ended, *rows[position + 1 :])
    raise IntervalError(f"{revision} is not in force")


def instant_of(value: str, zone: tzinfo, now: datetime) -> datetime:
    """The past instant, in UTC, that a person or a portal means by ``value``.

    An ISO date (2026-03-01) means its last instant in ``zone``, capped at ``now``; an ISO instant
    (2026-03-01T08:00:00+07:00, or with Z) means itself and must have an offset. Raises
    FutureInstant for what has not come yet, InvalidInstant for anything else.
    """
    present = clock.utc(now)
    try:
        if _DAY.fullmatch(value):
            day = date.fromisoformat(value)
            earliest = clock.start_of_day(day, zone)
            instant = earliest if earliest > present else min(clock.end_of_day(day, zone), present)
        elif _INSTANT.fullmatch(value):
            instant = clock.utc(datetime.fromisoformat(value))
        else:
            raise ValueError("unknown form")
    except (ValueError, OverflowError) as error:
        raise InvalidInstant(
            f"neither a date like 2026-03-01 nor an instant with offset: {value[:40]!r}"
        ) from error
    if instant > present:
        raise FutureInstant(f"{value} lies in the future")
    return instant


def _known(rows: Iterable[Interval], moment: datetime) -> list[Interval]:
    return [known for row in rows if (known := row.as_known(moment)) is not None]


def _check_disjoint(rows: Iterable[Interval]) -> None:
    in_order = sorted((row for row in rows if row.end != row.start), key=lambda row: row.start)
    for earlier, later in pairwise(in_order):
        if earlier.end is None or earlier.end > later.start:
            raise IntervalError(f"{earlier.revision} and {later.revision} overlap")
