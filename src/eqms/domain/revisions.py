"""The life cycle of a revision as data, and what follows from it for the document.

ISO 9001:2015, 7.5.3.2: the approved edition is at its place of use, changes are controlled,
obsolete editions are not used by mistake. The workflow definition, its guards and the tests of
both read the transitions from here.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import tzinfo
from enum import StrEnum
from eqms.domain import clock
from types import MappingProxyType
from typing import Final


class State(StrEnum):
    """State of one revision."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    OBSOLETE = "obsolete"
    DISPOSED = "disposed"


OPEN: Final = frozenset({State.DRAFT, State.IN_REVIEW, State.IN_APPROVAL, State.APPROVED})
"""On its way to being in force."""

WRITABLE: Final = frozenset({State.DRAFT})
"""Content may be written; everywhere else nobody writes it, Manager included."""

LIVE: Final = frozenset({State.IN_FORCE, State.SUSPENDED})
"""At most one revision of a document is in one of these at any instant."""

OUT_OF_USE: Final = frozenset({State.SUPERSEDED, State.OBSOLETE})
"""Tài liệu lỗi thời: was in force, kept, no longer to be used."""


@dataclass(frozen=True)
class Transition:
    """A step of the life cycle.

    ``internal``: fired by code alone, as the effect of something recorded elsewhere (the last
    signature of a route, a date reached, another revision put in force, a signed proposal).
    """

    sources: frozenset[State]
    target: State
    internal: bool = False


def _by_person(target: State, *sources: State) -> Transition:
    return Transition(frozenset(sources), target)


def _by_code(target: State, *sources: State) -> Transition:
    return Transition(frozenset(sources), target, internal=True)


TRANSITIONS: Final[Mapping[str, Transition]] = MappingProxyType(
    {
        "submit": _by_person(State.IN_REVIEW, State.DRAFT),
        # Without a review step in the route this follows "submit" at once.
        "confirm_review": _by_code(State.IN_APPROVAL, State.IN_REVIEW),
        "approve": _by_code(State.APPROVED, State.IN_APPROVAL),
        "reject": _by_person(State.DRAFT, State.IN_REVIEW, State.IN_APPROVAL),
        "recall": _by_person(State.DRAFT, State.IN_REVIEW, State.IN_APPROVAL),
        # Another revision came in force: what was signed rests on a text that no longer holds.
        "lose_base": _by_code(State.DRAFT, State.IN_REVIEW, State.IN_APPROVAL, State.APPROVED),
        # For a draft that was submitted before or has predecessors; any other is just deleted.
        "withdraw": _by_person(State.WITHDRAWN, State.DRAFT),
        "cancel_approval": _by_code(State.WITHDRAWN, State.APPROVED),
        "make_in_force": _by_code(State.IN_FORCE, State.APPROVED),
        "migrate": _by_code(State.IN_FORCE, State.DRAFT),
        # A suspended revision is replaced by its correction without coming back in force.
        "supersede": _by_code(State.SUPERSEDED, State.IN_FORCE, State.SUSPENDED),
        "suspend": _by_code(State.SUSPENDED, State.IN_FORCE),
        "resume": _by_code(State.IN_FORCE, State.SUSPENDED),
        "retire": _by_code(State.OBSOLETE, State.IN_FORCE, State.SUSPENDED),
        "dispose": _by_code(State.DISPOSED, State.SUPERSEDED, State.OBSOLETE, State.WITHDRAWN),
    }
)
"""Every transition by its name; a state changes in no other way."""


class DocumentState(StrEnum):
    """What a person reads as the state of a document; always derived from its revisions."""

    NO_REVISION = "no_revision"
    IN_FORCE = "in_force"
    IN_FORCE_IN_PROGRESS = "in_force_in_progress"
    SUSPENDED = "suspended"
    RETIRED = "retired"


def document_state(states: Iterable[str]) -> DocumentState:
    """The state of a document whose revisions are in ``states`` (each a `State` or its value).

    Without a live revision a document is retired if one was in force before, even when a new
    draft is under way; of a disposed revision this is taken for granted.
    """
    present = frozenset(State(state) for state in states)
    if State.SUSPENDED in present:
        return DocumentState.SUSPENDED
    if State.IN_FORCE in present:
        in_progress = not present.isdisjoint(OPEN)
        return DocumentState.IN_FORCE_IN_PROGRESS if in_progress else DocumentState.IN_FORCE
    if not present.isdisjoint(OUT_OF_USE | {State.DISPOSED}):
        return DocumentState.RETIRED
    return DocumentState.NO_REVISION


def public_state(state: DocumentState) -> DocumentState:
    """The state as people see it who may not know that a draft exists."""
    if state is DocumentState.IN_FORCE_IN_PROGRESS:
        return DocumentState.IN_FORCE
    return state


class Classification(StrEnum):
    """Who a revision is meant for: công khai, nội bộ, hạn chế. Never a grade of state secrecy."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class Visibility(StrEnum):
    """State of the document workflow: who may read the document."""

    HIDDEN = "hidden"
    RESTRICTED = "restricted"
    INTERNAL = "internal"
    PUBLIC = "public"


def visibility(latest: str | None) -> Visibility:
    """Who may read a document, by the `Classification` (or its value) of its latest live revision.

    That is the one in force or suspended, or the last one that was: who could read a document may
    read what became of it. Hidden if it never had any. Raises ValueError for any other
    classification.
    """
    return Visibility.HIDDEN if latest is None else Visibility(Classification(latest).value)


def in_force_from(
    requested: date | None, issued_at: datetime, zone: tzinfo, recorded_late: bool = False
) -> datetime:
    """The instant, in UTC, from which an issued revision is in force.

    That is 00:00 of the ``requested`` day in ``zone``, but never before the moment of issue
    ``issued_at`` (aware): nothing is back-dated. With ``recorded_late`` the requested day holds
    even if it is earlier: for migration, and for a decision whose signed file is at hand.
    """
    issue = clock.utc(issued_at)
    if requested is None:
        return issue
    start = clock.start_of_day(requested, zone)
    return start if recorded_late else max(start, issue)


class Kind(StrEnum):
    """Why a revision is made; a document has at most one open revision of each kind."""

    NORMAL = "normal"
    URGENT = "urgent"
    """A correction of what is in force that cannot wait for the normal one."""


class ForceMode(StrEnum):
    """From when a revision is to be in force, as its signers approve it."""

    ON_APPROVAL = "on_approval"
    ON_DATE = "on_date"
    DAYS_AFTER = "days_after"


def requested_day(
    mode: str, force_date: date | None, force_days: int | None, issued_on: date
) -> date | None:
    """The day from which a revision issued on ``issued_on`` is to be in force.

    None means at once. ``mode`` is a `ForceMode` or its value; raises ValueError for any other, and
    for one whose date or number of days is missing. Day 1 after issue is the following day.
    """
    match ForceMode(mode), force_date, force_days:
        case ForceMode.ON_APPROVAL, _, _:
            return None
        case ForceMode.ON_DATE, date() as day, _:
            return day
        case ForceMode.DAYS_AFTER, _, int(days):
            return issued_on + timedelta(days=days)
    raise ValueError(f"{mode} needs its date or its number of days")


def lost_base(based_on: str | None, live: str | None) -> bool:
    """Whether a revision rests on a text that another one has replaced since.

    ``based_on`` names the revision it was copied from, ``live`` the one in force or suspended now;
    None where there is no such revision.
    """
    return live is not None and based_on != live
