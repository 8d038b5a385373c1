"""``GET /@duplicate-codes``, ``GET /{agency}/@duplicate-codes``: the same code several times."""

from eqms.agencies.content import IAgency
from eqms.documents.duplicates import duplicates
from eqms.documents.master_list import agency_titles
from plone import api
from plone.restapi.batching import HypermediaBatch
from plone.restapi.services import Service
from typing import Any


class DuplicateCodesGet(Service):
    """A batch of codes, each with its documents."""

    def reply(self) -> dict[str, Any]:
        """The codes, of the site or of one agency."""
        here = IAgency.providedBy(self.context)
        found = duplicates(api.content.get_uuid(self.context) if here else "")
        batch = HypermediaBatch(self.request, found)
        shown = list(batch)
        titles = agency_titles(brain.eqms_agency for row in shown for brain in row.brains)
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "items": [
                {
                    "code": row.brains[0].eqms_written_code,
                    "agencies": row.agencies,
                    "documents": [_document(brain, titles) for brain in row.brains],
                }
                for row in shown
            ],
            "items_total": len(found),
        }
        if batch.links:
            result["batching"] = batch.links
        return result


def _document(brain: Any, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "@id": brain.getURL(),
        "@type": brain.portal_type,
        "UID": brain.UID,
        "code": brain.eqms_written_code,
        "title": brain.Title,
        "field": brain.eqms_field or None,
        "state": brain.eqms_document_state,
        "agency": {"UID": brain.eqms_agency, "title": titles.get(brain.eqms_agency, "")},
    }
