"""The steps are held against the time limits of their cases."""

from collections.abc import Iterator
from collections.abc import Sequence
from eqms.domain.durations import Duration
from eqms.domain.durations import total
from eqms.domain.durations import total_against
from eqms.domain.procedure_checks.model import Content
from eqms.domain.procedure_checks.model import Finding
from eqms.domain.procedure_checks.model import Place
from eqms.domain.procedure_checks.model import Step
from itertools import groupby
from typing import Final
import re


_WITH_STEP: Final = re.compile(r"\bbước\s+(\d+)", re.IGNORECASE)


def step_sums(content: Content) -> Iterator[Finding]:
    """Cases whose steps take longer than the limit allows, or less, or cannot be compared.

    To stay below the limit is allowed; it is noted when every step has its time, because it may
    be a slip. Units are never converted: days are not working days.
    """
    for position, case in enumerate(content.cases):
        place = Place("scenarios", position)
        if case.limit is None:
            yield Finding("limit_missing", place, {"case": case.label})
            continue
        times, complete = _times(content.steps, position)
        if not times:
            continue
        summed = total_against(times, case.limit.unit)
        if summed is None:
            units = tuple(sorted(total(times)))
            values = {"limit": case.limit, "units": units, "case": case.label}
            yield Finding("mixed_units", place, values)
            continue
        values = {
            "total": Duration(summed, case.limit.unit, ""),
            "limit": case.limit,
            "case": case.label,
        }
        if summed > case.limit.value:
            yield Finding("sum_differs", place, values)
        elif summed < case.limit.value and complete:
            yield Finding("sum_below", place, values)


def steps_complete(content: Content) -> Iterator[Finding]:
    """Steps without anybody responsible, without a time, or with one that is not understood."""
    if not content.steps:
        yield Finding("steps_missing", Place("steps"))
    for row, step in enumerate(content.steps):
        place = Place("steps", row)
        if not step.responsible.strip():
            yield Finding("step_responsible_missing", place)
        if content.cases and not any(time.strip() for time in step.times):
            yield Finding("step_time_missing", place)
        for time, duration in zip(step.times, step.durations, strict=True):
            if time.strip() and duration is None and not _WITH_STEP.search(time):
                yield Finding("time_not_understood", place, {"text": time})


def times_for_groups(content: Content) -> Iterator[Finding]:
    """Times given once for several steps together, as a merged cell of the table does."""
    for _table, rows in groupby(enumerate(content.steps), key=lambda item: item[1].table):
        steps = list(rows)
        for position in range(max(len(step.times) for _row, step in steps)):
            case = content.cases[position].label if position < len(content.cases) else ""
            yield from _groups(steps, position, case)


def steps_repeated(content: Content) -> Iterator[Finding]:
    """Steps that say word for word what another one of their table says: copied, or numbered twice.

    Numbers are made when the steps are shown, so that none is ever given twice.
    """
    seen: dict[tuple[str, str, str], int] = {}
    for row, step in enumerate(content.steps):
        words = " ".join(step.title.casefold().split())
        first = seen.setdefault((step.table, words, step.responsible), row)
        if first != row:
            yield Finding("step_repeated", Place("steps", row), {"first": first + 1})


def _groups(steps: list[tuple[int, Step]], position: int, case: str) -> Iterator[Finding]:
    counts: dict[int, int] = {}
    for _row, step in steps:
        if position < len(step.times) and (found := _WITH_STEP.search(step.times[position])):
            number = int(found[1])
            counts[number] = counts.get(number, 1) + 1
    for number, count in counts.items():
        if 1 <= number <= len(steps) and position < len(steps[number - 1][1].times):
            row, step = steps[number - 1]
            values = {"text": step.times[position], "count": count, "case": case}
            yield Finding("time_for_group", Place("steps", row), values)


def _times(steps: Sequence[Step], position: int) -> tuple[list[Duration], bool]:
    """The times of a case that are understood, and whether no step of its table lacks one."""
    tables = {step.table for step in steps if _written(step, position)}
    own = [step for step in steps if step.table in tables]
    known = [
        duration
        for step in own
        if position < len(step.durations) and (duration := step.durations[position]) is not None
    ]
    complete = all(
        (position < len(step.durations) and step.durations[position] is not None)
        or _WITH_STEP.search(_written(step, position))
        for step in own
    )
    return known, complete


def _written(step: Step, position: int) -> str:
    return step.times[position] if position < len(step.times) else ""
