"""Who goes by a document: shown before anybody proposes or signs its end."""

from dataclasses import dataclass
from eqms.agencies.lookup import agency_of
from eqms.agencies.vocabularies import TIERS
from eqms.documents.content import register_of
from eqms.domain.revisions import OPEN
from plone import api
from typing import Any
from zope.component import getUtility
from zope.schema.interfaces import IVocabularyFactory


MOST = 50
"""Citing documents that are named; with more of them the number says enough."""


@dataclass(frozen=True)
class Usage:
    """Catalog entries of documents that cite the code, of agencies it applies to, titles of tiers,
    catalog entries of decisions in preparation, and whether a revision is open."""

    citing: list[Any]
    agencies: list[Any]
    tiers: list[Any]
    decisions: list[Any]
    open_revision: bool


def usage_of(document: Any) -> Usage:
    """Who goes by a document, as far as the reader may see it."""
    register = register_of(document)
    entry = register.latest or (register.entries[-1] if register.entries else None)
    revision = document._getOb(entry.id) if entry is not None else None
    catalog = api.portal.get_tool("portal_catalog")
    agencies = list(getattr(revision, "applies_to", None) or ())
    tiers = getUtility(IVocabularyFactory, TIERS)(document)
    return Usage(
        citing=_citing(catalog, document),
        agencies=list(catalog(UID=agencies)) if agencies else [],
        tiers=[
            tiers.getTerm(tier).title for tier in getattr(revision, "applies_to_tiers", None) or ()
        ],
        decisions=_decisions(catalog, document),
        open_revision=any(entry.state in OPEN for entry in register.entries),
    )


def _citing(catalog: Any, document: Any) -> list[Any]:
    if not document.code:
        return []
    own = "/".join(document.getPhysicalPath())
    found = catalog(SearchableText=f'"{document.code}"', sort_on="modified", sort_limit=MOST + 1)
    return [brain for brain in found if not f"{brain.getPath()}/".startswith(f"{own}/")][:MOST]


def _decisions(catalog: Any, document: Any) -> list[Any]:
    """Decisions in preparation, or waiting for their day, that have a row about the document."""
    uid = api.content.get_uuid(document)
    found = catalog(
        portal_type="IssueDecision",
        review_state=["draft", "issued"],
        path="/".join(agency_of(document).getPhysicalPath()),
        eqms_decides=uid,
    )
    return list(found)
