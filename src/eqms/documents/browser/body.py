"""The text of a revision, made for reading: what the pages for readers show below their head."""

from datetime import date
from eqms.agencies.vocabularies import tiers as tiers_of_agencies
from eqms.documents.dates import site_zone
from eqms.domain import clock
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.component import getAdapters
from zope.interface import Attribute
from zope.interface import Interface


class IBodySection(Interface):
    """Question to the rooms above: is there more of this revision to read than text and files?

    Named adapters of (revision, request), shown in the order of their ``order``.
    """

    order = Attribute("A number; lower comes first.")

    def __call__() -> str:
        """The part as HTML, headings from h2 on; empty if there is nothing to show."""


class RevisionBody(BrowserView):
    """``@@revision-body``: a fragment of HTML, the same for everybody who may read the revision.

    It names no person, no state and nothing that only some may see, so that it can be kept.
    """

    template = ViewPageTemplateFile("body.pt")

    def __call__(self) -> str:
        """The fragment; the source file is no part of it, being never published."""
        return str(self.template())

    def sections(self) -> list[str]:
        """What the rooms above add."""
        found = (
            section for _name, section in getAdapters((self.context, self.request), IBodySection)
        )
        return [section() for section in sorted(found, key=lambda section: section.order)]

    def text(self) -> str:
        """The formatted text, made safe."""
        value = self.context.text
        return value.output_relative_to(self.context) if value is not None else ""

    def applies_to(self) -> list[Any]:
        """Titles of the tiers and agencies that work by the document."""
        known = tiers_of_agencies(self.context)
        tiers = [known.getTerm(tier).title for tier in self.context.applies_to_tiers or []]
        if not self.context.applies_to:
            return tiers
        catalog = api.portal.get_tool("portal_catalog")
        agencies = catalog.unrestrictedSearchResults(
            UID=self.context.applies_to, sort_on="sortable_title"
        )
        return tiers + [agency.Title for agency in agencies]

    def attachments(self) -> list[dict[str, Any]]:
        """Files that belong to the revision; images stand in the text."""
        return [
            {
                "title": child.title or child.file.filename,
                "url": f"{child.absolute_url()}/@@download/file/{child.file.filename}",
                "type": (child.file.filename or "").rpartition(".")[2].upper(),
                "size": _size(child.file.getSize()),
            }
            for child in self.context.objectValues()
            if child.portal_type == "File" and child.file is not None
        ]


def today() -> date:
    """The day it is where the site is."""
    return clock.today(site_zone())


def _size(length: int) -> str:
    if length < 1024 * 1024:
        return f"{max(1, round(length / 1024))} KB"
    return f"{length / (1024 * 1024):.1f} MB".replace(".", ",")
