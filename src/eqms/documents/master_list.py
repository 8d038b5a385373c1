"""The master list (danh mục tài liệu): what is in force, was on a past day, or is out of use.

Today's list comes from the catalog, what it says of revisions and every past list from the ledger:
no document is woken.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from datetime import UTC
from eqms.documents import past_list
from eqms.documents.ledger import Page
from eqms.documents.ledger import pages
from eqms.documents.listing import Found
from eqms.documents.listing import Question
from eqms.documents.listing import Row
from eqms.documents.listing import SORTS
from eqms.documents.listing import STATES
from eqms.domain.words import as_query
from plone import api
from typing import Any


def find(question: Question, start: int = 0, size: int | None = None) -> Found:
    """The rows from ``start`` on, ``size`` of them or all, that the caller may see."""
    if question.moment is not None:
        return past_list.find(question, question.moment, start, size)
    brains = _today(question, start, size)
    total = brains.actual_result_count or 0
    return Found(list(_rows(brains)) if start < total else [], total)


def every(question: Question) -> Iterator[Row]:
    """All rows that the caller may see, one after the other, so that a long list takes no room."""
    if question.moment is not None:
        yield from find(question).rows
    else:
        yield from _rows(_today(question, 0, None))


def agency_titles(uids: Iterable[str]) -> dict[str, str]:
    """Titles of agencies and their units by UID, as far as the caller may see them."""
    catalog = api.portal.get_tool("portal_catalog")
    return {brain.UID: brain.Title for brain in catalog(UID=sorted(set(uids)))}


def _today(question: Question, start: int, size: int | None) -> Any:
    query = (
        question.identity()
        | dict(question.criteria)
        | {
            "eqms_document_state": STATES[question.state],
            # What is suspended or retired counts as expired, so that no other search finds it.
            "show_inactive": True,
            "sort_on": SORTS[question.sort_on],
            "sort_order": "descending" if question.descending else "ascending",
        }
    )
    if question.field:
        query["eqms_field"] = question.field
    if question.review_by is not None:
        query["eqms_review_due"] = {"query": question.review_by, "range": "max"}
    if words := as_query(question.q):
        query["SearchableText"] = words
    if size is not None:
        query |= {"b_start": start, "b_size": size}
    return api.portal.get_tool("portal_catalog")(**query)


def _rows(brains: Iterable[Any]) -> Iterator[Row]:
    ledger = pages()
    for brain in brains:
        yield _row(brain, ledger[brain.UID])


def _row(brain: Any, page: Page) -> Row:
    interval, facts = page.latest()
    since = brain.eqms_in_force_from
    return Row.of(
        brain,
        interval,
        facts,
        state=brain.eqms_document_state,
        since=since.asdatetime().astimezone(UTC) if since else interval.start,
        review_due=brain.eqms_review_due,
        unconfirmed=bool(brain.eqms_unconfirmed),
    )
