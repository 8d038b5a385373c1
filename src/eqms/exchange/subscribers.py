"""What follows when agencies come."""

from eqms.agencies.content import Agency
from eqms.exchange.storage import ImportLog
from zope.lifecycleevent.interfaces import IObjectAddedEvent


def agency_added(agency: Agency, event: IObjectAddedEvent) -> None:
    """Give a new agency its log of imports; a copied one starts empty."""
    agency._imports = ImportLog()
