"""``@@duplicate-codes``: the same code on several documents, of an agency or the whole site."""

from eqms import _
from eqms.agencies.content import IAgency
from eqms.documents.duplicates import Duplicate
from eqms.documents.duplicates import duplicates
from eqms.documents.errors import told
from eqms.documents.master_list import agency_titles
from eqms.domain.workbook import as_xlsx
from eqms.domain.workbook import Head
from eqms.domain.workbook import MEDIA_TYPE
from eqms.public.columns import Words
from eqms.public.listing import Batch
from eqms.public.listing import page_number
from eqms.public.listing import PAGE_SIZE
from eqms.public.master_list import as_download
from eqms.public.page import Page
from eqms.public.page import text_in
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from typing import Final


HEADS: Final = (
    (_("label_code", default="Code"), 20),
    (_("label_title", default="Title"), 60),
    (_("label_field", default="Field"), 22),
    (_("label_state", default="State"), 18),
    (_("label_agency", default="Agency"), 30),
    (_("label_address", default="Address"), 60),
)


class DuplicateCodesPage(Page):
    """The codes in pages, each with its documents."""

    template = ViewPageTemplateFile("duplicates.pt")

    @property
    def title(self) -> str:
        """Heading of the page."""
        return told(_("heading_duplicate_codes", default="Codes on several documents"))

    @property
    def url(self) -> str:
        """Address of the page."""
        return f"{self.context.absolute_url()}/@@duplicate-codes"

    canonical_url = url

    @property
    def of_agency(self) -> bool:
        """Whether one agency is looked at alone."""
        return bool(IAgency.providedBy(self.context))

    @cached_property
    def found(self) -> list[Duplicate]:
        """All of them."""
        return duplicates(str(api.content.get_uuid(self.context)) if self.of_agency else "")

    @cached_property
    def batch(self) -> Batch:
        """One page of codes, with their documents."""
        number = page_number(text_in(self.request, "page"))
        start = (number - 1) * PAGE_SIZE
        rows = [
            {"code": row.brains[0].eqms_written_code, "documents": self.documents([row])}
            for row in self.found[start : start + PAGE_SIZE]
        ]
        return Batch(rows, len(self.found), number)

    @property
    def links(self) -> dict[str, str]:
        """Pages before and after."""
        return self.batch.links(self.url, {})

    def documents(self, rows: list[Duplicate]) -> list[dict[str, Any]]:
        """What is said of the documents of some codes."""
        brains = [brain for row in rows for brain in row.brains]
        titles, words = agency_titles(brain.eqms_agency for brain in brains), Words()
        return [
            {
                "code": brain.eqms_written_code,
                "title": brain.Title,
                "field": words.fields.get(brain.eqms_field, brain.eqms_field or ""),
                "state": words.state(brain.eqms_document_state),
                "agency": titles.get(brain.eqms_agency, ""),
                "url": brain.getURL(),
            }
            for brain in brains
        ]


class DuplicateCodesXlsx(DuplicateCodesPage):
    """``@@duplicate-codes.xlsx``: all of them as a spreadsheet."""

    def __call__(self) -> bytes:  # type: ignore[override]
        """The file."""
        heads = [Head(told(text), width) for text, width in HEADS]
        rows = [list(document.values()) for document in self.documents(self.found)]
        data = as_xlsx(self.title, heads, rows)
        return as_download(self.request, data, MEDIA_TYPE, "duplicate-codes.xlsx")
