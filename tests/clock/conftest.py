"""A site in which something falls due, and jobs that do as they are told."""

from cast import acting
from cast import add_document
from cast import issue
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.documents.drafting import revise
from eqms.domain import clock
from eqms.interfaces import IClockJob
from zope.component import getGlobalSiteManager
from zope.component import getUtilitiesFor
from zope.component import provideUtility
from zope.interface import implementer
import pytest
import transaction


BEFORE = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)
START = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
"""00:00 of that day in Vietnam."""


@pytest.fixture(autouse=True)
def _before_the_day():
    with clock.frozen(BEFORE):
        yield


@pytest.fixture(autouse=True)
def _no_other_jobs(functional_portal):
    """Only switches, and what a test registers: it counts what was done."""
    registry = getGlobalSiteManager()
    others = [named for named in getUtilitiesFor(IClockJob) if named[0] != "eqms.switches"]
    for name, utility in others:
        registry.unregisterUtility(utility, IClockJob, name)
    yield
    for name, utility in others:
        registry.registerUtility(utility, IClockJob, name)


def plan(agency, code, day=DAY):
    """A document in force, and its next revision issued for a day to come; both committed."""
    with clock.frozen(BEFORE - timedelta(days=30)):
        document = add_document(agency, code=code, title="Quy trình cũ")
        issue(document["rev-1"])
    with acting("author"):
        draft = revise(document)
        draft.title = "Quy trình mới"
        draft.force_mode, draft.force_date = "on_date", day
        draft.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "NQ 10"}]
    issue(draft)
    transaction.commit()
    return document


@pytest.fixture
def planned(live_agency):
    return plan(live_agency, "QT 21/CX-HCTP")


@pytest.fixture
def documents(live_agency):
    """Three of them, due at the same instant."""
    return [plan(live_agency, f"QT 3{number}/CX-HCTP") for number in range(3)]


@implementer(IClockJob)
class Job:
    """Does nothing but remember; ``act`` is called with each piece."""

    order = 50

    def __init__(self, pieces, act=lambda piece: None):
        self.pieces = pieces
        self.act = act
        self.asked = []

    def due(self, now):
        return list(self.pieces)

    def perform(self, piece, now):
        self.asked.append(piece)
        self.act(piece)


@pytest.fixture
def job():
    """Register a job for the length of a test."""
    registered = []

    def register(name, *arguments, order=50):
        made = Job(*arguments)
        made.order = order
        provideUtility(made, IClockJob, name)
        registered.append((made, name))
        return made

    yield register
    for made, name in registered:
        getGlobalSiteManager().unregisterUtility(made, IClockJob, name)
