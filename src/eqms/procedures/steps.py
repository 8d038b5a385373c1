"""Work steps as they are shown: numbered, their times read, a table for each case of their own."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from eqms.domain.durations import Duration
from eqms.domain.durations import parse_duration
from eqms.domain.durations import parse_quantity
from itertools import zip_longest
from typing import Any


Row = Mapping[str, Any]


@dataclass
class StepTable:
    """Steps that stand in one table; ``columns`` are the positions of its cases."""

    caption: str
    columns: list[int] = field(default_factory=list)
    steps: list[tuple[int, Row]] = field(default_factory=list)


def numbered(steps: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """The steps with their numbers: 1, 2, 3 …, anew in each table."""
    counts: dict[str, int] = {}
    for step in steps:
        case = step.get("case") or ""
        counts[case] = counts.get(case, 0) + 1
        yield counts[case], step


def tables(steps: Sequence[Row]) -> list[StepTable]:
    """The step tables of a procedure, in the order in which they begin.

    A table has a column for each case that one of its steps has a time for; if none has, it has
    no column of times.
    """
    found: dict[str, StepTable] = {}
    for number, step in numbered(steps):
        case = step.get("case") or ""
        found.setdefault(case, StepTable(case)).steps.append((number, step))
    for table in found.values():
        used = {
            position
            for _number, step in table.steps
            for position, text in enumerate(step.get("times") or [])
            if text.strip()
        }
        table.columns = sorted(used)
    return list(found.values())


def durations(step: Row, scenarios: Sequence[Row]) -> list[Duration | None]:
    """The times of a step, one for each case; None where none is stated or it is not understood.

    A bare number is in the unit of the limit it stands under.
    """
    pairs = zip_longest(step.get("times") or [], scenarios)
    return [_duration(text or "", scenario or {}) for text, scenario in pairs]


def _duration(text: str, scenario: Row) -> Duration | None:
    stated = parse_duration(text)
    if stated is not None:
        return stated
    number, unit = parse_quantity(text), scenario.get("unit")
    return Duration(number, unit, text) if number is not None and unit else None
