"""``@@master-list``: the master list (danh mục tài liệu) of the site or an agency, and as CSV."""

from collections.abc import Mapping
from eqms import _
from eqms.agencies.content import IAgency
from eqms.documents.asof import moment_asked
from eqms.documents.dates import day_of
from eqms.documents.dates import moment_of
from eqms.documents.dates import site_zone
from eqms.documents.errors import told
from eqms.documents.master_list import agency_titles
from eqms.documents.master_list import find
from eqms.documents.master_list import Found
from eqms.documents.master_list import Question
from eqms.documents.master_list import Row
from eqms.documents.types import controlled_types
from eqms.documents.vocabularies import FIELDS
from eqms.domain import clock
from eqms.domain.spreadsheet import as_csv
from eqms.public.listing import agencies
from eqms.public.listing import Batch
from eqms.public.listing import page_number
from eqms.public.listing import PAGE_SIZE
from eqms.public.page import Page
from eqms.public.page import text_in
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from typing import Final
from urllib.parse import urlencode
from zExceptions import BadRequest
from zope.component import getUtility
from zope.schema.interfaces import IVocabularyFactory


ASKED: Final = ("q", "agency", "type", "field", "on", "sort_on", "sort_order")

HEADS: Final = (
    _("label_code", default="Code"),
    _("label_title", default="Title"),
    _("label_document_type", default="Document type"),
    _("label_field", default="Field"),
    _("label_issue_amendment", default="Issue/amendment"),
    _("label_in_force_from", default="In force from"),
    _("label_in_force_until", default="In force until"),
    _("label_agency", default="Agency"),
)


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
        return Question(
            agency=self.agency_uid,
            type=self.asked.get("type", ""),
            field=self.asked.get("field", ""),
            q=self.asked.get("q", ""),
            sort_on=self.asked.get("sort_on", "code"),
            descending=self.asked.get("sort_order") == "descending",
            moment=moment_asked(self.request),
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

    @property
    def csv_url(self) -> str:
        """The same list, whole, as CSV."""
        return f"{self.context.absolute_url()}/@@master-list.csv?{urlencode(self.asked)}"

    @property
    def folders(self) -> list[Any]:
        """The site and the folders that the page stands in, and the one it is about."""
        folders = super().folders
        return folders if self.context in folders else [*folders, self.context]

    @cached_property
    def asked(self) -> dict[str, str]:
        """What was asked for, only what is there."""
        return {name: text for name in ASKED if (text := text_in(self.request, name))}

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
        found = (
            (
                "agency",
                _("label_agency", default="Agency"),
                {uid: row["title"] for uid, row in agency_choice.items()},
            ),
            ("type", _("label_document_type", default="Document type"), self.types),
            ("field", _("label_field", default="Field"), self.fields),
        )
        return [
            {"name": name, "label": label, "titles": titles, "chosen": self.asked.get(name)}
            for name, label, titles in found
            if len(titles) > 1
        ]

    @cached_property
    def types(self) -> dict[str, str]:
        """Titles of the types of controlled documents."""
        tool = api.portal.get_tool("portal_types")
        return {name: told(tool[name].Title()) for name in controlled_types()}

    @cached_property
    def fields(self) -> dict[str, str]:
        """Titles of the fields of administration."""
        vocabulary = getUtility(IVocabularyFactory, FIELDS)(self.context)
        return {term.value: told(term.title) for term in vocabulary}

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
        found = find(self.question, (number - 1) * PAGE_SIZE, PAGE_SIZE)
        return Batch(self.shown(found), found.total, number)

    @property
    def links(self) -> dict[str, str]:
        """Pages before and after."""
        return self.batch.links(self.url, self.asked)

    def shown(self, found: Found) -> list[dict[str, str]]:
        """What is shown of each row."""
        titles = agency_titles(row.agency for row in found.rows)
        return [self._shown(row, titles) for row in found.rows]

    def _shown(self, row: Row, titles: Mapping[str, str]) -> dict[str, str]:
        past = f"/@@in-force?on={self.asked['on']}" if "on" in self.asked else ""
        return {
            "url": f"{row.url}{past}",
            "code": row.code,
            "title": row.title,
            "type": self.types.get(row.type, row.type),
            "field": self.fields.get(row.field, row.field),
            "number": row.number,
            "since": day_of(row.since),
            "until": day_of(row.until),
            "agency": titles.get(row.agency, ""),
        }


class MasterListTable(MasterListPage):
    """``@@master-list.csv``: the whole list for a spreadsheet."""

    def __call__(self) -> bytes:  # type: ignore[override]
        """The file.

        :raises BadRequest: for a parameter that makes no sense
        """
        rows = self.shown(find(self.asked_for()))
        columns = ("code", "title", "type", "field", "number", "since", "until", "agency")
        table = [[told(head) for head in HEADS], *([row[name] for name in columns] for row in rows)]
        day = self.asked.get("on", self.today)[:10]
        response = self.request.response
        response.setHeader("Content-Type", "text/csv; charset=utf-8")
        response.setHeader("Content-Disposition", f'attachment; filename="master-list-{day}.csv"')
        response.setHeader("X-Content-Type-Options", "nosniff")
        return as_csv(table)
