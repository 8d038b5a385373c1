"""Stagings that nobody touched for a while are dropped."""

from collections.abc import Iterator
from datetime import datetime
from eqms.exchange.staging.storage import kept_stagings
from eqms.interfaces import IClockJob
from zope.interface import implementer


@implementer(IClockJob)
class DropExpired:
    """The clock drops them with their files."""

    order = 90

    def due(self, now: datetime) -> Iterator[tuple[str, int]]:
        """UID of the agency and number of each expired staging."""
        for agency, kept in kept_stagings().items():
            for staging in kept.all:
                if staging.expires_at <= now:
                    yield agency, staging.number

    def perform(self, piece: tuple[str, int], now: datetime) -> None:
        """Drop one, if it was not touched meanwhile."""
        agency, number = piece
        kept = kept_stagings().get(agency)
        staging = None if kept is None else kept.get(number)
        if kept is not None and staging is not None and staging.expires_at <= now:
            kept.drop(number)
