"""Valid time and recorded time of what is in force."""

from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.domain import intervals
from eqms.domain.intervals import FutureInstant
from eqms.domain.intervals import Interval
from eqms.domain.intervals import IntervalError
from eqms.domain.intervals import InvalidInstant
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant
from hypothesis.stateful import precondition
from hypothesis.stateful import rule
from hypothesis.stateful import RuleBasedStateMachine
from typing import Any
from zoneinfo import ZoneInfo
import pytest


HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def late_switch() -> tuple[Interval, ...]:
    """r1 from day 0; r2 replaces it on day 10, recorded on day 12."""
    rows = intervals.opened((), "r1", day(0), day(0))
    rows = intervals.closed(rows, "r1", day(10), day(12))
    return intervals.opened(rows, "r2", day(10), day(12))


def test_as_of_any_instant() -> None:
    rows = late_switch()
    assert intervals.in_force_at(rows, day(-0.1)) is None
    assert intervals.in_force_at(rows, day(0)) == "r1"
    assert intervals.in_force_at(rows, day(9.9)) == "r1"
    assert intervals.in_force_at(rows, day(10)) == "r2"
    assert intervals.in_force_at(rows, day(99)) == "r2"


def test_as_it_was_known() -> None:
    rows = late_switch()
    assert intervals.in_force_at(rows, day(11), known=day(11)) == "r1"
    assert intervals.in_force_at(rows, day(11), known=day(12)) == "r2"
    assert intervals.in_force_at(rows, day(5), known=day(-1)) is None


def test_suspension_and_resumption() -> None:
    rows = intervals.opened((), "r1", day(0), day(0))
    rows = intervals.closed(rows, "r1", day(3), day(3))
    rows = intervals.opened(rows, "r1", day(5), day(5))
    assert [intervals.in_force_at(rows, day(number)) for number in (2, 4, 6)] == ["r1", None, "r1"]
    rows = intervals.closed(rows, "r1", day(7), day(7))
    assert rows[0].end == day(3)
    assert rows[1].end == day(7)


def test_a_past_revision_can_be_entered_afterwards() -> None:
    rows = intervals.opened((), "r2", day(0), day(0))
    rows = intervals.opened(rows, "r1", day(-90), day(4), end=day(0))
    assert intervals.in_force_at(rows, day(-1)) == "r1"
    assert intervals.in_force_at(rows, day(-1), known=day(3)) is None
    with pytest.raises(IntervalError, match="overlap"):
        intervals.opened(rows, "r0", day(-200), day(5), end=day(-89))


def test_a_mistake_is_annulled_and_stays_on_record() -> None:
    rows = intervals.opened((), "r1", day(-5), day(0))
    rows = intervals.closed(rows, "r1", day(-5), day(1))
    rows = intervals.opened(rows, "r1", day(-3), day(1))
    assert intervals.in_force_at(rows, day(-4)) is None
    assert intervals.in_force_at(rows, day(-4), known=day(0.5)) == "r1"
    assert intervals.in_force_at(rows, day(-2)) == "r1"


def test_what_was_annulled_stands_in_nobodys_way() -> None:
    rows = intervals.opened((), "r1", day(-5), day(0))
    rows = intervals.closed(rows, "r1", day(-5), day(1))
    rows = intervals.opened(rows, "r2", day(-9), day(1))
    assert intervals.in_force_at(rows, day(-5)) == "r2"


def test_two_revisions_are_never_in_force_at_once() -> None:
    rows = intervals.opened((), "r1", day(0), day(0))
    with pytest.raises(IntervalError, match="overlap"):
        intervals.opened(rows, "r2", day(1), day(1))
    with pytest.raises(IntervalError, match="overlap"):
        intervals.opened(rows, "r2", day(0), day(1))
    closed = intervals.closed(rows, "r1", day(5), day(5))
    with pytest.raises(IntervalError, match="overlap"):
        intervals.opened(closed, "r2", day(4.9), day(5))
    assert intervals.opened(closed, "r2", day(5), day(5))


def test_check_finds_an_overlap_in_what_was_known_once() -> None:
    rows = late_switch()
    intervals.check(rows)
    early = (rows[0], replace(rows[1], recorded_at=day(11)))
    assert intervals.in_force_at(early, day(11)) == "r2"
    with pytest.raises(IntervalError, match="r1 and r2 overlap"):
        intervals.check(early)


def test_only_what_runs_can_be_ended_and_not_before_its_start() -> None:
    rows = late_switch()
    with pytest.raises(IntervalError, match="r1 is not in force"):
        intervals.closed(rows, "r1", day(20), day(20))
    with pytest.raises(IntervalError, match="r3 is not in force"):
        intervals.closed(rows, "r3", day(20), day(20))
    with pytest.raises(IntervalError, match="ends before it starts"):
        intervals.closed(rows, "r2", day(9), day(20))


