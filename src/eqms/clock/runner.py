"""The runner: asks each job what is due and has it done, one transaction for one piece.

It commits, so nothing of anybody else may be in the transaction that it is called in.
"""

from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.SpecialUsers import nobody
from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from eqms.clock.ledger import Failure
from eqms.clock.ledger import Lease
from eqms.clock.ledger import leave_mark
from eqms.domain import clock
from eqms.interfaces import IClockJob
from eqms.interfaces import IPunctualJob
from eqms.trail.causes import caused_by
from transaction.interfaces import TransientError
from typing import Any
from zope.component import getUtilitiesFor
from zope.component.hooks import site as in_site
import logging
import time
import transaction


logger = logging.getLogger(__name__)

TRIES = 5
"""How often a piece is tried when others write the same at the same moment."""

Pause = Callable[[float], object]
Jobs = Iterable[tuple[str, Any]]


@dataclass(frozen=True)
class Report:
    """What came of one run; ``skipped`` if another runner was at work."""

    done: int = 0
    failures: tuple[Failure, ...] = ()
    skipped: bool = False

    def as_json(self) -> dict[str, Any]:
        """As REST and the command print it."""
        return {
            "done": self.done,
            "failed": [
                {"job": failure.job, "piece": failure.piece, "error": failure.error}
                for failure in self.failures
            ],
            "skipped": self.skipped,
        }


def tick(site: Any, now: datetime | None = None, pause: Pause = time.sleep) -> Report:
    """Do all that is due in a site by ``now`` (aware; this moment without it).

    What was missed is done all the same. Jobs run by their order; a piece that fails does not stop
    the others. If another runner is at work in the site nothing is done.

    :param pause: what waits a number of seconds before a piece is tried again after a conflict
    """
    moment = now or clock.now()
    with acting_as_clock(site):
        jobs = _jobs()
        trouble: list[Failure] = []
        if not any(_pieces(name, job, moment, trouble) for name, job in jobs) and not trouble:
            leave_mark()
            return Report()
        lease = Lease()
        if not lease.take():
            return Report(skipped=True)
        report = Report()
        try:
            report = run(jobs, moment, pause, lease.renew)
        finally:
            lease.give_back(report.failures)
        return report


def run(jobs: Jobs, now: datetime, pause: Pause, between: Callable[[], object]) -> Report:
    """Do what is due of some jobs, as the clock; ``between`` is called after each piece."""
    done = 0
    failures: list[Failure] = []
    for name, job in jobs:
        for piece in _pieces(name, job, now, failures):
            error = _attempt(job, piece, now, pause)
            if error is None:
                done += 1
            else:
                failures.append(Failure(name, str(piece), error, clock.now()))
            between()
    return Report(done, tuple(failures))


@contextmanager
def acting_as_clock(site: Any) -> Iterator[None]:
    """Act in a site as nobody, with the clock as the cause of what is written to the trail."""
    before = getSecurityManager()
    newSecurityManager(None, nobody)
    try:
        with in_site(site), caused_by("clock"):
            yield
    finally:
        setSecurityManager(before)
        transaction.abort()


def _jobs() -> list[tuple[str, Any]]:
    return sorted(getUtilitiesFor(IClockJob), key=lambda named: (named[1].order, named[0]))


def _pieces(name: str, job: Any, now: datetime, failures: list[Failure]) -> list[Hashable]:
    transaction.begin()
    try:
        return list(job.due(now))
    except Exception as error:
        logger.exception("The job %s cannot say what is due.", name)
        failures.append(Failure(name, "", _words(error), now))
        return []


def _attempt(job: Any, piece: Hashable, now: datetime, pause: Pause) -> str | None:
    """Do one piece; None, or what stood against it."""
    for tries in range(1, TRIES + 1):
        try:
            transaction.begin()
            job.perform(piece, now)
            transaction.commit()
            return None
        except TransientError as conflict:
            transaction.abort()
            error = _words(conflict)
            pause(0.05 * 2**tries)
        except Exception as failure:
            transaction.abort()
            logger.exception("A piece of the clock failed: %s", piece)
            error = _words(failure)
            break
    if IPunctualJob.providedBy(job):
        _note_failure(job, piece, error)
    return error


def _note_failure(job: Any, piece: Hashable, error: str) -> None:
    try:
        transaction.begin()
        job.failed(piece, error, clock.now())
        transaction.commit()
    except Exception:
        transaction.abort()
        logger.exception("That a piece of the clock failed could not be noted: %s", piece)


def _words(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
