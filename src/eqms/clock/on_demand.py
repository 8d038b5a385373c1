"""What readers would notice is done before the request that would show it (invariant 6).

From 00:00 of its day a revision is in force, whether or not a job ran since. No reader compares
dates: state alone says what is in force, so the state has to be right before anything is read.

Where: when a request enters the site, ahead of everything below it and of authentication. At the
start of publishing, where it could come earlier, no request knows its site yet.

How: in a thread of its own, since transaction, user and request belong to the thread. So neither
does a write of the request get into the transaction of the switch or the other way round, nor does
plone.protect see a write in a GET. The request waits, and then looks at the database anew. Asking
costs every request two objects, which stay in memory.

If it cannot be done, the old answer is served: the entry carries the error and its next try moves,
so not every request tries again.
"""

from eqms.clock.opening import application
from eqms.clock.runner import acting_as_clock
from eqms.clock.runner import run
from eqms.domain import clock
from eqms.interfaces import IPunctualJob
from threading import Lock
from threading import Thread
from typing import Any
from ZODB.DB import DB
from zope.component import getUtilitiesFor
from zope.component.hooks import site as in_site
from zope.traversing.interfaces import IBeforeTraverseEvent
import logging
import time


logger = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds that a request waits for what is due before it is answered without it."""

REST = 60.0
"""Seconds without another attempt after one that could not even note its failure."""


class Gate:
    """Lets one request of the process at a time do what is due; the others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._closed_until: dict[tuple[str, ...], float] = {}

    def pass_through(self, site: Any, connection: Any) -> None:
        """Do what is due in a site, unless another request has done it by now."""
        path = site.getPhysicalPath()
        if time.monotonic() < self._closed_until.get(path, 0):
            return
        if not self._lock.acquire(timeout=PATIENCE):
            return
        try:
            connection.sync()
            if is_due(site):
                _in_thread(connection.db(), path)
                connection.sync()
                if is_due(site):
                    self._closed_until[path] = time.monotonic() + REST
        finally:
            self._lock.release()


gate = Gate()


def before_traversal(site: Any, event: IBeforeTraverseEvent) -> None:
    """A request enters a site: let it find what is in force now."""
    try:
        # A request within a request shares its transaction, and came through here with it.
        if event.request.get("PARENT_REQUEST") is None and is_due(site):
            connection = site.getPhysicalRoot()._p_jar
            if not connection._registered_objects:
                gate.pass_through(site, connection)
    except Exception:
        logger.exception("What is due could not be done before a request.")


def is_due(site: Any) -> bool:
    """Whether something that readers would notice is to be tried now."""
    now = clock.now()
    with in_site(site):
        for _name, job in getUtilitiesFor(IPunctualJob):
            due = job.next_due()
            if due is not None and due <= now:
                return True
    return False


def _in_thread(database: DB, path: tuple[str, ...]) -> None:
    worker = Thread(target=_catch_up, args=(database, path), name="eqms on demand", daemon=True)
    worker.start()
    worker.join(PATIENCE)


def _catch_up(database: DB, path: tuple[str, ...]) -> None:
    """Do what is due of the punctual jobs, without the lease.

    A reader must not get the old revision because another process holds it; where both do the same,
    one conflicts, tries again and finds it done.
    """
    try:
        with application(database) as app:
            site = app.unrestrictedTraverse(path)
            with acting_as_clock(site):
                jobs = sorted(getUtilitiesFor(IPunctualJob), key=lambda named: named[1].order)
                run(jobs, clock.now(), time.sleep, between=lambda: None)
    except Exception:
        logger.exception("What is due could not be done on demand.")
