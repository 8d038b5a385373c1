"""What the clock remembers of its runs, and who runs it now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from eqms.domain import clock
from persistent import Persistent
from plone import api
from uuid import uuid4
from ZODB.POSException import ConflictError
from zope.annotation.interfaces import IAnnotations
import transaction


ANNOTATION = "eqms.clock"

LEASE = timedelta(minutes=10)
"""A runner that does not come back is taken for dead after this."""

HEARTBEAT = timedelta(minutes=5)
"""How often a run with nothing to do leaves a mark; more often would only fill the database."""

_KEPT = 20
_TRIES = 3


@dataclass(frozen=True)
class Failure:
    """A piece of a job that could not be done."""

    job: str
    piece: str
    error: str
    at: datetime


class Ledger(Persistent):
    """When the clock ran, what failed, and the lease of the present runner."""

    def __init__(self) -> None:
        self.last_run: datetime | None = None
        self.last_success: datetime | None = None
        self.failures: tuple[Failure, ...] = ()
        self.holder: str | None = None
        self.held_until: datetime | None = None

    def is_held(self, now: datetime) -> bool:
        """Whether a runner is at work."""
        return self.held_until is not None and now < self.held_until

    def hold(self, holder: str, now: datetime) -> bool:
        """Give the lease to a runner for a while; False if another one has it."""
        if self.holder != holder and self.is_held(now):
            return False
        self.holder, self.held_until = holder, now + LEASE
        return True

    def release(self, holder: str) -> None:
        """Take the lease back from a runner, if it still has it."""
        if self.holder == holder:
            self.holder = self.held_until = None

    def note(self, now: datetime, failures: tuple[Failure, ...] = ()) -> None:
        """Enter the end of a run."""
        self.last_run = now
        if failures:
            self.failures = (*self.failures, *failures)[-_KEPT:]
        else:
            self.last_success = now


def ledger() -> Ledger | None:
    """The ledger of the site; None before the clock ran for the first time."""
    found: Ledger | None = IAnnotations(api.portal.get()).get(ANNOTATION)
    return found


def leave_mark() -> None:
    """Enter a run that had nothing to do, unless one was entered a short time ago."""
    now = clock.now()
    known = ledger()
    if known is None or known.last_run is None or now - known.last_run >= HEARTBEAT:
        _write(lambda ledger: ledger.note(now))


class Lease:
    """The right of one runner to do what is due in the site, as long as it comes back for it.

    It spares two runners the same work. Nothing depends on it: every piece is done at most once,
    whoever tries it.
    """

    def __init__(self) -> None:
        self.holder = uuid4().hex

    def take(self) -> bool:
        """Begin to hold it; False if another runner does."""
        return _write(lambda ledger: ledger.hold(self.holder, clock.now()))

    def renew(self) -> None:
        """Go on holding it, once half of its time is over."""
        known = ledger()
        if known is None or not known.is_held(clock.now() + LEASE / 2):
            self.take()

    def give_back(self, failures: tuple[Failure, ...]) -> None:
        """End the run and enter what came of it."""

        def enter(ledger: Ledger) -> None:
            ledger.note(clock.now(), failures)
            ledger.release(self.holder)

        _write(enter)


def _write(change: Callable[[Ledger], bool | None]) -> bool:
    """Write the ledger in a transaction of its own; False if ``change`` says so, or others write.

    What is lost so is a mark of a run, or a lease that another runner has got.
    """
    for _ in range(_TRIES):
        transaction.begin()
        annotations = IAnnotations(api.portal.get())
        if ANNOTATION not in annotations:
            annotations[ANNOTATION] = Ledger()
        if change(annotations[ANNOTATION]) is False:
            transaction.abort()
            return False
        try:
            transaction.commit()
            return True
        except ConflictError:
            transaction.abort()
    return False
