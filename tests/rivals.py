"""Two people who act on one database at the same moment, each over a connection of its own."""

from cast import acting
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from eqms.documents.errors import Refusal
from eqms.documents.errors import REFUSALS
from Testing.makerequest import makerequest
from threading import Barrier
from threading import Lock
from threading import Thread
from transaction.interfaces import TransientError
from typing import Any
from ZODB import DB
from zope.component.hooks import setSite
from zope.event import notify
from zope.globalrequest import clearRequest
from zope.globalrequest import setRequest
from zope.traversing.interfaces import BeforeTraverseEvent
import transaction


TRIES = 4
"""As often as Zope's publisher tries a request; it pauses in between, which is easier to bear."""

PATIENCE = 60
"""Seconds that one may wait for the other to be ready."""

Act = Callable[[Any], Any]
"""What somebody does in the site; gets its root."""


@dataclass
class Outcome:
    """How an act ended: done, refused, or given up after too many conflicts."""

    value: Any = None
    refusal: Refusal | None = None
    conflicts: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether it was committed."""
        return self.refusal is None and len(self.conflicts) < TRIES


@contextmanager
def visiting(db: DB, site: str) -> Iterator[Any]:
    """The root of a site over a connection of its own, as a request to it would have it."""
    transaction.abort()
    connection = db.open()
    try:
        app = makerequest(connection.root()["Application"])
        portal = app[site]
        setRequest(app.REQUEST)
        setSite(portal)
        notify(BeforeTraverseEvent(portal, app.REQUEST))
        yield portal
    finally:
        transaction.abort()
        app.REQUEST.close()
        setSite(None)
        clearRequest()
        connection.close()


def alone(db: DB, site: str, act: Act) -> Any:
    """Do something that nobody disturbs, and commit it; returns what it gives."""
    with visiting(db, site) as portal:
        value = act(portal)
        transaction.commit()
        return value


def perform(db: DB, site: str, person: str, act: Act, meet: Callable[[], Any]) -> Outcome:
    """Do it as a person, in a transaction that is tried again after a conflict.

    :param meet: waits for the other one at the end of the first try: so both have decided on the
        same state of the database, and only the storage can tell that they collide
    """
    outcome = Outcome()
    while len(outcome.conflicts) < TRIES:
        with visiting(db, site) as portal, acting(person):
            try:
                try:
                    outcome.value = act(portal)
                finally:
                    if not outcome.conflicts:
                        meet()
                transaction.commit()
                break
            except TransientError as error:
                outcome.conflicts.append(type(error).__name__)
            except REFUSALS as error:
                outcome.refusal = error
                break
    return outcome


def at_once(db: DB, site: str, *acts: tuple[str, Act]) -> list[Outcome]:
    """Let each person do the one thing, all at the same moment in threads of their own.

    They decide one after the other, none knowing of the other, and commit together. (Python 3.11
    cannot compile in two threads at once, https://github.com/python/cpython/issues/106905, and
    workflows compile their expressions when they are first needed.)
    """
    barrier = Barrier(len(acts), timeout=PATIENCE)
    turn = Lock()
    outcomes: list[Any] = [None] * len(acts)

    def run(place: int, person: str, act: Act) -> None:
        def in_turn(portal: Any) -> Any:
            with turn:
                return act(portal)

        try:
            outcomes[place] = perform(db, site, person, in_turn, barrier.wait)
        except Exception as error:
            outcomes[place] = error

    threads = [Thread(target=run, args=(place, *pair)) for place, pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return outcomes
