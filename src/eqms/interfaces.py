"""Interfaces of the add-on as a whole."""

from collections.abc import Hashable
from collections.abc import Iterable
from datetime import datetime
from zope.interface import Attribute
from zope.interface import Interface


class IEqmsLayer(Interface):
    """Browser layer: present on requests of a site in which eqms is installed."""


class IEqmsSite(Interface):
    """Marks a site in which eqms is installed, for what is looked up by the site alone."""


class IClockJob(Interface):
    """Something dated that falls due: a named utility of the room that knows it.

    The clock (room ``clock``) asks each job what is due and has it done piece by piece, each piece
    in a transaction of its own; one that fails does not stop the others. A job is idempotent: what
    was done is no longer due, and what was missed while the clock stood still is due all the same.
    """

    order = Attribute("A number; jobs with a lower one run first.")

    def due(now: datetime) -> Iterable[Hashable]:
        """The pieces that are due at ``now`` (aware, UTC), in the order they are to be done.

        Asks no catalog and writes nothing.
        """

    def perform(piece: Hashable, now: datetime) -> None:
        """Do one piece in the present transaction; nothing if it is no longer due."""


class IPunctualJob(IClockJob):
    """A job whose delay no reader may notice: it is also done before a request is served.

    What fails is tried again later, or every request would try it.
    """

    def next_due() -> datetime | None:
        """When the next piece is to be tried, or None. Every request asks: it must be cheap."""

    def failed(piece: Hashable, error: str, now: datetime) -> None:
        """Note that a piece failed and move its next try, in a transaction of its own."""
