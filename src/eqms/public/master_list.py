"""``@@master-list``: the master list (danh mục tài liệu) of a site or an agency, and as files."""

from collections.abc import Iterable
from eqms import _
from eqms.agencies.content import IAgency
from eqms.documents.asof import day_asked
from eqms.documents.asof import moment_asked
from eqms.documents.dates import moment_of
from eqms.documents.dates import site_zone
from eqms.documents.errors import told
from eqms.documents.interfaces import IListCriterion
from eqms.documents.listing import criteria_asked
from eqms.documents.listing import Question
from eqms.documents.listing import Row
from eqms.documents.listing import STATES
from eqms.documents.master_list import every
from eqms.documents.master_list import find
from eqms.documents.vocabularies import units
from eqms.domain import clock
from eqms.domain.revisions import DocumentState
from eqms.domain.spreadsheet import as_csv
from eqms.domain.workbook import as_xlsx
from eqms.domain.workbook import MEDIA_TYPE
from eqms.public.columns import cells
from eqms.public.columns import Column
from eqms.public.columns import COLUMNS
from eqms.public.columns import columns_named
from eqms.public.columns import shown
from eqms.public.columns import Words
from eqms.public.listing import agencies
from eqms.public.listing import Batch
from eqms.public.listing import page_number
from eqms.public.page import Page
from eqms.public.page import text_in
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from typing import Final
from urllib.parse import urlencode
from zExceptions import BadRequest
from zope.component import getUtilitiesFor


ROWS: Final = 50
"""On one page."""

FILTERS: Final = ("q", "code", "agency", "type", "field", "unit", "state", "review_by")
ASKED: Final = (*FILTERS, "on", "known", "sort_on", "sort_order", "columns")

DEFAULT_COLUMNS: Final = ("code", "title", "type", "number", "in_force_from")


