"""Who stands in for whom, from when to when: one substitute a day, and no further.

A substitute signs on behalf of the absent person, never on behalf of somebody whom that person
substitutes for (depth one). Standing in as a deputy (KT.) is no substitution: see `capacity`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from enum import StrEnum


class SubstitutionProblem(StrEnum):
    """Why a substitution cannot be recorded."""

    SELF = "self"
    DATES = "dates"
    PAST = "past"
    OVERLAP = "overlap"
    """The absent person has another substitute on one of the days."""

    SUBSTITUTE_ABSENT = "substitute_absent"
    """The substitute is absent on one of the days."""


@dataclass(frozen=True)
class Substitution:
    """``substitute`` acts for ``absent`` from ``start`` to ``end``, both days included.

    ``ended_on`` is the last day it held, if it was ended early (before ``start``: it never held).
    """

    id: str
    absent: str
    absent_name: str
    substitute: str
    substitute_name: str
    start: date
    end: date
    reason: str
    recorded_by: str
    recorded_at: datetime
    ended_on: date | None = None
    ended_by: str = ""

    @property
    def last(self) -> date:
        """The last day on which it holds."""
        return self.end if self.ended_on is None else min(self.end, self.ended_on)

    def holds(self, day: date) -> bool:
        """Whether the substitute may act for the absent person on this day."""
        return self.start <= day <= self.last

    def overlaps(self, other: "Substitution") -> bool:
        """Whether both hold on one and the same day."""
        return max(self.start, other.start) <= min(self.last, other.last)


def problem(
    new: Substitution, known: Iterable[Substitution], today: date
) -> SubstitutionProblem | None:
    """What stands against recording ``new``; ``known`` are those of the two people concerned."""
    if new.absent == new.substitute:
        return SubstitutionProblem.SELF
    if new.end < new.start:
        return SubstitutionProblem.DATES
    if new.start < today:
        return SubstitutionProblem.PAST
    for other in known:
        if other.absent in (new.absent, new.substitute) and other.overlaps(new):
            own = other.absent == new.absent
            return SubstitutionProblem.OVERLAP if own else SubstitutionProblem.SUBSTITUTE_ABSENT
    return None


def linked(people: Iterable[str], holding: Iterable[Substitution]) -> frozenset[str]:
    """Who stands in for one of the people, or is stood in for by one, among those that hold."""
    asked = frozenset(people)
    pairs = [(row.absent, row.substitute) for row in holding]
    return frozenset(
        {substitute for absent, substitute in pairs if absent in asked}
        | {absent for absent, substitute in pairs if substitute in asked}
    )
