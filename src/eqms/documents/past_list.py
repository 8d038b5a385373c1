"""Lists of the past, from the ledger: what was in force on a day, and all that is out of use."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from eqms.documents.asof import may_know
from eqms.documents.asof import Moment
from eqms.documents.ledger import Facts
from eqms.documents.ledger import Page
from eqms.documents.ledger import pages
from eqms.documents.listing import EVER_IN_FORCE
from eqms.documents.listing import Found
from eqms.documents.listing import Question
from eqms.documents.listing import Row
from eqms.domain.codes import canonical
from eqms.domain.intervals import Interval
from eqms.domain.revisions import DocumentState
from eqms.domain.revisions import State
from eqms.domain.vietnamese import code_tokens
from eqms.domain.vietnamese import sort_key
from eqms.domain.words import as_words
from plone import api
from types import MappingProxyType
from typing import Any
from typing import Final


Entry = tuple[Interval, Facts]
Kept = tuple[Any, Interval, Facts]
"""Catalog entry of a document, and what was in force of it from when to when."""


def find(question: Question, moment: Moment, start: int, size: int | None) -> Found:
    """What was in force at a moment: rows from ``start`` on, ``size`` of them or all."""

    def then(page: Page) -> Iterable[Entry]:
        found = page.at(moment)
        return () if found is None else (found,)

    kept = _sorted(question, _kept(question, then))
    rows = kept[start : None if size is None else start + size]
    return Found([_row(*row, DocumentState.IN_FORCE) for row in rows], len(kept))


def out_of_use(question: Question) -> list[Row]:
    """Every revision that was in force once and never will be again (tài liệu lỗi thời).

    The state of a row is ``superseded``, or ``retired`` for the last revision of a document that
    is out of use. What is suspended is not among them.
    """
    kept = _sorted(question, _kept(question, Page.past))
    rows = (_row(*row, _state_of_past(*row)) for row in kept)
    return [row for row in rows if row.state != DocumentState.SUSPENDED]


def _kept(question: Question, of_page: Callable[[Page], Iterable[Entry]]) -> Iterator[Kept]:
    words = as_words(question.q)
    knows = _Knowing()
    ledger = pages()
    query = question.identity() | {"eqms_document_state": EVER_IN_FORCE, "show_inactive": True}
    for brain in api.portal.get_tool("portal_catalog")(**query):
        page = ledger.get(brain.UID)
        for interval, facts in of_page(page) if page is not None else ():
            if question.field and facts.field != question.field:
                continue
            if not knows.of(facts.classification, brain.eqms_agency):
                continue
            if words and not _has(words, facts.code, facts.title):
                continue
            yield brain, interval, facts


def _sorted(question: Question, kept: Iterable[Kept]) -> Sequence[Kept]:
    return sorted(kept, key=_SORTED[question.sort_on], reverse=question.descending)


def _row(brain: Any, interval: Interval, facts: Facts, state: str) -> Row:
    return Row.of(brain, interval, facts, state=state, since=interval.start)


def _state_of_past(brain: Any, interval: Interval, facts: Facts) -> str:
    latest, _facts = pages()[brain.UID].latest()
    replaced = latest.revision != interval.revision
    return State.SUPERSEDED.value if replaced else str(brain.eqms_document_state)


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


_SORTED: Final[Mapping[str, Callable[[Kept], Any]]] = MappingProxyType(
    {
        "code": lambda kept: canonical(kept[2].code),
        "title": lambda kept: sort_key(kept[2].title),
        "in_force_from": lambda kept: kept[1].start,
    }
)
