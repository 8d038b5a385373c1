"""Pages of what documents point to: legal texts, administrative procedures, territory groups."""

from Acquisition import aq_parent
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from eqms import _
from eqms.agencies.people import name_of
from eqms.documents.dates import site_zone
from eqms.documents.master_list import agency_titles
from eqms.domain.clock import today
from eqms.domain.words import as_query
from eqms.public.listing import Batch
from eqms.public.listing import page_number
from eqms.public.listing import PAGE_SIZE
from eqms.public.listing import row
from eqms.public.page import Page
from eqms.public.page import text_in
from eqms.references.checking import mark_checked
from eqms.references.lookup import citing
from eqms.references.lookup import entries
from eqms.references.lookup import entries_of
from eqms.references.lookup import url_of
from eqms.references.register import Entry
from eqms.references.vocabularies import ANNOUNCEMENT_TITLES
from eqms.references.vocabularies import KIND_TITLES
from eqms.references.vocabularies import VALIDITY_TITLES
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from types import MappingProxyType
from typing import Any
from typing import Final


MANAGE: Final = "eqms: Manage references"

MOST_GROUPS: Final = 500
"""Territory groups that are shown; a province has a handful."""

SHELVES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "LegalText": _("references_texts", default="Legal texts and standards"),
        "AdministrativeProcedure": _("references_tthc", default="Administrative procedures"),
        "TerritoryGroup": _("references_territories", default="Territory groups"),
    }
)
"""What the folder holds, by type."""

STATE_TITLES: Final[Mapping[str, Any]] = MappingProxyType(
    {**VALIDITY_TITLES, **ANNOUNCEMENT_TITLES}
)


@dataclass(frozen=True)
class Link:
    """An address with its words."""

    url: str
    text: str


