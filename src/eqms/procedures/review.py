"""Cần rà soát: procedures in force that cite what is expired, replaced or abolished.

Nothing is written on a procedure. The register of references knows what is outdated, the catalog
who cites it, so all of them stand here from the moment that a text is marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from eqms.documents.indexers import revision_in_force
from eqms.documents.interfaces import IDocumentSupplement
from eqms.documents.serializer import VIEW_TRAIL
from eqms.procedures.citing import keys_cited
from eqms.procedures.content import IProcedure
from eqms.references.lookup import CITES
from eqms.references.lookup import citing
from eqms.references.lookup import entries_of
from eqms.references.lookup import expired_keys
from eqms.references.lookup import outdated_among
from eqms.references.lookup import url_of
from eqms.references.register import Entry
from eqms.references.register import register_of_site
from plone import api
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface


@dataclass(frozen=True)
class ToReview:
    """A procedure in force, by its catalog entry, and the outdated references it cites."""

    brain: Any
    outdated: Sequence[Entry]


@dataclass(frozen=True)
class Found:
    """A part of the list; ``total`` counts the whole."""

    rows: Sequence[ToReview]
    total: int


def outdated_citations(document: Any) -> list[Entry]:
    """What the revision in force of a document cites that is outdated; only procedures cite."""
    revision = revision_in_force(document) if IProcedure.providedBy(document) else None
    return outdated_among(keys_cited(revision)) if revision is not None else []


def to_review(start: int, size: int, agency: str = "", reference: str = "") -> Found:
    """The procedures to review that the caller may see, by their codes.

    :param agency: UID of an agency, to see its own only
    :param reference: UID of a reference, to see who cites that one only
    """
    keys = _keys_asked(reference)
    if not keys:
        return Found([], 0)
    query: dict[str, Any] = {"sort_on": "eqms_code", "b_start": start, "b_size": size}
    if agency:
        query["eqms_agency"] = agency
    found = citing(sorted(keys), **query)
    total = found.actual_result_count or 0
    cites = api.portal.get_tool("portal_catalog")._catalog.indexes[CITES]
    rows = [
        ToReview(brain, outdated_among(cites.getEntryForObject(brain.getRID(), ())))
        for brain in (found if start < total else ())
    ]
    return Found(rows, total)


def entry_json(entry: Entry) -> dict[str, Any]:
    """An outdated reference as REST gives it."""
    return {
        "@id": url_of(entry),
        "UID": entry.uid,
        "label": entry.label,
        "state": entry.state,
        "since": entry.since or None,
        "replaced_by": [
            {"@id": url_of(other), "UID": other.uid, "label": other.label}
            for other in entries_of(entry.replaced_by)
        ],
    }


@implementer(IDocumentSupplement)
@adapter(IProcedure, Interface)
class NeedsReview:
    """``needs_review`` of a procedure, for those who work on it."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context = context

    def facts(self) -> dict[str, object]:
        """The outdated references that it cites; nothing for readers."""
        if not api.user.has_permission(VIEW_TRAIL, obj=self.context):
            return {}
        return {"needs_review": [entry_json(entry) for entry in outdated_citations(self.context)]}


def _keys_asked(reference: str) -> frozenset[str]:
    if not reference:
        return expired_keys()
    entry = register_of_site().get(reference)
    return frozenset(entry.keys) & expired_keys() if entry is not None else frozenset()
