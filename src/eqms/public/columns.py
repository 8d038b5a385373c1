"""Columns of lists of documents: what each says of a row, for a page and for a spreadsheet."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from eqms import _
from eqms.agencies.vocabularies import tiers
from eqms.documents.dates import site_zone
from eqms.documents.errors import told
from eqms.documents.labels import DOCUMENT_STATES
from eqms.documents.labels import STATES
from eqms.documents.listing import Row
from eqms.documents.master_list import agency_titles
from eqms.documents.types import controlled_types
from eqms.documents.vocabularies import fields
from eqms.domain.revisions import DocumentState
from eqms.domain.revisions import State
from eqms.domain.workbook import Cell
from eqms.domain.workbook import Head
from functools import cached_property
from itertools import islice
from plone import api
from types import MappingProxyType
from typing import Any
from typing import Final
from zope.i18nmessageid import Message


TOGETHER: Final = 500
"""Rows whose agencies and units are looked up at once."""


class Words:
    """What the codes and UIDs in rows are called, in the language of the request."""

    def __init__(self) -> None:
        self._titles: dict[str, str] = {}

    def learn(self, rows: Iterable[Row]) -> None:
        """Look up the agencies and units of some rows, those not known yet."""
        meant = {
            uid for row in rows for uid in (row.agency, row.owner, row.unit, *row.applies_to) if uid
        }
        unknown = meant - self._titles.keys()
        self._titles |= dict.fromkeys(unknown, "") | (agency_titles(unknown) if unknown else {})

    def title(self, uid: str) -> str:
        """Of an agency or a unit; empty for what the reader may not see."""
        return self._titles.get(uid, "")

    @cached_property
    def types(self) -> dict[str, str]:
        """Titles of the types of controlled documents."""
        tool = api.portal.get_tool("portal_types")
        return {name: told(tool[name].Title()) for name in controlled_types()}

    @cached_property
    def fields(self) -> dict[str, str]:
        """Titles of the fields of administration."""
        return {term.value: told(term.title) for term in fields(None)}

    @cached_property
    def tiers(self) -> dict[str, str]:
        """Titles of the tiers of agencies."""
        return {term.value: told(term.title) for term in tiers(None)}

    def state(self, name: str) -> str:
        """Of a document, or of a revision that is out of use."""
        if name in tuple(DocumentState):
            return told(DOCUMENT_STATES[DocumentState(name)])
        return told(STATES[State(name)])

    def applies_to(self, row: Row) -> str:
        """Where a document applies: its own agency where nothing else is said."""
        others = [self.title(uid) for uid in row.applies_to]
        others += [self.tiers.get(rule, rule) for rule in row.tiers]
        return "; ".join(filter(None, others)) or self.title(row.agency)


@dataclass(frozen=True)
class Column:
    """A column by the name it has in addresses; ``sort`` is what the list is sorted by for it."""

    name: str
    title: Message
    width: int
    value: Callable[[Row, Words], Cell]
    sort: str = ""

    @property
    def head(self) -> Head:
        """Heading in a spreadsheet."""
        return Head(told(self.title), self.width)


def day(instant: datetime | None) -> date | None:
    """The day of an instant where the site is."""
    return instant.astimezone(site_zone()).date() if instant is not None else None


COLUMNS: Final[Mapping[str, Column]] = MappingProxyType(
    {
        column.name: column
        for column in (
            Column("code", _("label_code", default="Code"), 20, lambda r, w: r.code, "code"),
            Column("title", _("label_title", default="Title"), 60, lambda r, w: r.title, "title"),
            Column(
                "type",
                _("label_document_type", default="Document type"),
                18,
                lambda r, w: w.types.get(r.type, r.type),
            ),
            Column(
                "field",
                _("label_field", default="Field"),
                22,
                lambda r, w: w.fields.get(r.field, r.field),
            ),
            Column(
                "number",
                _("label_issue_amendment", default="Issue/amendment"),
                12,
                lambda r, w: r.number,
            ),
            Column(
                "issue_no",
                _("label_issue_no_short", default="Issue"),
                8,
                lambda r, w: r.paper_number.issue,
            ),
            Column(
                "amendment_no",
                _("label_amendment_no_short", default="Amendment"),
                8,
                lambda r, w: r.paper_number.amendment,
            ),
            Column(
                "issued_on",
                _("label_issued_on", default="Issued on"),
                13,
                lambda r, w: day(r.issued_on),
            ),
            Column(
                "in_force_from",
                _("label_in_force_from", default="In force from"),
                13,
                lambda r, w: day(r.since),
                "in_force_from",
            ),
            Column(
                "in_force_until",
                _("label_in_force_until", default="In force until"),
                13,
                lambda r, w: day(r.until),
            ),
            Column(
                "decision",
                _("label_list_decision", default="Decision number"),
                18,
                lambda r, w: r.decision,
            ),
            Column(
                "unit",
                _("label_drafting_unit", default="Drafting unit"),
                26,
                lambda r, w: w.title(r.unit),
            ),
            Column(
                "owner_unit",
                _("label_owner_unit", default="Unit in charge"),
                26,
                lambda r, w: w.title(r.owner),
            ),
            Column(
                "applies_to",
                _("label_applies", default="Applies to"),
                30,
                lambda r, w: w.applies_to(r),
            ),
            Column(
                "review_due",
                _("label_review_due", default="Next review"),
                13,
                lambda r, w: r.review_due,
                "review_due",
            ),
            Column("state", _("label_state", default="State"), 18, lambda r, w: w.state(r.state)),
            Column(
                "agency",
                _("label_agency", default="Agency"),
                30,
                lambda r, w: w.title(r.agency),
            ),
        )
    }
)


def cells(rows: Iterable[Row], columns: Sequence[Column], words: Words) -> Iterator[list[Cell]]:
    """What the columns say of each row."""
    left = iter(rows)
    while some := list(islice(left, TOGETHER)):
        words.learn(some)
        for row in some:
            yield [column.value(row, words) for column in columns]


def shown(cell: Cell) -> str:
    """A cell as it is read on a page."""
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, int):
        return f"{cell:02}"
    return cell or ""


def columns_named(names: Iterable[Any]) -> list[Column]:
    """The columns with these names, in their usual order; unknown names are passed over."""
    wanted = set(names)
    return [column for name, column in COLUMNS.items() if name in wanted]
