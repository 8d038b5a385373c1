"""The same code on several documents: allowed in several scopes, a defect where people mix it up.

Within an agency the same code may stand on documents of different fields and levels, and on those
taken over from paper. Two agencies may each use it, which the programme office wants to know.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from plone import api
from Products.CMFCore.indexing import processQueue
from typing import Any


@dataclass(frozen=True)
class Duplicate:
    """A code as compared, and the catalog entries of the documents that bear it."""

    code: str
    brains: Sequence[Any]

    @property
    def agencies(self) -> int:
        """In how many agencies it stands."""
        return len({brain.eqms_agency for brain in self.brains})


def duplicates(agency: str = "") -> list[Duplicate]:
    """Codes on several documents that the caller may see, in order.

    :param agency: UID of an agency to look at alone; empty for the whole site
    """
    processQueue()
    catalog = api.portal.get_tool("portal_catalog")
    index = catalog._catalog.indexes["eqms_code"]
    several = [code for code, count in index.uniqueValues(withLengths=True) if count > 1]
    query: dict[str, Any] = {"eqms_code": several, "show_inactive": True}
    if agency:
        query["eqms_agency"] = agency
    found = defaultdict(list)
    for brain in catalog(**query) if several else ():
        found[brain.eqms_code].append(brain)
    return [
        Duplicate(code, sorted(brains, key=lambda brain: brain.getPath()))
        for code, brains in sorted(found.items())
        if len(brains) > 1
    ]
