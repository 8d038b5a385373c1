"""Finding the agency that something belongs to."""

from Acquisition import aq_chain
from Acquisition import aq_inner
from eqms.agencies.content import Agency
from eqms.agencies.content import IAgency
from typing import Any


def agency_of(context: Any) -> Agency | None:
    """The nearest agency that contains the object (or is it); None outside agencies."""
    for item in aq_chain(aq_inner(context)):
        if IAgency.providedBy(item):
            return item
    return None
