"""A document as JSON: its identity and, whole, the revision in force."""

from Acquisition import aq_parent
from datetime import datetime
from eqms.agencies.lookup import agency_of
from eqms.documents.coding import former_codes
from eqms.documents.content import IControlledDocument
from eqms.documents.content import IRevision
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.indexers import is_unconfirmed
from eqms.documents.indexers import revision_in_force
from eqms.documents.interfaces import IDocumentSupplement
from eqms.documents.interfaces import IRevisionSupplement
from eqms.documents.switch import is_stale
from eqms.documents.tombstone import tombstone_of
from eqms.domain.revisions import DocumentState
from eqms.domain.revisions import public_state
from plone import api
from plone.dexterity.utils import iterSchemata
from plone.memoize import ram
from plone.restapi.interfaces import ISchemaSerializer
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.serializer.expansion import expandable_elements
from typing import Any
from zope.component import adapter
from zope.component import getMultiAdapter
from zope.component import subscribers
from zope.interface import implementer
from zope.interface import Interface


VIEW_TRAIL = "eqms: View trail"

TIMES = (
    "submitted_at",
    "approved_at",
    "issued_at",
    "due_at",
    "in_force_from",
    "superseded_at",
    "suspended_at",
    "retired_at",
)


@implementer(ISerializeToJson)
@adapter(IControlledDocument, Interface)
class SerializeDocument:
    """``GET /{document}``: identity, ``document_state`` and ``revision_in_force``."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context = context
        self.request = request

    def __call__(
        self, version: Any = None, include_items: bool = True, include_expansion: bool = True
    ) -> dict[str, Any]:
        """The document; of other revisions only ``@revisions`` speaks."""
        document = self.context
        revision = revision_in_force(document)
        agency = agency_of(document)
        result = {
            "@id": document.absolute_url(),
            "@type": document.portal_type,
            "UID": api.content.get_uuid(document),
            "id": document.getId(),
            "title": document.title,
            "code": document.code,
            "former_codes": [
                {"code": former.code, "until": instant_json(former.until)}
                for former in former_codes(document)
            ],
            "belongs_to": document.belongs_to,
            "agency": {
                "@id": agency.absolute_url(),
                "UID": api.content.get_uuid(agency),
                "code": agency.code,
                "title": agency.title,
            },
            "document_state": known_state(document).value,
            "review_state": api.content.get_state(document),
            "review_interval": document.review_interval,
            "review_due": json_compatible(document.review_due),
            "owner_unit": document.owner_unit,
            "retention_class": document.retention_class,
            "legal_hold": document.legal_hold,
            "created": json_compatible(document.created()),
            "modified": (
                instant_json(revision.in_force_from)
                if revision is not None
                else json_compatible(document.modified())
            ),
            "is_folderish": True,
            "revision_in_force": None,
            "out_of_use": tombstone_json(document),
        }
        for supplement in subscribers((document, self.request), IDocumentSupplement):
            result |= supplement.facts()
        if include_expansion:
            result.update(expandable_elements(document, self.request))
        if revision is not None:
            result["revision_in_force"] = revision_json(revision, self.request)
        return result


@implementer(ISerializeToJson)
@adapter(IRevision, Interface)
class SerializeRevision:
    """``GET /{document}/{revision}``: the whole content with its place in the history."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context = context
        self.request = request

    def __call__(
        self, version: Any = None, include_items: bool = True, include_expansion: bool = True
    ) -> dict[str, Any]:
        """The revision and a pointer to its document."""
        document = aq_parent(self.context)
        result = revision_json(self.context, self.request)
        result["document"] = {
            "@id": document.absolute_url(),
            "UID": api.content.get_uuid(document),
            "code": document.code,
        }
        if include_expansion:
            result.update(expandable_elements(self.context, self.request))
        return result


def known_state(document: Any) -> DocumentState:
    """The state of a document as far as the caller may know it."""
    state = register_of(document).document_state
    return state if api.user.has_permission(VIEW_TRAIL, obj=document) else public_state(state)


def tombstone_json(document: Any) -> dict[str, Any] | None:
    """What is left to say of a document that was in force and is not any more."""
    stone = tombstone_of(document)
    if stone is None:
        return None
    successor = stone.successor
    return {
        "number": stone.number,
        "in_force_from": instant_json(stone.since),
        "in_force_until": instant_json(stone.until),
        "reason": stone.why,
        "decision": json_compatible(stone.decision),
        "successor": successor
        and {
            "@id": successor.getURL(),
            "UID": successor.UID,
            "code": successor.eqms_written_code,
            "title": successor.Title,
        },
    }


def revision_facts(revision: Any) -> dict[str, Any]:
    """Place and times of a revision, without its content."""
    state = api.content.get_state(revision)
    return {
        "@id": revision.absolute_url(),
        "@type": revision.portal_type,
        "UID": api.content.get_uuid(revision),
        "id": revision.getId(),
        "seq": revision.seq,
        "number": number_of(revision),
        "issue_no": revision.issue_no,
        "amendment_no": revision.amendment_no,
        "kind": revision.kind,
        "title": revision.title,
        "state": state,
        "review_state": state,
        "content_hash": revision.content_hash,
        "stale": is_stale(revision),
        "unconfirmed": is_unconfirmed(revision),
        "issued_by_decision": json_compatible(revision.issued_by_decision),
        "retired_by_decision": json_compatible(revision.retired_by_decision),
        "created_at": revision.created().ISO8601(),
        **{name: instant_json(getattr(revision, name)) for name in TIMES},
    }


def revision_json(revision: Any, request: Any) -> dict[str, Any]:
    """A whole revision: facts and every field that the caller may read."""
    result = revision_facts(revision) | _content_json(revision, request)
    for supplement in subscribers((revision, request), IRevisionSupplement):
        result |= supplement.facts()
    return result


def _as_visitors_read(function: Any, revision: Any, request: Any) -> str:
    if revision.content_hash is None or not api.user.is_anonymous():
        raise ram.DontCache
    return "\n".join(
        (
            api.content.get_uuid(revision),
            revision.content_hash,
            revision.absolute_url(),
            api.portal.get_current_language(),
        )
    )


@ram.cache(_as_visitors_read)
def _content_json(revision: Any, request: Any) -> dict[str, Any]:
    """Every field that the caller may read.

    For visitors it is kept in memory, a day at most, where the content cannot change any more; the
    names of units and agencies in it may be that old.
    """
    result: dict[str, Any] = {}
    for schema in iterSchemata(revision):
        result |= getMultiAdapter((schema, revision, request), ISchemaSerializer)()
    return result


def instant_json(value: datetime | None) -> str | None:
    """An aware instant in UTC as REST gives it; None for None."""
    return value.isoformat().replace("+00:00", "Z") if value is not None else None
