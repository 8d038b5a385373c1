"""Lists of documents, from the catalog alone: no document is woken for its row."""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from eqms.documents.dates import day_of
from eqms.documents.labels import DOCUMENT_STATES
from eqms.domain.revisions import DocumentState
from eqms.domain.words import as_query
from itertools import chain
from itertools import islice
from math import ceil
from plone import api
from typing import Any
from typing import Final
from urllib.parse import urlencode


IN_FORCE: Final = (DocumentState.IN_FORCE.value, DocumentState.IN_FORCE_IN_PROGRESS.value)
"""States of documents that have a revision in force."""

PAGE_SIZE: Final = 20

MOST_TITLED: Final = 500
"""With more titles than that the words say too little to put any of them first."""

MOST_AGENCIES: Final = 100
"""More than these are not shown as a list; one is found by its name then."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Batch:
    """One page of a list; ``total`` counts the whole list."""

    brains: Sequence[Any]
    total: int
    page: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        """How many pages the list has; at least one."""
        return max(1, ceil(self.total / self.size))

    def links(self, url: str, asked: Mapping[str, str]) -> dict[str, str]:
        """Addresses of the pages ``before`` and ``after``, empty where there is none."""

        def address(page: int) -> str:
            if not 1 <= page <= self.pages:
                return ""
            return f"{url}?{urlencode({**asked, 'page': page})}"

        return {"before": address(self.page - 1), "after": address(self.page + 1)}


def find(text: str, page: str, **query: Any) -> Batch:
    """Documents that the reader may see; those with the words in their title come first.

    :param text: words as typed
    :param page: number of the page as it stands in the address, from 1
    :param query: of the catalog
    """
    number = page_number(page)
    words = as_query(text)
    return _with_words(words, number, query) if words else _listed(number, query)


def page_number(page: str) -> int:
    """Number of a page as it stands in the address; 1 for anything else."""
    return max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1


def _listed(number: int, query: Mapping[str, Any]) -> Batch:
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(**query, b_start=(number - 1) * PAGE_SIZE, b_size=PAGE_SIZE)
    return Batch(list(found), found.actual_result_count or 0, number, PAGE_SIZE)


def _with_words(words: str, number: int, query: Mapping[str, Any]) -> Batch:
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(**query, SearchableText=words)
    titled = catalog(**query, Title=words)
    ordered: Iterable[Any] = found
    if len(titled) <= MOST_TITLED:
        first = {brain.getRID() for brain in titled}
        ordered = chain(titled, (brain for brain in found if brain.getRID() not in first))
    start = (number - 1) * PAGE_SIZE
    shown = list(islice(ordered, start, start + PAGE_SIZE))
    return Batch(shown, len(found), number, PAGE_SIZE)


def row(brain: Any, agencies: Mapping[str, str]) -> Row:
    """What a list shows of a document.

    :param agencies: titles of agencies by UID
    """
    since = brain.eqms_in_force_from
    state = DocumentState(brain.eqms_document_state)
    return {
        "title": brain.Title,
        "url": brain.getURL(),
        "code": brain.eqms_written_code or "",
        "number": brain.eqms_number or "",
        "agency": agencies.get(brain.eqms_agency, ""),
        "in_force_from": day_of(since.asdatetime()) if since else "",
        "state": state.value,
        "state_label": DOCUMENT_STATES[state],
        "unconfirmed": bool(brain.eqms_unconfirmed),
    }


def agencies() -> dict[str, Row]:
    """The agencies to choose from by UID, in the order of their titles.

    Empty where they are too many for a list: nobody looks through hundreds of names.
    """
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(portal_type="Agency", sort_on="sortable_title", sort_limit=MOST_AGENCIES + 1)
    if len(found) > MOST_AGENCIES:
        return {}
    return {brain.UID: {"title": brain.Title, "url": brain.getURL()} for brain in found}


def agencies_named(name: str) -> list[str]:
    """UIDs of the agencies with the words of a name in theirs, as typed; of many the first ones."""
    words = as_query(name)
    if not words:
        return []
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(portal_type="Agency", Title=words, sort_limit=MOST_AGENCIES)
    return [brain.UID for brain in found[:MOST_AGENCIES]]