@pytest.mark.parametrize(
    "changes",
    [
        {"start": datetime(2026, 1, 1)},
        {"end": datetime(2026, 2, 1), "ended_recorded_at": day(5)},
        {"end": day(5)},
        {"ended_recorded_at": day(5)},
        {"end": day(-1), "ended_recorded_at": day(5)},
        {"end": day(1), "ended_recorded_at": day(-1)},
    ],
)
def test_impossible_rows_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(IntervalError):
        replace(Interval("r1", day(0), None, day(0), None), **changes)


class History(RuleBasedStateMachine):
    """Switch, suspend, resume and retire, on time or late; the map must agree with a diary."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Interval, ...] = ()
        self.live: str | None = None
        self.count = 0
        self.effective = START
        self.recorded = START
        self.diary: dict[datetime, str | None] = {}
        self.known: dict[datetime, tuple[Interval, ...]] = {}

    def step(self, hours: int, late: int) -> tuple[datetime, datetime]:
        self.effective = max(self.effective, self.recorded) + timedelta(hours=hours)
        self.recorded = self.effective + timedelta(hours=late)
        return self.effective, self.recorded

    def note(self, in_force: str | None) -> None:
        self.live = in_force
        self.diary[self.effective] = in_force
        self.known[self.recorded] = self.rows

    @rule(hours=st.integers(1, 50), late=st.integers(0, 50))
    def switch(self, hours: int, late: int) -> None:
        at, recorded = self.step(hours, late)
        if self.live:
            self.rows = intervals.closed(self.rows, self.live, at, recorded)
        self.count += 1
        self.rows = intervals.opened(self.rows, f"r{self.count}", at, recorded)
        self.note(f"r{self.count}")

    @precondition(lambda self: self.live)
    @rule(hours=st.integers(1, 50), late=st.integers(0, 50))
    def suspend_or_retire(self, hours: int, late: int) -> None:
        at, recorded = self.step(hours, late)
        assert self.live
        self.rows = intervals.closed(self.rows, self.live, at, recorded)
        self.note(None)

    @precondition(lambda self: self.count and not self.live)
    @rule(hours=st.integers(1, 50))
    def resume(self, hours: int) -> None:
        at, recorded = self.step(hours, 0)
        self.rows = intervals.opened(self.rows, f"r{self.count}", at, recorded)
        self.note(f"r{self.count}")

    @invariant()
    def agrees_with_the_diary(self) -> None:
        intervals.check(self.rows)
        for instant, revision in self.diary.items():
            assert intervals.in_force_at(self.rows, instant) == revision

    def teardown(self) -> None:
        """What was known stays known."""
        for moment, rows in self.known.items():
            for instant in self.diary:
                then = intervals.in_force_at(rows, instant)
                assert intervals.in_force_at(self.rows, instant, known=moment) == then


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=60, stateful_step_count=15, deadline=None)

NOW = datetime(2026, 3, 1, 3, tzinfo=UTC)  # 10:00 of 1 March in Hanoi


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-02-27", datetime(2026, 2, 27, 16, 59, 59, 999999, tzinfo=UTC)),
        ("2026-03-01", NOW),
        ("2026-02-27T08:00:00+07:00", datetime(2026, 2, 27, 1, tzinfo=UTC)),
        ("2026-02-27T08:00Z", datetime(2026, 2, 27, 8, tzinfo=UTC)),
        ("2026-03-01T10:00:00+07:00", NOW),
    ],
)
def test_instant_of(value: str, expected: datetime) -> None:
    instant = intervals.instant_of(value, HANOI, NOW.astimezone(HANOI))
    assert instant == expected
    assert instant.tzinfo is UTC


@pytest.mark.parametrize("value", ["2026-03-02", "2026-03-01T10:00:01+07:00", "9999-12-30"])
def test_the_future_is_refused(value: str) -> None:
    with pytest.raises(FutureInstant, match="future"):
        intervals.instant_of(value, HANOI, NOW)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "20260301",
        "2026-W09-1",
        "2026-02-30",
        "2026-3-1",
        "01/03/2026",
        "2026-02-27T08:00:00",
        "2026-02-27 08:00:00+07:00",
        "2026-02-27T08:00:00 07:00",
        "2026-02-27Tnoon",
        "0001-01-01",
        "0001-01-01T00:00:00+07:00",
        "٢٠٢٦-٠٣-٠١",
        "2026-03-01\n",
    ],
)
def test_garbage_is_refused_but_not_as_future(value: str) -> None:
    with pytest.raises(InvalidInstant) as refused:
        intervals.instant_of(value, HANOI, NOW)
    assert not isinstance(refused.value, FutureInstant)


@given(st.text())
def test_no_text_breaks_it(value: str) -> None:
    with pytest.raises(InvalidInstant):
        intervals.instant_of(value, HANOI, NOW)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2026, 1, 1), timezones=st.just(HANOI)))
def test_an_instant_means_itself(local: datetime) -> None:
    instant = local.astimezone(UTC)
    assert intervals.instant_of(instant.isoformat(), HANOI, NOW) == instant
    assert intervals.instant_of(instant.astimezone(HANOI).isoformat(), HANOI, NOW) == instant
