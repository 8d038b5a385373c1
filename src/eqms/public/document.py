"""The page of a document and the page of one of its revisions."""

from Acquisition import aq_parent
from collections.abc import Sequence
from eqms.agencies.lookup import agency_of
from eqms.documents.coding import former_codes
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.dates import day_of
from eqms.documents.indexers import is_unconfirmed
from eqms.documents.labels import DOCUMENT_STATES
from eqms.documents.labels import END_REASONS
from eqms.documents.labels import state_label
from eqms.documents.tombstone import tombstone_of
from eqms.documents.workflow import state_of
from eqms.domain.revisions import OPEN
from eqms.domain.revisions import State
from eqms.procedures.review import outdated_citations
from eqms.public.page import Page
from eqms.public.texts import body_of
from eqms.public.texts import replaced_number
from eqms.references.lookup import entries_of
from eqms.references.lookup import url_of
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class ReadingPage(Page):
    """A document by the text of one of its revisions."""

    template = ViewPageTemplateFile("document.pt")

    document: Any
    """The document the page is about."""

    revision: Any
    """The revision whose text is shown; None if there is none to show."""

    robots = "index"

    outdated: Sequence[dict[str, Any]] = ()
    """What the text cites that holds no longer; told of what is in force only."""

    has_limits = False
    """Whether the day on which a result is due can be asked for."""

    @property
    def section(self) -> Any:
        """All documents of a folder have the same frame."""
        return aq_parent(self.document)

    @property
    def summary(self) -> str:
        """For search engines and shared links."""
        return self.revision.description or "" if self.revision is not None else ""

    @property
    def kind(self) -> Any:
        """What kind of document it is, in words."""
        return api.portal.get_tool("portal_types")[self.document.portal_type].Title()

    @property
    def agency(self) -> Any:
        """Who issues the document."""
        return agency_of(self.document)

    @cached_property
    def state(self) -> State:
        """State of the revision."""
        return state_of(self.revision)

    @property
    def facts(self) -> dict[str, Any]:
        """What stands in the control block beside agency and code."""
        return {
            "number": number_of(self.revision),
            "issued_on": day_of(self.revision.issued_at),
            "in_force_from": day_of(self.revision.in_force_from),
            "superseded_on": day_of(self.revision.superseded_at),
            "state": state_label(self.revision, self.state),
            "unconfirmed": is_unconfirmed(self.revision),
            "decision": _decision(self.revision.issued_by_decision),
            "replaces": replaced_number(self.document, api.content.get_uuid(self.revision)),
        }

    @property
    def former_codes(self) -> str:
        """The codes that the document was issued under before, each with its last day."""
        former = former_codes(self.document)
        return ", ".join(f"{item.code} (→ {day_of(item.until)})" for item in former)

    @property
    def body(self) -> str:
        """The text."""
        return body_of(self.revision, self.request)

    @property
    def may_see_more(self) -> bool:
        """Whether the reader may be one who works on documents."""
        return not self.anonymous


class DocumentPage(ReadingPage):
    """``view`` of a document: the revision in force, or that there is none."""

    @property
    def document(self) -> Any:
        """The context."""
        return self.context

    @cached_property
    def revision(self) -> Any | None:
        """The revision in force."""
        entry = register_of(self.context).in_force
        return self.context._getOb(entry.id) if entry is not None else None

    in_force = None
    """Address of the page with the revision in force, if that is another page."""

    @property
    def document_state(self) -> str:
        """State of the document."""
        return register_of(self.context).document_state.value

    @property
    def document_state_label(self) -> Any:
        """State of the document in words."""
        return DOCUMENT_STATES[register_of(self.context).document_state]

    @property
    def ended(self) -> dict[str, Any]:
        """What is left to say of a document that was in force and is not any more."""
        stone = tombstone_of(self.context)
        if stone is None:
            return {}
        successor = stone.successor
        return {
            "number": stone.number,
            "since": day_of(stone.since),
            "until": day_of(stone.until),
            "why": END_REASONS.get(stone.why or ""),
            "decision": _decision(stone.decision),
            "successor": successor
            and {
                "url": successor.getURL(),
                "title": " · ".join(filter(None, (successor.eqms_written_code, successor.Title))),
            },
        }

    @cached_property
    def outdated(self) -> list[dict[str, Any]]:
        """Legal texts and the like that the revision in force cites and that hold no longer."""
        return [
            {
                "label": entry.label,
                "url": url_of(entry),
                "replaced_by": entries_of(entry.replaced_by),
            }
            for entry in outdated_citations(self.context)
        ]

    @property
    def has_limits(self) -> bool:
        """Whether the day on which a result is due can be asked for."""
        return bool(self.revision is not None and getattr(self.revision, "scenarios", None))

    @property
    def drafts(self) -> list[dict[str, Any]]:
        """Open revisions that the reader may see."""
        found = (
            self.context._getOb(entry.id)
            for entry in register_of(self.context).entries
            if entry.state in OPEN
        )
        return [
            {
                "url": draft.absolute_url(),
                "number": number_of(draft),
                "state": state_label(draft, state_of(draft)),
            }
            for draft in found
            if api.user.has_permission("View", obj=draft)
        ]


class RevisionPage(ReadingPage):
    """``view`` of a revision: its text, and whether it is the one to go by."""

    robots = "noindex"

    @property
    def document(self) -> Any:
        """The document of the revision."""
        return aq_parent(self.context)

    @property
    def revision(self) -> Any:
        """The context."""
        return self.context

    @property
    def in_force(self) -> str | None:
        """Address of the document where another revision is in force."""
        entry = register_of(self.document).in_force
        if entry is None or entry.id == self.context.getId():
            return None
        return str(self.document.absolute_url())


def _decision(by: dict[str, Any] | None) -> dict[str, str] | None:
    return by and {"number": by["number"], "date": by["date"].strftime("%d/%m/%Y")}
