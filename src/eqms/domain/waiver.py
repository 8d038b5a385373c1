"""A recorded decision of the head that relaxes separation of duties in an office too small.

On by default, separation of duties binds everybody. A decision waives one rule for a time; one
person records it, another one confirms it, and every signature that rests on it says so.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from enum import StrEnum
from eqms.domain.route import Waived


class WaiverProblem(StrEnum):
    """Why a decision cannot be recorded."""

    NUMBER = "number"
    REFERENCE = "reference"
    DATES = "dates"
    DECIDED_LATER = "decided_later"
    """The decision is dated after the first day on which it shall hold, or in the future."""

    TOO_LONG = "too_long"


LONGEST_DAYS = 366
"""After a year the head decides anew whether the office is still too small."""


@dataclass(frozen=True)
class Waiver:
    """Decision ``number`` of ``decided_on``, kept at ``reference``, waives ``rule``.

    It holds from ``start`` to ``end``, both days included, once it is confirmed.
    """

    id: str
    rule: Waived
    number: str
    decided_on: date
    reference: str
    start: date
    end: date
    recorded_by: str
    recorded_at: datetime
    confirmed_by: str = ""
    confirmed_name: str = ""
    confirmed_at: datetime | None = None
    ended_on: date | None = None
    ended_by: str = ""

    @property
    def last(self) -> date:
        """The last day on which it holds."""
        return self.end if self.ended_on is None else min(self.end, self.ended_on)

    def holds(self, day: date) -> bool:
        """Whether the rule is waived on this day."""
        return self.confirmed_at is not None and self.start <= day <= self.last

    def confirmed(self, person: str, name: str, at: datetime) -> "Waiver":
        """The same, confirmed by a second person."""
        return replace(self, confirmed_by=person, confirmed_name=name, confirmed_at=at)


def problem(waiver: Waiver, today: date) -> WaiverProblem | None:
    """What stands against recording a decision; None if nothing does."""
    if not waiver.number.strip():
        return WaiverProblem.NUMBER
    if not waiver.reference.strip():
        return WaiverProblem.REFERENCE
    if waiver.end < waiver.start or waiver.end < today:
        return WaiverProblem.DATES
    if waiver.decided_on > min(waiver.start, today):
        return WaiverProblem.DECIDED_LATER
    if (waiver.end - waiver.start).days > LONGEST_DAYS:
        return WaiverProblem.TOO_LONG
    return None
