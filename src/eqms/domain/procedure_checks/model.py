"""What is checked of a procedure, and what a check finds."""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import StrEnum
from eqms.domain.durations import Duration
from types import MappingProxyType
from typing import Final


class Severity(StrEnum):
    """How much a finding weighs; none of them hinders anything unless a site says so."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


SEVERITIES: Final[Mapping[str, Severity]] = MappingProxyType(
    {
        "abbreviation_repeated": Severity.WARNING,
        "abbreviation_unused": Severity.NOTE,
        "amendment_missing": Severity.ERROR,
        "announced_differs": Severity.WARNING,
        "annex_inconsistent": Severity.WARNING,
        "annex_missing": Severity.WARNING,
        "code_elsewhere": Severity.NOTE,
        "code_in_scope": Severity.ERROR,
        "fee_past": Severity.ERROR,
        "form_missing": Severity.WARNING,
        "issue_date_differs": Severity.NOTE,
        "limit_missing": Severity.NOTE,
        "mixed_units": Severity.NOTE,
        "record_of_other": Severity.WARNING,
        "records_incomplete": Severity.WARNING,
        "section_empty": Severity.NOTE,
        "stale_citation": Severity.NOTE,
        "step_repeated": Severity.WARNING,
        "step_responsible_missing": Severity.WARNING,
        "step_time_missing": Severity.WARNING,
        "steps_missing": Severity.WARNING,
        "sum_below": Severity.NOTE,
        "sum_differs": Severity.ERROR,
        "text_expired": Severity.ERROR,
        "text_replaced": Severity.ERROR,
        "time_for_group": Severity.NOTE,
        "time_not_understood": Severity.NOTE,
    }
)
"""Every check by its name, which stays the same for good: sites, scripts and lists use it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a procedure: a field, and the row of its table, counted from 0."""

    field: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a person should look at.

    ``values`` are the blanks of the message: words, numbers, days, durations, lists of words.
    ``since`` is the day from which the finding holds,
    where it comes with time ("áp dụng đến 31/12/2025" is past from 1/1/2026 on); None is always.

    :raises ValueError: if the name is that of no check
    """

    name: str
    place: Place
    values: Mapping[str, object] = field(default_factory=dict)
    since: date | None = None

    def __post_init__(self) -> None:
        if self.name not in SEVERITIES:
            raise ValueError(f"no check of that name: {self.name!r}")

    @property
    def severity(self) -> Severity:
        """The severity of the check."""
        return SEVERITIES[self.name]

    def holds_on(self, day: date) -> bool:
        """Whether the finding is one on that day."""
        return self.since is None or self.since <= day


@dataclass(frozen=True, slots=True)
class Case:
    """A case with a time limit of its own; None where no limit is stated."""

    label: str
    limit: Duration | None


@dataclass(frozen=True, slots=True)
class Step:
    """A work step: ``times`` as written and ``durations`` as understood, case by case."""

    title: str
    responsible: str
    times: tuple[str, ...] = ()
    durations: tuple[Duration | None, ...] = ()
    table: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A line of the amendment sheet (trang theo dõi sửa đổi)."""

    number: str
    summary: str
    ground: str


@dataclass(frozen=True, slots=True)
class Definition:
    """A term or abbreviation and what it means."""

    term: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Record:
    """A record to keep (hồ sơ lưu)."""

    name: str
    keeper: str
    retention: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a procedure says, as far as it is checked.

    ``texts`` has all words by field: one text for a plain field, one for each row of a table.
    ``annexes`` are the titles of what is attached to it. ``fees_until`` are the last days of the
    rows of fees.
    """

    title: str = ""
    issue_no: int = 1
    amendment_no: int = 0
    amendments: Sequence[Amendment] = ()
    definitions: Sequence[Definition] = ()
    cases: Sequence[Case] = ()
    steps: Sequence[Step] = ()
    records: Sequence[Record] = ()
    fees_until: Sequence[date | None] = ()
    annexes: Sequence[str] = ()
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def words(self, *names: str) -> str:
        """All words of some fields; of all fields if none is named."""
        chosen = names or tuple(self.texts)
        return "\n".join(text for name in chosen for text in self.texts.get(name, ()) if text)


TABLES: Final = frozenset(
    {
        "application_forms",
        "definitions",
        "dossier",
        "fees",
        "forms",
        "legal_bases",
        "outcomes",
        "records",
        "references",
        "scenarios",
        "steps",
    }
)
"""Fields whose texts are rows."""


def place_in(name: str, index: int) -> Place:
    """The place of a text of ``Content.texts``."""
    return Place(name, index if name in TABLES else None)
