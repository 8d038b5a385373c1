"""``GET /{text}/@cited-by``: documents whose revision in force cites a reference."""

from eqms.references.listing import rows_of
from eqms.references.lookup import citing
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
