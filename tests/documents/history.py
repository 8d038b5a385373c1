"""A document with a past: what the tests of as-of ask about."""

from cast import acting
from cast import issue
from datetime import date
from datetime import datetime
from datetime import UTC
from eqms.documents import ending
from eqms.documents.drafting import revise
from eqms.documents.schedule import switches
from eqms.domain import clock


def at(day, hour=0):
    """An instant of March 2026, in UTC; Vietnam is seven hours ahead."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


FIRST = at(2, 1)
SECOND = at(9, 17)
"""00:00 of 10 March in Vietnam; recorded three days later, after an outage."""

RECORDED = at(13, 2)
SUSPENDED = at(20, 3)
RESUMED = at(25, 4)
PRESENT = at(28, 5)


def live_through(document, second_classification="public", **changes):
    """01/00 in force, replaced by 01/01 (recorded late), suspended, resumed.

    :param changes: content of 01/00 that is not the usual one
    """
    first = document["rev-1"]
    with clock.frozen(FIRST):
        for name, value in changes.items():
            setattr(first, name, value)
        issue(first)
    with clock.frozen(at(5)):
        with acting("author"):
            second = revise(document)
            second.classification = second_classification
            second.title = "Đăng ký khai sinh (sửa đổi)"
            second.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "NQ 10"}]
            second.force_mode, second.force_date = "on_date", date(2026, 3, 10)
        issue(second)
    with clock.frozen(RECORDED):
        for piece in switches.due(RECORDED):
            switches.perform(piece, RECORDED)
    with clock.frozen(SUSPENDED):
        ending.suspend(second, "Sai lệ phí")
    with clock.frozen(RESUMED):
        ending.resume(second, "Đã rà soát")
    return first, second


def replace_again(document):
    """A third revision, public, comes in force now."""
    with acting("author"):
        third = revise(document)
        third.classification = "public"
        third.amendments = [{"number": "01/02", "summary": "Sửa", "ground": "NQ 11"}]
        third.force_mode, third.force_date = "on_approval", None
    return issue(third)