class MasterListPage(Page):
    """The list in pages, narrowed by what is chosen in the form."""

    template = ViewPageTemplateFile("master_list.pt")

    refusal = ""
    question = Question()

    def __call__(self) -> str:
        """The page; what makes no sense is said on it."""
        try:
            self.question = self.asked_for()
        except BadRequest as error:
            self.refusal = str(error)
            self.request.response.setStatus(400)
        return super().__call__()

    def asked_for(self) -> Question:
        """What the parameters ask of the list.

        :raises BadRequest: for a parameter that makes no sense
        """
        given = {name: self.asked.get(name, "") for name in ("type", "field", "unit", "code", "q")}
        return Question(
            **given,
            agency=self.agency_uid,
            state=self.asked.get("state", DocumentState.IN_FORCE.value),
            review_by=day_asked(self.request, "review_by"),
            sort_on=self.asked.get("sort_on", "code"),
            descending=self.asked.get("sort_order") == "descending",
            moment=moment_asked(self.request),
            criteria=criteria_asked(self.request),
        )

    @property
    def title(self) -> str:
        """Heading of the page."""
        return told(_("heading_master_list", default="Master list"))

    @property
    def url(self) -> str:
        """Where the form is sent."""
        return f"{self.context.absolute_url()}/@@master-list"

    @property
    def canonical_url(self) -> str:
        """The address the page is cited by."""
        return self.url

    def also_as(self, view: str) -> str:
        """Address of another view of the same list."""
        return f"{self.context.absolute_url()}/@@{view}?{urlencode(self.asked)}"

    @property
    def folders(self) -> list[Any]:
        """The site and the folders that the page stands in, and the one it is about."""
        folders = super().folders
        return folders if self.context in folders else [*folders, self.context]

    @cached_property
    def asked(self) -> dict[str, str]:
        """What was asked for, only what is there."""
        names = (*ASKED, *(name for name, _criterion in getUtilitiesFor(IListCriterion)))
        asked = {name: text for name in names if (text := text_in(self.request, name))}
        if chosen := self.chosen_columns:
            asked["columns"] = ",".join(column.name for column in chosen)
        return asked

    @cached_property
    def chosen_columns(self) -> list[Column]:
        """The columns that were asked for: named one by one, or in one text with commas."""
        given = self.request.form.get("columns", [])
        return columns_named(given.split(",") if isinstance(given, str) else given)

    @cached_property
    def columns(self) -> list[Column]:
        """The columns of the list: those that were asked for, or the usual ones."""
        if self.chosen_columns:
            return self.chosen_columns
        until = ("in_force_until",) if self.question.moment else ()
        whose = () if self.of_agency else ("agency",)
        return columns_named([*DEFAULT_COLUMNS, *until, *whose])

    @property
    def column_choices(self) -> list[dict[str, Any]]:
        """All columns, each with whether it is shown."""
        return [
            {"name": column.name, "title": column.title, "chosen": column in self.columns}
            for column in COLUMNS.values()
        ]

    @property
    def heads(self) -> list[dict[str, Any]]:
        """Headings of the columns; ``url`` sorts by a column, the other way round the next time."""
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> dict[str, Any]:
        sorted_by = column.sort == self.question.sort_on
        order = "descending" if self.question.descending else "ascending"
        turned = {"sort_order": "descending"} if sorted_by and order == "ascending" else {}
        past = self.question.moment is not None and column.sort == "review_due"
        asked = {name: text for name, text in self.asked.items() if name != "sort_order"}
        query = urlencode({**asked, "sort_on": column.sort, **turned})
        return {
            "title": column.title,
            "url": f"{self.url}?{query}" if column.sort and not past else "",
            "order": order if sorted_by else None,
        }

    @property
    def of_agency(self) -> bool:
        """Whether the list is that of one agency."""
        return bool(IAgency.providedBy(self.context))

    @property
    def agency_uid(self) -> str:
        """The agency whose documents are listed; empty for all."""
        if self.of_agency:
            return str(api.content.get_uuid(self.context))
        return self.asked.get("agency", "")

    @cached_property
    def choices(self) -> list[dict[str, Any]]:
        """The filters that have something to choose, each with its titles by value."""
        agency_choice = {} if self.of_agency else agencies()
        states = {
            name: self.words.state(name) for name in STATES if name in tuple(DocumentState)
        } | {"all": told(_("choice_every_state", default="Any"))}
        found = (
            (
                "agency",
                _("label_agency", default="Agency"),
                {uid: row["title"] for uid, row in agency_choice.items()},
            ),
            ("type", _("label_document_type", default="Document type"), self.words.types),
            ("field", _("label_field", default="Field"), self.words.fields),
            ("unit", _("label_owner_unit", default="Unit in charge"), self.units),
            ("state", _("label_state", default="State"), states),
            *(
                (name, criterion.title, criterion.choices())
                for name, criterion in getUtilitiesFor(IListCriterion)
            ),
        )
        return [
            {
                "name": name,
                "label": label,
                "titles": titles,
                "chosen": self.asked.get(name, DocumentState.IN_FORCE if name == "state" else ""),
                "all": name != "state",
            }
            for name, label, titles in found
            if len(titles) > 1
        ]

    @property
    def units(self) -> dict[str, str]:
        """The units of the agency whose list it is."""
        if not self.of_agency:
            return {}
        return {term.value: term.title for term in units(self.context)}

    @cached_property
    def words(self) -> Words:
        """What is meant by the codes and UIDs in rows."""
        return Words()

    @property
    def today(self) -> str:
        """The latest day that can be asked for."""
        return clock.today(site_zone()).isoformat()

    @property
    def instant(self) -> str:
        """The moment of a list of the past; empty for today's."""
        return moment_of(self.question.moment.instant) if self.question.moment else ""

    @cached_property
    def batch(self) -> Batch:
        """One page of the list."""
        number = page_number(text_in(self.request, "page"))
        found = find(self.question, (number - 1) * ROWS, ROWS)
        return Batch(self.shown(found.rows), found.total, number, ROWS)

    @property
    def links(self) -> dict[str, str]:
        """Pages before and after."""
        return self.batch.links(self.url, self.asked)

    def shown(self, rows: Iterable[Row]) -> list[list[dict[str, Any]]]:
        """What is shown of each row: texts by columns, the title with its address."""
        rows = list(rows)
        past = f"/@@in-force?on={self.asked['on']}" if "on" in self.asked else ""
        return [
            [
                {
                    "head": told(column.title),
                    "name": column.name,
                    "text": shown(cell),
                    "url": f"{row.url}{past}" if column.name == "title" else "",
                }
                for column, cell in zip(self.columns, line, strict=True)
            ]
            for row, line in zip(rows, cells(rows, self.columns, self.words), strict=True)
        ]


class MasterListCsv(MasterListPage):
    """``@@master-list.csv``: the whole list as CSV."""

    media_type = "text/csv; charset=utf-8"
    ending = "csv"

    def __call__(self) -> bytes:  # type: ignore[override]
        """The file.

        :raises BadRequest: for a parameter that makes no sense
        """
        self.question = self.asked_for()
        data = self.file(cells(every(self.question), self.columns, self.words))
        day = self.asked.get("on", self.today)[:10]
        return as_download(self.request, data, self.media_type, f"master-list-{day}.{self.ending}")

    def file(self, lines: Iterable[list[Any]]) -> bytes:
        """The list under the titles of its columns."""
        return as_csv([[column.head.text for column in self.columns], *lines])


class MasterListXlsx(MasterListCsv):
    """``@@master-list.xlsx``: the whole list as a spreadsheet."""

    media_type = MEDIA_TYPE
    ending = "xlsx"

    def file(self, lines: Iterable[list[Any]]) -> bytes:
        """The list with its days as days."""
        return as_xlsx(self.title, [column.head for column in self.columns], lines)


def as_download(request: Any, data: bytes, media_type: str, name: str) -> bytes:
    """Have the browser save what is answered, for the person who asked for it."""
    response = request.response
    response.setHeader("Content-Type", media_type)
    response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
    response.setHeader("X-Content-Type-Options", "nosniff")
    response.setHeader("Cache-Control", "private, no-store")
    return data
