"""The cases of a procedure, their time limits, and whether the steps keep them."""

from collections.abc import Sequence
from eqms.domain.durations import Duration
from eqms.domain.durations import format_duration
from eqms.domain.durations import parse_duration
from eqms.domain.durations import total
from eqms.domain.durations import total_against
from eqms.exchange.word.findings import Findings
from eqms.exchange.word.limits import Limit
from eqms.exchange.word.limits import limit_for
from eqms.exchange.word.limits import stated_limits
from eqms.exchange.word.model import Scenario
from eqms.exchange.word.model import Step
from eqms.exchange.word.steps import in_case
from eqms.exchange.word.steps import StepTable


def read_scenarios(
    tables: Sequence[StepTable], time_limit: str, place: str, findings: Findings
) -> list[Scenario]:
    """One scenario per time column; without any, one per limit that the item states.

    The limit is taken from the head of the column, else from the item on the time limit
    (*time_limit*, found at *place*), else from a row of totals; ``basis`` quotes it.
    """
    stated = stated_limits(time_limit)
    for table in tables:
        if not table.columns:
            findings.add("time_columns_missing", table.table.place(table.head.first))
    columns = [(table, index) for table in tables for index in range(len(table.columns))]
    if not columns:
        return _from_item_alone(stated, place, findings)
    return [_scenario(*column, stated, time_limit, place, findings) for column in columns]


def check_sums(scenarios: list[Scenario], steps: list[Step], findings: Findings) -> None:
    """Compare the sum of the steps with the limit of each scenario, where all times are known."""
    for index, scenario in enumerate(scenarios):
        times = _times(steps, index)
        if scenario.limit is None or times is None:
            continue
        limit = scenario.limit
        case = f" in the case “{scenario.label}”" if scenario.label else ""
        written = format_duration(limit.value, limit.unit)
        summed = total_against(times, limit.unit)
        if summed is None:
            units = ", ".join(sorted(total(times)))
            findings.add("mixed_units", "steps", limit=written, units=units, scenario=case)
        elif summed != limit.value:
            sums = format_duration(summed, limit.unit)
            findings.add("sum_differs", "steps", total=sums, limit=written, scenario=case)


def _times(steps: list[Step], scenario: int) -> list[Duration] | None:
    """The times of a scenario, or ``None`` if a step of its table has none of its own or shared."""
    own = [step for step in steps if scenario in step.scenarios]
    times = [step.durations[scenario] for step in own if step.timed_with[scenario] is None]
    known = [time for time in times if time is not None]
    return known if known and len(known) == len(times) else None


def _from_item_alone(stated: list[Limit], place: str, findings: Findings) -> list[Scenario]:
    for limit in stated:
        if limit.duration is None:
            findings.add("limit_not_understood", place, text=limit.sentence, scenario="")
    return [Scenario(limit.condition, limit.duration, limit.sentence) for limit in stated]


def _scenario(
    table: StepTable,
    index: int,
    stated: list[Limit],
    time_limit: str,
    place: str,
    findings: Findings,
) -> Scenario:
    column = table.columns[index]
    label = " – ".join(filter(None, (table.case, column.label)))
    if len(column.limits) == 1:
        return Scenario(label, column.limits[0], column.head)
    if column.limits:
        where = table.table.place(table.head.first)
        findings.add("limit_not_understood", where, text=column.head, scenario=in_case(column))
        return Scenario(label, None, column.head)
    if (limit := limit_for(label, stated)) and limit.duration:
        return Scenario(label, limit.duration, limit.sentence)
    if index in table.totals:
        return Scenario(label, parse_duration(table.totals[index]), table.totals[index])
    if stated:
        findings.add("limit_not_understood", place, text=time_limit, scenario=in_case(column))
    else:
        findings.add("limit_missing", place, scenario=in_case(column))
    return Scenario(label, None, column.head)
