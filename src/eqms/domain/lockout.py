"""When wrong attempts to authenticate lock a person out, and for how long.

Too many guesses in a row end in a lock that ends by itself; the right secret given during the lock
opens nothing and starts nothing anew (OWASP ASVS 5.0, 6.3.1).
"""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta


@dataclass(frozen=True)
class Policy:
    """How many wrong attempts in a row are too many, and how long the lock lasts.

    Raises ValueError if there is no attempt or no time.
    """

    attempts: int
    lock: timedelta

    def __post_init__(self) -> None:
        if self.attempts < 1 or self.lock <= timedelta(0):
            raise ValueError(f"no policy of lock-out: {self.attempts} attempts, {self.lock}")


# Ordered: a BTree merges two transactions only if it can compare the values it holds.
@dataclass(frozen=True, order=True)
class Attempts:
    """The wrong attempts of one person since the last right one, or since the last lock."""

    failed: int = 0
    locked_until: datetime | None = None

    def locked(self, now: datetime) -> bool:
        """Whether nothing is accepted at ``now``; the instant the lock ends is free."""
        return self.locked_until is not None and now < self.locked_until

    def failure(self, policy: Policy, now: datetime) -> "Attempts":
        """After a wrong attempt at ``now``; one made during a lock neither counts nor prolongs."""
        if self.locked(now):
            return self
        failed = self.failed + 1
        if failed >= policy.attempts:
            return Attempts(0, now + policy.lock)
        return Attempts(failed)
