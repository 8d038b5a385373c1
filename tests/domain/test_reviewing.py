"""The day of the next review."""

from datetime import date
from eqms.domain.reviewing import next_review
from hypothesis import given
from hypothesis import strategies as st
import pytest


@pytest.mark.parametrize(
    ("last", "months", "day"),
    [
        (date(2026, 3, 10), 12, date(2027, 3, 10)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 11, 1), 14, date(2028, 1, 1)),
    ],
)
def test_so_many_months_later(last, months, day):
    assert next_review(last, months) == day


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 120))
def test_it_is_in_the_month_it_should_be(last, months):
    day = next_review(last, months)
    assert (day.year - last.year) * 12 + day.month - last.month == months
    assert day.day <= last.day
