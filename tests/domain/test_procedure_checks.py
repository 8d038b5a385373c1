"""The steps of a procedure are held against its time limits."""

from decimal import Decimal
from eqms.domain.durations import Duration
from eqms.domain.procedure_checks import Overrun
from eqms.domain.procedure_checks import overruns
from hypothesis import given
from hypothesis import strategies as st
import pytest


def days(value, unit="working_day"):
    return Duration(Decimal(value), unit, f"{value}")


def test_the_limit_may_be_reached():
    steps = [[days("0.5")], [days(3)], [days("0.5")], [days("0.5")], [days("0.5")]]
    assert overruns([days(5)], steps) == []


def test_beyond_the_limit_is_found_for_its_case():
    steps = [[days(3), days(20, "day")], [days("2.5"), days(2, "day")]]
    (found,) = overruns([days(5), days(25, "day")], steps)
    assert found == Overrun(0, Decimal("5.5"), days(5))


@pytest.mark.parametrize(
    ("limit", "steps"),
    [
        (None, [[days(99)]]),
        (days(5), []),
        (days(5), [[None], []]),
        (days(5, "day"), [[days(9, "working_day")]]),
        (days(5), [[days(9, "hour")]]),
    ],
)
def test_what_cannot_be_compared_is_left_out(limit, steps):
    assert overruns([limit], steps) == []


def test_plain_days_count_as_working_days_under_such_a_limit():
    assert overruns([days(5)], [[days(3, "day")], [days(3)]])


@given(st.lists(st.integers(0, 400)), st.integers(0, 4000))
def test_only_an_excess_is_found(quarters, limit):
    steps = [[days(Decimal(value) / 4)] for value in quarters]
    total = Decimal(sum(quarters)) / 4
    assert bool(overruns([days(limit)], steps)) is (total > limit)
