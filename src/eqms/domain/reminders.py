"""When somebody is reminded of what is due: once for each threshold, also after a missed run.

A threshold is a number of days before the due date: 3 is three days before, 0 the day itself, -1
the first day after it. It is reached as soon as no more days than that are left, so that a day on
which nothing ran loses no reminder.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Reminder:
    """What is to be told now, and what is settled by it.

    ``threshold`` is the tightest one that was reached and not told yet, or None. ``settled`` are
    all that need no word any more: who missed three runs is told once, not three times.
    """

    threshold: int | None
    settled: frozenset[int]


def reminder(
    due_on: date, today: date, thresholds: Iterable[int], settled: frozenset[int]
) -> Reminder:
    """What to remind of on the day ``today`` of something due on ``due_on`` (calendar days)."""
    left = (due_on - today).days
    reached = frozenset(threshold for threshold in thresholds if left <= threshold)
    news = reached - settled
    return Reminder(min(news) if news else None, settled | reached)
