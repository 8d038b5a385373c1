"""What is to take effect at an instant, and when it is tried again after it failed.

An entry stays as it is planned; what changes is the next try. So what was missed while nothing ran
is due all the same, in the order in which it should have happened.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from typing import Final
from typing import Self


FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=1)

LATE: Final = timedelta(minutes=5)
"""What is done later than this after it was due is told as late."""

_LONGEST_ERROR: Final = 500


# Ordered: a BTree merges two transactions only if it can compare the values it holds.
@dataclass(frozen=True, order=True)
class Planned:
    """One thing that takes effect at ``due_at`` (aware).

    ``kind`` says what it is (a revision, an issue decision with all its rows), ``key`` which one.
    ``tries`` counts the failures, ``error`` is the text of the last one, ``retry_at`` when it is
    tried again.
    """

    kind: str
    key: str
    due_at: datetime
    urgent: bool = False
    tries: int = 0
    retry_at: datetime | None = None
    error: str = ""

    @property
    def try_at(self) -> datetime:
        """When it is tried next."""
        return self.retry_at or self.due_at

    @property
    def order(self) -> tuple[datetime, bool, str]:
        """Of what is due together the earlier goes first, then what is urgent."""
        return (self.due_at, not self.urgent, self.key)

    def failed(self, error: str, at: datetime) -> Self:
        """The same after a failure: the pauses double, from a minute to an hour."""
        pause = min(FIRST_PAUSE * 2 ** min(self.tries, 10), LONGEST_PAUSE)
        return replace(
            self, tries=self.tries + 1, retry_at=at + pause, error=error[:_LONGEST_ERROR]
        )

    def is_late(self, now: datetime) -> bool:
        """Whether it is so long past its time that somebody should know."""
        return now - self.due_at > LATE
