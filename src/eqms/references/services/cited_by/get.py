"""``GET /{text}/@cited-by``: documents whose revision in force cites a reference."""

from eqms.references.lookup import citing
from plone import api
from plone.restapi.batching import HypermediaBatch
from plone.restapi.services import Service
from typing import Any


class CitedByGet(Service):
    """Documents that the caller may see, by their codes."""

    def reply(self) -> dict[str, Any]:
        """A batch of documents."""
        found = citing(self.context.entry().keys, sort_on="eqms_code")
        batch = HypermediaBatch(self.request, found)
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "items": rows_of(list(batch)),
            "items_total": batch.items_total,
        }
        if batch.links:
            result["batching"] = batch.links
        return result


def rows_of(brains: list[Any]) -> list[dict[str, Any]]:
    """Documents as REST lists them, with the names of their agencies."""
    catalog = api.portal.get_tool("portal_catalog")
    uids = sorted({brain.eqms_agency for brain in brains if brain.eqms_agency})
    titles = {brain.UID: brain.Title for brain in catalog(UID=uids)} if uids else {}
    return [
        {
            "@id": brain.getURL(),
            "@type": brain.portal_type,
            "UID": brain.UID,
            "code": brain.eqms_written_code or None,
            "title": brain.Title,
            "number": brain.eqms_number or None,
            "agency": {"UID": brain.eqms_agency, "title": titles.get(brain.eqms_agency, "")},
        }
        for brain in brains
    ]
