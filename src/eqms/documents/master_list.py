"""The master list (danh mục tài liệu): what is in force, or was on a past day.

Today's list comes from the catalog alone, a past one from the ledger: no document is woken.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from datetime import UTC
from eqms import _
from eqms.documents.asof import may_know
from eqms.documents.asof import Moment
from eqms.documents.errors import bad_request
from eqms.documents.ledger import Facts
from eqms.documents.ledger import pages
from eqms.domain.intervals import Interval
from eqms.domain.revisions import DocumentState
from eqms.domain.vietnamese import code_tokens
from eqms.domain.vietnamese import sort_key
from eqms.domain.words import as_query
from eqms.domain.words import as_words
from plone import api
from types import MappingProxyType
from typing import Any
from typing import Final


SORTS: Final[Mapping[str, str]] = MappingProxyType(
    {"code": "eqms_code", "title": "sortable_title", "in_force_from": "eqms_in_force_from"}
)
"""What the list can be sorted by, with the index that does it today."""

IN_FORCE: Final = (DocumentState.IN_FORCE.value, DocumentState.IN_FORCE_IN_PROGRESS.value)
EVER_IN_FORCE: Final = tuple(
    state.value for state in DocumentState if state is not DocumentState.NO_REVISION
)


@dataclass(frozen=True)
class Question:
    """What is asked for; empty texts ask for nothing in particular.

    ``agency`` is a UID, ``type`` a portal type, ``field`` a field of administration by its letters,
    ``q`` words: of the whole text today, of code and title on a past day.
    """

    agency: str = ""
    type: str = ""
    field: str = ""
    q: str = ""
    sort_on: str = "code"
    descending: bool = False
    moment: Moment | None = None

    def __post_init__(self) -> None:
        if self.sort_on not in SORTS:
            raise bad_request(
                _(
                    "error_sort_on",
                    default="The list can be sorted by ${names}.",
                    mapping={"names": ", ".join(SORTS)},
                )
            )


@dataclass(frozen=True)
class Row:
    """A document in the list with its revision of then; instants are aware, in UTC.

    ``until`` is None while it is in force, as far as was known. ``revision`` is its UID; today's
    list leaves it empty.
    """

    uid: str
    url: str
    type: str
    code: str
    title: str
    number: str
    field: str
    agency: str
    since: datetime | None
    until: datetime | None = None
    revision: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True)
class Found:
    """A part of the list; ``total`` counts the whole."""

    rows: Sequence[Row]
    total: int


def find(question: Question, start: int = 0, size: int | None = None) -> Found:
    """The rows from ``start`` on, ``size`` of them or all, that the caller may see."""
    if question.moment is None:
        return _today(question, start, size)
    past = sorted(
        _then(question, question.moment),
        key=_SORTED[question.sort_on],
        reverse=question.descending,
    )
    end = None if size is None else start + size
    return Found([_past_row(item) for item in past[start:end]], len(past))


def agency_titles(uids: Iterable[str]) -> dict[str, str]:
    """Titles of agencies by UID."""
    catalog = api.portal.get_tool("portal_catalog")
    return {brain.UID: brain.Title for brain in catalog(UID=sorted(set(uids)))}


def _today(question: Question, start: int, size: int | None) -> Found:
    query = _query(question) | {
        "eqms_document_state": IN_FORCE,
        "sort_on": SORTS[question.sort_on],
        "sort_order": "descending" if question.descending else "ascending",
    }
    if question.field:
        query["eqms_field"] = question.field
    if words := as_query(question.q):
        query["SearchableText"] = words
    if size is not None:
        query |= {"b_start": start, "b_size": size}
    brains = api.portal.get_tool("portal_catalog")(**query)
    total = brains.actual_result_count or 0
    return Found([_row(brain) for brain in brains] if start < total else [], total)


@dataclass(frozen=True)
class _Past:
    """A document with what was in force of it then."""

    brain: Any
    interval: Interval
    facts: Facts


def _then(question: Question, moment: Moment) -> Iterator[_Past]:
    words = as_words(question.q)
    knows = _Knowing()
    ledger = pages()
    query = _query(question) | {"eqms_document_state": EVER_IN_FORCE, "show_inactive": True}
    for brain in api.portal.get_tool("portal_catalog")(**query):
        page = ledger.get(brain.UID)
        found = page.at(moment) if page is not None else None
        if found is None:
            continue
        interval, facts = found
        if question.field and facts.field != question.field:
            continue
        if not knows.of(facts.classification, brain.eqms_agency):
            continue
        if words and not _has(words, brain.eqms_written_code or "", facts.title):
            continue
        yield _Past(brain, interval, facts)


def _query(question: Question) -> dict[str, Any]:
    query: dict[str, Any] = {}
    if question.agency:
        query["eqms_agency"] = question.agency
    if question.type:
        query["portal_type"] = question.type
    return query


def _past_row(past: _Past) -> Row:
    return Row(
        **_identity(past.brain),
        title=past.facts.title,
        number=past.facts.number,
        field=past.facts.field or "",
        since=past.interval.start,
        until=past.interval.end,
        revision=past.interval.revision,
    )


def _row(brain: Any) -> Row:
    since = brain.eqms_in_force_from
    return Row(
        **_identity(brain),
        title=brain.Title,
        number=brain.eqms_number or "",
        field=brain.eqms_field or "",
        since=since.asdatetime().astimezone(UTC) if since else None,
        unconfirmed=bool(brain.eqms_unconfirmed),
    )


def _identity(brain: Any) -> dict[str, str]:
    return {
        "uid": brain.UID,
        "url": brain.getURL(),
        "type": brain.portal_type,
        "code": brain.eqms_written_code or "",
        "agency": brain.eqms_agency or "",
    }


class _Knowing:
    """What the caller may know of the revisions of each agency, asked once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bool] = {}

    def of(self, classification: str, agency: str) -> bool:
        """Whether the caller may know of revisions of that classification."""
        key = (classification, agency)
        if key not in self._known:
            catalog = api.portal.get_tool("portal_catalog")
            found = catalog.unrestrictedSearchResults(UID=agency)
            folder = found[0]._unrestrictedGetObject() if found else api.portal.get()
            self._known[key] = may_know(classification, folder)
        return self._known[key]


def _has(words: Sequence[str], code: str, title: str) -> bool:
    """Whether code and title have all words; the last one may be the beginning of a word."""
    there = {*as_words(title), *code_tokens(code)}
    *whole, last = words
    return there.issuperset(whole) and any(word.startswith(last) for word in there)


_SORTED: Final[Mapping[str, Callable[[_Past], Any]]] = MappingProxyType(
    {
        "code": lambda past: past.brain.eqms_code or "",
        "title": lambda past: sort_key(past.facts.title),
        "in_force_from": lambda past: past.interval.start,
    }
)
