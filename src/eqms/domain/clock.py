"""The one clock: every "now" and "today" of the add-on is asked here.

The source is a module-level name, not a context variable, on purpose: a test that stops the
clock must be obeyed by the worker threads of the server too, and those do not inherit the
context of the test. Replacing the name is atomic in CPython; tests that stop the clock do not
run in parallel within one process.
"""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import tzinfo
from datetime import UTC


Source = Callable[[], datetime]

_RESOLUTION = timedelta(microseconds=1)


def _system() -> datetime:
    return datetime.now(UTC)


_source: Source = _system


def now() -> datetime:
    """The present instant, aware, in UTC.

    Raises ValueError when the source answers without a time zone.
    """
    return utc(_source())


def today(zone: tzinfo) -> date:
    """The calendar day it is now in ``zone``."""
    return now().astimezone(zone).date()


def set_source(source: Source | None) -> None:
    """Let ``source`` tell the time, in every thread; ``None`` is the system clock again."""
    global _source
    _source = _system if source is None else source


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Stop the clock at ``instant`` (aware), in every thread, until the block is left."""
    stopped = utc(instant)
    before = _source
    set_source(lambda: stopped)
    try:
        yield
    finally:
        set_source(before)


def utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a naive one: it names no instant."""
    if instant.utcoffset() is None:
        raise ValueError(f"an instant needs a time zone: {instant.isoformat()}")
    return instant.astimezone(UTC)


def start_of_day(day: date, zone: tzinfo) -> datetime:
    """00:00 of ``day`` in ``zone``, as an instant in UTC.

    Raises OverflowError where that instant is outside the years 1 to 9999 of UTC.
    """
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """The last instant of ``day`` in ``zone`` (one microsecond before the next day), in UTC.

    It may lie in the future; the caller caps it. Raises OverflowError like `start_of_day`.
    """
    return start_of_day(day + timedelta(days=1), zone) - _RESOLUTION
