"""``@@documents``: the page on which people find what is in force."""

from eqms import _
from eqms.documents.master_list import agency_titles
from eqms.public.listing import agencies
from eqms.public.listing import agencies_named
from eqms.public.listing import Batch
from eqms.public.listing import find
from eqms.public.listing import IN_FORCE
from eqms.public.listing import row
from eqms.public.page import Page
from eqms.public.page import text_in
from eqms.references.folder import references_url
from functools import cached_property
from plone import api
from Products.CMFCore.interfaces import ISiteRoot
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zope.i18n import translate


class DocumentsPage(Page):
    """Search first; without a question the newest in force, and the agencies.

    In a folder, what stands in it.
    """

    template = ViewPageTemplateFile("documents.pt")

    @property
    def title(self) -> str:
        """Heading of the page."""
        return str(
            translate(_("heading_documents", default="Find procedures"), context=self.request)
        )

    @property
    def url(self) -> str:
        """Where the form is sent."""
        return f"{self.context.absolute_url()}/@@documents"

    @property
    def master_list_url(self) -> str:
        """Where all that is in force stands in a table, also of past days."""
        return f"{api.portal.get().absolute_url()}/@@master-list"

    @property
    def references_url(self) -> str:
        """Where legal texts, administrative procedures and territory groups are."""
        return references_url()

    @property
    def canonical_url(self) -> str:
        """The address the page is cited by."""
        return self.url

    @property
    def folders(self) -> list[Any]:
        """The site and the folders that the page stands in, and the one it looks into."""
        folders = super().folders
        return folders if self.context in folders else [*folders, self.context]

    @cached_property
    def asked(self) -> dict[str, str]:
        """What was asked for, only what is there.

        ``q`` words, ``agency`` UID, ``agency_name`` words of the name of one.
        """
        names = ("q", "agency", "agency_name")
        return {name: text for name in names if (text := text_in(self.request, name))}

    @cached_property
    def agencies(self) -> dict[str, dict[str, Any]]:
        """Agencies to choose from; none where one is found by its name."""
        return agencies()

    @cached_property
    def batch(self) -> Batch:
        """What was found, or the newest."""
        query: dict[str, Any] = {"eqms_document_state": IN_FORCE}
        if not ISiteRoot.providedBy(self.context):
            query["path"] = "/".join(self.context.getPhysicalPath())
        if "agency" in self.asked:
            query["eqms_agency"] = self.asked["agency"]
        elif "agency_name" in self.asked:
            query["eqms_agency"] = agencies_named(self.asked["agency_name"]) or [""]
        if "q" not in self.asked:
            query |= {"sort_on": "eqms_in_force_from", "sort_order": "descending"}
        return find(self.asked.get("q", ""), text_in(self.request, "page"), **query)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What is shown of each document on this page of the list."""
        known = agency_titles(brain.eqms_agency for brain in self.batch.brains)
        return [row(brain, known) for brain in self.batch.brains]

    @property
    def links(self) -> dict[str, str]:
        """Pages before and after."""
        return self.batch.links(self.url, self.asked)
