"""The clock inside the process of the server, so that no timer outside is needed."""

from eqms.clock.opening import application
from eqms.clock.opening import sites
from eqms.clock.runner import Report
from eqms.clock.runner import tick
from threading import Event
from threading import Thread
from ZODB.DB import DB
import logging


logger = logging.getLogger(__name__)

SECONDS = 30.0
GRACE = 20.0


class Ticker(Thread):
    """Ticks for all sites of a database until it is stopped."""

    def __init__(self, database: DB, seconds: float = SECONDS) -> None:
        super().__init__(name="eqms clock", daemon=True)
        self.database = database
        self.seconds = seconds
        self._stopping = Event()

    def run(self) -> None:
        """Tick, wait, tick; whatever goes wrong, the next tick comes."""
        while not self._stopping.is_set():
            try:
                tick_all(self.database)
            except Exception:
                logger.exception("The clock could not tick.")
            self._stopping.wait(self.seconds)

    def stop(self) -> None:
        """Tick no more; a tick under way has a while to come to its end."""
        self._stopping.set()
        self.join(GRACE)


def tick_all(database: DB) -> dict[str, Report]:
    """Do what is due in every site of a database, in a connection of its own.

    Returns what came of it by the path of the site.
    """
    with application(database) as app:
        return {"/".join(site.getPhysicalPath()): tick(site) for site in list(sites(app))}
