"""``@@needs-review``: cần rà soát, of the site or of an agency."""

from eqms import _
from eqms.agencies.content import IAgency
from eqms.documents.errors import told
from eqms.documents.master_list import agency_titles
from eqms.procedures.review import Found
from eqms.procedures.review import to_review
from eqms.references.lookup import entries_of
from eqms.references.lookup import url_of
from eqms.references.register import Entry
from eqms.references.vocabularies import ANNOUNCEMENT_TITLES
from eqms.references.vocabularies import VALIDITY_TITLES
from functools import cached_property
from math import ceil
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from typing import Final
from urllib.parse import urlencode


PAGE_SIZE: Final = 50


class NeedsReviewPage(BrowserView):
    """Procedures in force, each with what it cites that is expired, replaced or abolished."""

    template = ViewPageTemplateFile("needs_review.pt")

    def __call__(self) -> str:
        """The page; what it shows belongs to the person who asked."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return str(self.template())

    @property
    def of_agency(self) -> bool:
        """Whether it is the list of one agency."""
        return bool(IAgency.providedBy(self.context))

    @property
    def lead(self) -> str:
        """Whose list it is."""
        if self.of_agency:
            return str(self.context.title)
        return told(_("all_agencies", default="All agencies"))

    @cached_property
    def page(self) -> int:
        """Number of the page, from 1."""
        asked = str(self.request.form.get("page", ""))
        return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1

    @cached_property
    def found(self) -> Found:
        """This page of the list."""
        agency = api.content.get_uuid(self.context) if self.of_agency else ""
        return to_review((self.page - 1) * PAGE_SIZE, PAGE_SIZE, agency, self._reference)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What is shown of each procedure."""
        agencies = agency_titles(row.brain.eqms_agency for row in self.found.rows)
        return [
            {
                "url": row.brain.getURL(),
                "code": row.brain.eqms_written_code or "",
                "title": row.brain.Title,
                "agency": "" if self.of_agency else agencies.get(row.brain.eqms_agency, ""),
                "outdated": [_cited(entry) for entry in row.outdated],
            }
            for row in self.found.rows
        ]

    @property
    def links(self) -> dict[str, str]:
        """Addresses of the pages before and after, empty where there is none."""
        pages = ceil(self.found.total / PAGE_SIZE)
        return {
            name: self._address(page) if 1 <= page <= pages else ""
            for name, page in (("before", self.page - 1), ("after", self.page + 1))
        }

    @property
    def _reference(self) -> str:
        asked = self.request.form.get("reference", "")
        return asked if isinstance(asked, str) else ""

    def _address(self, page: int) -> str:
        asked = {"reference": self._reference} if self._reference else {}
        query = urlencode({**asked, "page": page})
        return f"{self.context.absolute_url()}/@@needs-review?{query}"


def _cited(entry: Entry) -> dict[str, Any]:
    return {
        "url": url_of(entry),
        "label": entry.label,
        "state": {**VALIDITY_TITLES, **ANNOUNCEMENT_TITLES}[entry.state],
        "replaced_by": [
            {"url": url_of(other), "label": other.label} for other in entries_of(entry.replaced_by)
        ],
    }
