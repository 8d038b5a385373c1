"""Issue decisions (quyết định ban hành): what their rows say, and from when they hold.

A decision issues approved revisions and abolishes documents, all of them at one instant. Its annex
list says of each document whether it is new, amended, issued anew or abolished.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import tzinfo
from enum import StrEnum
from eqms.domain.numbering import PaperNumber
from eqms.domain.revisions import in_force_from


class DecisionError(ValueError):
    """The rows, or the dates, of a decision contradict themselves."""


class Action(StrEnum):
    """What a decision does with a document: ban hành mới, sửa đổi, ban hành lại, bãi bỏ."""

    NEW = "new"
    AMENDED = "amended"
    REISSUED = "reissued"
    ABOLISHED = "abolished"


@dataclass(frozen=True)
class Row:
    """A line of the annex list.

    ``document`` and ``revision`` are UIDs; an abolished document has no revision, and may name the
    document that takes its place (``successor``). Raises DecisionError for anything else.
    """

    document: str
    revision: str | None
    action: Action
    successor: str | None = None

    def __post_init__(self) -> None:
        if (self.revision is None) is not (self.action is Action.ABOLISHED):
            raise DecisionError(f"{self.document}: a revision is issued, a document abolished")
        if self.successor is not None and self.action is not Action.ABOLISHED:
            raise DecisionError(f"{self.document}: only what is abolished has a successor")


@dataclass(frozen=True)
class Dropped:
    """A row that was taken out, with the reason; a decision that was issued still names it."""

    row: Row
    reason: str
    by: str
    at: datetime


def proposed_action(number: PaperNumber, before: PaperNumber | None) -> Action:
    """What issuing ``number`` is called where ``before`` is in force or was the last one."""
    if before is None:
        return Action.NEW
    return Action.REISSUED if number.issue > before.issue else Action.AMENDED


def check_rows(rows: Sequence[Row]) -> None:
    """Raise DecisionError unless there are rows, and no document stands in two of them."""
    if not rows:
        raise DecisionError("a decision needs a row")
    twice = duplicates(row.document for row in rows)
    if twice:
        raise DecisionError(f"in more than one row: {', '.join(twice)}")


def duplicates(values: Iterable[str]) -> list[str]:
    """What occurs more than once, in the order of its first repetition."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for value in values:
        if value in seen:
            twice[value] = None
        seen.add(value)
    return list(twice)


def start_of(
    decided_on: date,
    in_force_on: date | None,
    entered_at: datetime,
    zone: tzinfo,
    has_file: bool,
) -> datetime:
    """The one instant, in UTC, from which every row of a decision holds.

    That is 00:00 of the day it names, or of the day it was signed, in ``zone``; never before the
    moment ``entered_at`` (aware) at which it was entered, unless that day has passed and the signed
    file is at hand to prove it: then it is recorded late.

    Raises DecisionError for a decision signed in the future, for one in force before it was signed,
    and for a day named in the past without the signed file.
    """
    today = entered_at.astimezone(zone).date()
    day = in_force_on or decided_on
    if decided_on > today:
        raise DecisionError("signed in the future")
    if day < decided_on:
        raise DecisionError("in force before it was signed")
    if in_force_on is not None and in_force_on < today and not has_file:
        raise DecisionError("recorded late without the signed file")
    return in_force_from(day, entered_at, zone, recorded_late=has_file and day < today)
