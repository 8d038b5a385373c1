"""Who stands in for whom, by day."""

from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.domain import substitution
from eqms.domain.substitution import Substitution
from eqms.domain.substitution import SubstitutionProblem
from hypothesis import given
from hypothesis import strategies as st
import pytest


DAY = date(2026, 11, 20)


def row(
    absent: str, substitute: str, start: int, end: int, ended: int | None = None
) -> Substitution:
    return Substitution(
        id=f"{absent}-{substitute}-{start}",
        absent=absent,
        absent_name=absent.upper(),
        substitute=substitute,
        substitute_name=substitute.upper(),
        start=DAY + timedelta(start),
        end=DAY + timedelta(end),
        reason="nghỉ phép",
        recorded_by=absent,
        recorded_at=datetime(2026, 11, 1, tzinfo=UTC),
        ended_on=None if ended is None else DAY + timedelta(ended),
    )


@pytest.mark.parametrize(("offset", "holds"), [(-1, False), (0, True), (3, True), (4, False)])
def test_both_days_are_included(offset: int, holds: bool) -> None:
    assert row("a", "b", 0, 3).holds(DAY + timedelta(offset)) is holds


def test_ended_early() -> None:
    ended = row("a", "b", 0, 5, ended=2)
    assert ended.holds(DAY + timedelta(2))
    assert not ended.holds(DAY + timedelta(3))
    assert not row("a", "b", 0, 5, ended=-1).holds(DAY)


PROBLEMS = [
    (row("a", "a", 0, 1), [], SubstitutionProblem.SELF),
    (row("a", "b", 1, 0), [], SubstitutionProblem.DATES),
    (row("a", "b", -1, 1), [], SubstitutionProblem.PAST),
    (row("a", "b", 0, 3), [row("a", "c", 3, 5)], SubstitutionProblem.OVERLAP),
    (row("a", "b", 0, 3), [row("b", "c", 2, 2)], SubstitutionProblem.SUBSTITUTE_ABSENT),
    (row("a", "b", 0, 3), [row("a", "c", 4, 5)], None),
    (row("a", "b", 0, 3), [row("a", "c", -5, 5, ended=-1)], None),
    # Somebody who stands in may be absent himself: it goes no further than one.
    (row("a", "b", 0, 3), [row("c", "a", 0, 3)], None),
    (row("a", "b", 0, 3), [row("c", "b", 0, 3)], None),
]


@pytest.mark.parametrize(("new", "known", "expected"), PROBLEMS)
def test_what_can_be_recorded(
    new: Substitution, known: list[Substitution], expected: SubstitutionProblem | None
) -> None:
    assert substitution.problem(new, known, DAY) is expected


def test_linked() -> None:
    rows = [row("a", "b", 0, 1), row("c", "a", 0, 1), row("d", "e", 0, 1)]
    assert substitution.linked({"a"}, rows) == {"b", "c"}
    assert substitution.linked({"b"}, rows) == {"a"}
    assert substitution.linked((), rows) == frozenset()


NEW = st.builds(
    row,
    st.sampled_from("abc"),
    st.sampled_from("abc"),
    st.integers(0, 6),
    st.integers(0, 6),
    st.none() | st.integers(-1, 6),
)


@given(st.lists(NEW, max_size=12))
def test_on_no_day_has_anybody_two_substitutes(wanted: list[Substitution]) -> None:
    known: list[Substitution] = []
    for number, new in enumerate(wanted):
        if substitution.problem(new, known, DAY) is None:
            known.append(replace(new, id=str(number)))
    for offset in range(8):
        absent = [entry.absent for entry in known if entry.holds(DAY + timedelta(offset))]
        assert len(set(absent)) == len(absent)