@dataclass(frozen=True)
class Fact:
    """A line of what is known of a reference: text, links, or both."""

    label: Any
    text: Any = ""
    links: Sequence[Link] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is something to show."""
        return bool(self.text or self.links)


class ReferencesPage(Page):
    """``view`` of the folder: one shelf at a time, found by words and state."""

    template = ViewPageTemplateFile("references.pt")

    @cached_property
    def shelf(self) -> str:
        """Type of what is shown."""
        asked = text_in(self.request, "type")
        return asked if asked in SHELVES else "LegalText"

    @cached_property
    def asked(self) -> dict[str, str]:
        """What was asked for, only what is there."""
        asked = {name: text for name in ("q", "state") if (text := text_in(self.request, name))}
        return {"type": self.shelf, **asked}

    @property
    def shelves(self) -> list[dict[str, Any]]:
        """The shelves to choose from."""
        url = self.context.absolute_url()
        return [
            {"title": title, "url": f"{url}?type={name}", "chosen": name == self.shelf}
            for name, title in SHELVES.items()
        ]

    @property
    def states(self) -> Mapping[str, Any]:
        """States that the shelf can be narrowed by."""
        return {"LegalText": VALIDITY_TITLES, "AdministrativeProcedure": ANNOUNCEMENT_TITLES}.get(
            self.shelf, {}
        )

    @cached_property
    def batch(self) -> Batch:
        """A page of the shelf: entries of the register, or territory groups of the catalog."""
        found = self._groups() if self.shelf == "TerritoryGroup" else self._entries()
        number = page_number(text_in(self.request, "page"))
        start = (number - 1) * PAGE_SIZE
        return Batch(found[start : start + PAGE_SIZE], len(found), number)

    @property
    def items(self) -> list[dict[str, Any]]:
        """What is shown of each reference on this page of the shelf."""
        return [
            _entry(item) if isinstance(item, Entry) else {"label": item.Title, "url": item.getURL()}
            for item in self.batch.brains
        ]

    @property
    def links(self) -> dict[str, str]:
        """Pages before and after."""
        return self.batch.links(self.context.absolute_url(), self.asked)

    @property
    def may_add(self) -> bool:
        """Whether the person registers references."""
        return bool(api.user.has_permission(MANAGE, obj=self.context))

    @property
    def may_review(self) -> bool:
        """Whether the person sees what is to be reviewed in the whole site."""
        return bool(api.user.has_permission("eqms: View trail", obj=api.portal.get()))

    def _entries(self) -> Sequence[Entry]:
        state = self.asked.get("state")
        found = entries(self.shelf, self.asked.get("q", ""))
        return [entry for entry in found if state in (None, entry.state)]

    def _groups(self) -> Sequence[Any]:
        words = as_query(self.asked.get("q", ""))
        query = {"Title": words} if words else {}
        catalog = api.portal.get_tool("portal_catalog")
        found = catalog(
            portal_type=self.shelf, sort_on="sortable_title", sort_limit=MOST_GROUPS, **query
        )
        return list(found[:MOST_GROUPS])


class ReferencePage(Page):
    """``view`` of a reference: what is known of it."""

    template = ViewPageTemplateFile("reference.pt")
    outdated = False

    @property
    def section(self) -> Any:
        """All references have the same frame."""
        return aq_parent(self.context)

    @property
    def kind(self) -> Any:
        """What kind of reference it is, in words."""
        return api.portal.get_tool("portal_types")[self.context.portal_type].Title()

    @property
    def facts(self) -> list[Fact]:
        """What is known."""
        return [fact for fact in self._facts() if fact.is_known]

    batch: Batch | None = None
    """Documents that cite it; None for what is not cited by a key."""

    checkable = False
    """Whether the person may say that its validity was looked up."""


class CitedPage(ReferencePage):
    """A reference with the documents that cite it."""

    @cached_property
    def entry(self) -> Entry:
        """What the register knows of it."""
        entry: Entry = self.context.entry()
        return entry

    @property
    def outdated(self) -> bool:
        """Whether who cites it has to look again."""
        return self.entry.outdated

    @property
    def since(self) -> str:
        """Since when it is in its state."""
        return _day(self.entry.since)

    @property
    def replacing(self) -> list[Link]:
        """What has replaced it."""
        return _links(self.entry.replaced_by)

    @cached_property
    def batch(self) -> Batch:
        """Documents in force that cite it, as the reader may see."""
        number = page_number(text_in(self.request, "page"))
        found = citing(
            self.entry.keys,
            sort_on="eqms_code",
            b_start=(number - 1) * PAGE_SIZE,
            b_size=PAGE_SIZE,
        )
        return Batch(list(found), found.actual_result_count or 0, number)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """What is shown of each document."""
        titles = agency_titles(brain.eqms_agency for brain in self.batch.brains)
        return [row(brain, titles) for brain in self.batch.brains]

    @property
    def links(self) -> dict[str, str]:
        """Pages before and after."""
        return self.batch.links(self.context.absolute_url(), {})


class LegalTextPage(CitedPage):
    """``view`` of a legal text or standard; on a POST it is marked as checked today."""

    def __call__(self) -> str:
        """The page."""
        if self.request.method == "POST" and "checked" in self.request.form and self.checkable:
            mark_checked(self.context, today(site_zone()))
            return str(self.request.response.redirect(self.context.absolute_url()))
        return super().__call__()

    @property
    def kind(self) -> Any:
        """Kind of the text."""
        return KIND_TITLES[self.context.kind]

    @property
    def checkable(self) -> bool:
        """Whether the person may say that its validity was looked up."""
        return bool(api.user.has_permission("Modify portal content", obj=self.context))

    def _facts(self) -> Iterable[Fact]:
        text = self.context
        yield Fact(_("label_legal_number", default="Number"), text.number)
        yield Fact(_("label_legal_title", default="Title"), text.title)
        yield Fact(_("label_legal_issuer", default="Issued by"), text.issuer)
        yield Fact(_("label_issued_on", default="Issued on"), _day(text.issued_on))
        yield Fact(_("label_effective_on", default="In force from"), _day(text.effective_on))
        yield Fact(_("label_validity", default="Validity"), VALIDITY_TITLES[text.validity])
        yield Fact(_("label_validity_since", default="Since"), self.since)
        yield Fact(_("label_validity_reason", default="Reason"), text.validity_reason)
        yield Fact(_("label_replaced_by", default="Replaced by"), links=self.replacing)
        yield Fact(_("label_implements", default="Implements"), links=_links(text.implements or ()))
        yield Fact(_("label_kept_by", default="Kept by"), text.kept_by)
        yield Fact(_("label_checked_on", default="Last checked on"), self._checked)
        if text.link:
            yield Fact(
                _("label_legal_link", default="Address on the web"),
                links=[Link(text.link, text.link)],
            )
        if text.file is not None:
            url = f"{text.absolute_url()}/@@download/file"
            yield Fact(_("label_file", default="File"), links=[Link(url, text.file.filename or "")])

    @property
    def _checked(self) -> str:
        day = _day(self.context.checked_on)
        if not day or self.anonymous or not self.context.checked_by:
            return day
        return f"{day}, {name_of(self.context.checked_by)}"


class AdministrativeProcedurePage(CitedPage):
    """``view`` of an administrative procedure, with the procedures that carry it out."""

    def _facts(self) -> Iterable[Fact]:
        tthc = self.context
        yield Fact(_("label_tthc_code", default="TTHC code"), tthc.code)
        yield Fact(_("label_tthc_name", default="Name"), tthc.title)
        yield Fact(_("label_tthc_field", default="Field"), tthc.field)
        yield Fact(_("label_tthc_level", default="Level"), tthc.level)
        yield Fact(_("label_tthc_state", default="State"), ANNOUNCEMENT_TITLES[tthc.state])
        yield Fact(_("label_tthc_decision", default="Announcing decision"), tthc.decision)
        yield Fact(_("label_tthc_decided_on", default="Date of the decision"), self.since)
        if tthc.link:
            label = _("label_portal_link", default="Link to the national portal")
            yield Fact(label, links=[Link(tthc.link, tthc.link)])


class TerritoryGroupPage(ReferencePage):
    """``view`` of a territory group."""

    def _facts(self) -> Iterable[Fact]:
        group = self.context
        members = ", ".join(group.members or ())
        yield Fact(_("label_territory_members", default="Communes"), members)
        yield Fact(_("label_territory_basis", default="Legal basis"), group.legal_basis)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "label": entry.label,
        "url": url_of(entry),
        "state": STATE_TITLES[entry.state],
        "since": _day(entry.since),
        "outdated": entry.outdated,
    }


def _links(uids: Iterable[str]) -> list[Link]:
    return [Link(url_of(entry), entry.label) for entry in entries_of(uids)]


def _day(value: date | str | None) -> str:
    day = date.fromisoformat(value) if isinstance(value, str) and value else value
    return day.strftime("%d/%m/%Y") if isinstance(day, date) else ""
