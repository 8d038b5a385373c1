"""Pages of agencies and their units."""

from eqms.agencies.lookup import agency_of
from eqms.documents.migration import Window
from eqms.documents.migration import window_of
from eqms.public.listing import Batch
from eqms.public.listing import find
from eqms.public.listing import IN_FORCE
from eqms.public.listing import row
from eqms.public.page import Page
from eqms.public.page import text_in
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class AgencyPage(Page):
    """``view`` of an agency: its documents, and for those who are logged in more of its inside.

    Readers see what is in force; people who may see other documents find those too.
    """

    template = ViewPageTemplateFile("agency.pt")

    @property
    def url(self) -> str:
        """Where the filter is sent."""
        return str(self.context.absolute_url())

    @cached_property
    def asked(self) -> dict[str, str]:
        """The words that the list is narrowed by."""
        words = text_in(self.request, "q")
        return {"q": words} if words else {}

    @cached_property
    def batch(self) -> Batch:
        """The documents of the agency that the reader may see."""
        query: dict[str, Any] = {
            "eqms_agency": api.content.get_uuid(self.context),
            "show_inactive": not self.anonymous,
        }
        if self.anonymous:
            query["eqms_document_state"] = IN_FORCE
        words = self.asked.get("q", "")
        if not words:
            query["sort_on"] = "sortable_title"
        return find(words, text_in(self.request, "page"), **query)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What is shown of each document on this page of the list."""
        return [row(brain, {}) for brain in self.batch.brains]

    @property
    def links(self) -> dict[str, str]:
        """Pages before and after."""
        return self.batch.links(self.url, self.asked)

    @property
    def window(self) -> Window | None:
        """The migration window, while one is open: everybody of the agency is to know."""
        return None if self.anonymous else window_of(self.context)

    @property
    def units(self) -> list[dict[str, str]]:
        """Units of the agency with their heads, for people who are logged in."""
        if self.anonymous:
            return []
        return [
            {"title": unit.title, "url": unit.absolute_url(), "head": printed_name(unit.head)}
            for unit in self.context.objectValues()
            if unit.portal_type == "Unit" and api.user.has_permission("View", obj=unit)
        ]


class UnitPage(Page):
    """``view`` of a unit."""

    template = ViewPageTemplateFile("unit.pt")

    @property
    def agency(self) -> Any:
        """The agency it belongs to."""
        return agency_of(self.context)

    @property
    def head(self) -> str:
        """Who leads it; for people who are logged in."""
        return "" if self.anonymous else printed_name(self.context.head)


def printed_name(user_id: str | None) -> str:
    """Full name of a person; the id where there is none."""
    user = api.user.get(userid=user_id) if user_id else None
    if user is None:
        return user_id or ""
    return str(user.getProperty("fullname") or user_id)
