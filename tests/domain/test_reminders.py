"""Reminders come once for each threshold, whatever runs are missed."""

from datetime import date
from datetime import timedelta
from eqms.domain.reminders import reminder
from hypothesis import given
from hypothesis import strategies as st
import pytest


DUE = date(2026, 3, 31)


def told_on(days_left, thresholds=(3, 1, 0, -1)):
    """The thresholds told when the job runs with these numbers of days left, in order."""
    settled, told = frozenset(), []
    for left in days_left:
        found = reminder(DUE, DUE - timedelta(days=left), thresholds, settled)
        settled = found.settled
        told.append(found.threshold)
    return told


@pytest.mark.parametrize(
    ("days_left", "told"),
    [
        ([5, 4], [None, None]),
        ([3], [3]),
        ([3, 3, 2], [3, None, None]),
        ([3, 1, 0, -1, -2], [3, 1, 0, -1, None]),
        # The run of the day itself was missed.
        ([3, -1], [3, -1]),
        # Nothing ran for days: one word, the most urgent one.
        ([4, -5, -6], [None, -1, None]),
    ],
)
def test_once_for_each_threshold(days_left, told):
    assert told_on(days_left) == told


def test_a_threshold_missed_by_a_day_is_told_on_the_next():
    assert told_on([10, 8], thresholds=(10, 9)) == [10, 9]


@given(
    st.lists(st.integers(-20, 20), max_size=30).map(lambda days: sorted(days, reverse=True)),
    st.sets(st.integers(-10, 10), max_size=5),
)
def test_whatever_days_it_runs_on(days_left, thresholds):
    told = [threshold for threshold in told_on(days_left, thresholds) if threshold is not None]
    assert len(told) == len(set(told)), "never twice"
    assert told == sorted(told, reverse=True), "ever more urgent"
    reached = {threshold for threshold in thresholds if days_left and days_left[-1] <= threshold}
    assert bool(told) is bool(reached), "never silent"
    assert not told or told[-1] == min(reached)
