"""The injectable clock and the borders of a day."""

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.domain import clock
from hypothesis import given
from hypothesis import strategies as st
from threading import Thread
from zoneinfo import ZoneInfo
import pytest


HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def system_clock() -> Iterator[None]:
    yield
    clock.set_source(None)


def test_the_default_is_the_system_clock_in_utc() -> None:
    before = datetime.now(UTC)
    present = clock.now()
    assert before <= present <= datetime.now(UTC)
    assert present.tzinfo is UTC


def test_frozen_stops_the_clock_and_starts_it_again() -> None:
    with clock.frozen(NOON):
        assert clock.now() == NOON
        with clock.frozen(NOON + timedelta(days=1)):
            assert clock.now() == NOON + timedelta(days=1)
        assert clock.now() == NOON
    assert clock.now() != NOON


def test_frozen_starts_the_clock_again_after_an_error() -> None:
    with pytest.raises(RuntimeError), clock.frozen(NOON):
        raise RuntimeError
    assert clock.now() != NOON


def test_other_threads_see_the_stopped_clock() -> None:
    seen: list[datetime] = []
    with clock.frozen(NOON):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen == [NOON]


def test_the_source_may_tell_any_zone_but_must_tell_one() -> None:
    clock.set_source(lambda: NOON.astimezone(HANOI))
    assert clock.now() == NOON
    assert clock.now().tzinfo is UTC
    clock.set_source(lambda: datetime(2026, 3, 1))
    with pytest.raises(ValueError, match="time zone"):
        clock.now()
    with pytest.raises(ValueError, match="time zone"), clock.frozen(datetime(2026, 3, 1)):
        pass


def test_today_depends_on_the_zone() -> None:
    with clock.frozen(datetime(2026, 2, 28, 17, tzinfo=UTC)):
        assert clock.today(HANOI) == date(2026, 3, 1)
        assert clock.today(UTC) == date(2026, 2, 28)


def test_the_borders_of_a_day_in_vietnam() -> None:
    day = date(2026, 3, 1)
    assert clock.start_of_day(day, HANOI) == datetime(2026, 2, 28, 17, tzinfo=UTC)
    assert clock.end_of_day(day, HANOI) == datetime(2026, 3, 1, 16, 59, 59, 999999, tzinfo=UTC)
    assert clock.start_of_day(day, HANOI).tzinfo is UTC


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.sampled_from(["UTC", "Europe/Berlin"]))
def test_days_follow_each_other_without_gap_also_over_summer_time(day: date, name: str) -> None:
    zone = ZoneInfo(name)
    end = clock.end_of_day(day, zone)
    assert end.astimezone(zone).date() == day
    assert end + timedelta(microseconds=1) == clock.start_of_day(day + timedelta(days=1), zone)


def test_a_day_beyond_the_calendar_overflows() -> None:
    with pytest.raises(OverflowError):
        clock.end_of_day(date.max, HANOI)
    with pytest.raises(OverflowError):
        clock.start_of_day(date.min, HANOI)
