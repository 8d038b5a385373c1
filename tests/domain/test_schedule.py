"""What takes effect when, and when it is tried again."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.domain.schedule import FIRST_PAUSE
from eqms.domain.schedule import LATE
from eqms.domain.schedule import LONGEST_PAUSE
from eqms.domain.schedule import Planned
from hypothesis import given
from hypothesis import strategies as st


DUE = datetime(2026, 12, 1, tzinfo=UTC)


def test_the_earlier_goes_first_and_of_two_the_urgent_one():
    normal = Planned("revision", "a", DUE)
    urgent = Planned("revision", "b", DUE, urgent=True)
    earlier = Planned("decision", "c", DUE - timedelta(days=1))
    ordered = sorted([normal, urgent, earlier], key=lambda planned: planned.order)
    assert ordered == [earlier, urgent, normal]


def test_a_failure_changes_only_the_next_try():
    failed = Planned("revision", "a", DUE).failed("no code", DUE)
    assert (failed.due_at, failed.try_at) == (DUE, DUE + FIRST_PAUSE)
    assert (failed.tries, failed.error) == (1, "no code")


@given(st.integers(min_value=1, max_value=200))
def test_pauses_grow_up_to_an_hour(failures):
    planned, at, pauses = Planned("revision", "a", DUE), DUE, []
    for _ in range(failures):
        planned = planned.failed("x", at)
        pauses.append(planned.try_at - at)
        at = planned.try_at
    assert pauses == sorted(pauses)
    assert min(pauses) >= FIRST_PAUSE and max(pauses) <= LONGEST_PAUSE


def test_a_long_error_is_cut():
    assert len(Planned("revision", "a", DUE).failed("x" * 10_000, DUE).error) == 500


def test_what_is_told_as_late():
    planned = Planned("revision", "a", DUE)
    assert not planned.is_late(DUE + LATE)
    assert planned.is_late(DUE + LATE + timedelta(seconds=1))
