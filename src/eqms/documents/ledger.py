"""The ledger of the site: what was in force when, in all its documents, small enough to be read.

The register of a document is the truth. But to ask 20,000 registers means to wake 20,000 documents
and their revisions, for a list of a past day. So each switch writes here, too, what such a list
shows: one small object for each document, replaced whole, in a tree by UID. Switches of different
documents meet in the tree only when a document comes in force for the first time, and there ZODB
merges them.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from eqms.documents.asof import Moment
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.interfaces import IRevisionSwitched
from eqms.domain.intervals import Interval
from eqms.domain.intervals import row_at
from persistent import Persistent
from plone import api
from typing import Any
from zope.annotation.interfaces import IAnnotations


ANNOTATION = "eqms.ledger"


@dataclass(frozen=True)
class Facts:
    """What a list shows of a revision; fixed once it is in force, corrections apart.

    ``code`` is that of the document then, ``unit`` the UID of the unit that drafted it,
    ``decision`` the number of the one that issued it; ``applies_to`` UIDs of agencies, ``tiers``
    rules.
    """

    number: str
    title: str
    field: str | None
    classification: str
    code: str = ""
    unit: str = ""
    issued_on: datetime | None = None
    decision: str = ""
    applies_to: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()


class Page(Persistent):
    """One document: the rows of its register, and facts of the revisions in them by UID."""

    def __init__(self, rows: tuple[Interval, ...], facts: dict[str, Facts]) -> None:
        self.rows = rows
        self.facts = facts

    def at(self, moment: Moment) -> tuple[Interval, Facts] | None:
        """What was in force at a moment."""
        row = row_at(self.rows, moment.instant, moment.known)
        return (row, self.facts[row.revision]) if row is not None else None

    def past(self) -> Iterator[tuple[Interval, Facts]]:
        """What was in force once and is not any more: each revision once, by its last row."""
        last = {row.revision: row for row in self.rows if row.end != row.start}
        for revision, row in last.items():
            if row.end is not None:
                yield row, self.facts[revision]

    def latest(self) -> tuple[Interval, Facts]:
        """What is in force, or else was in force last."""
        row = self.rows[-1]
        return row, self.facts[row.revision]


def pages() -> Mapping[str, Page]:
    """The pages by UIDs of documents; a document of which nothing was ever in force has none."""
    found: Mapping[str, Page] = IAnnotations(api.portal.get()).get(ANNOTATION, {})
    return found


def enter(document: Any, changed: Any = None) -> None:
    """Bring the page of a document up to its register; none while nothing ever was in force.

    :param changed: the revision whose facts are new; those of others are read where they are not
        known yet
    """
    register = register_of(document)
    if not register.intervals:
        return
    before = pages().get(api.content.get_uuid(document))
    facts = dict(before.facts) if before is not None else {}
    if changed is not None:
        facts[api.content.get_uuid(changed)] = _facts(document, changed)
    for entry in register.entries:
        if entry.uid not in facts and any(row.revision == entry.uid for row in register.intervals):
            facts[entry.uid] = _facts(document, document._getOb(entry.id))
    if before is None:
        _writable()[api.content.get_uuid(document)] = Page(register.intervals, facts)
    else:
        before.rows, before.facts = register.intervals, facts


def forget(uid: str) -> None:
    """Take out the page of a document that is removed."""
    if uid in pages():
        del _writable()[uid]


def revision_switched(event: IRevisionSwitched) -> None:
    """Whatever comes in force or ceases to be is entered in the same transaction."""
    enter(event.document, event.object)


def _facts(document: Any, revision: Any) -> Facts:
    return Facts(
        number=number_of(revision),
        title=revision.title,
        field=revision.field,
        classification=revision.classification,
        code=document.code or "",
        unit=revision.unit or "",
        issued_on=revision.issued_at,
        decision=(revision.issued_by_decision or {}).get("number", ""),
        applies_to=tuple(revision.applies_to or ()),
        tiers=tuple(revision.applies_to_tiers or ()),
    )


def _writable() -> OOBTree:
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    return annotations[ANNOTATION]
