"""``GET /{document, revision, agency or site}/@trail``."""

from eqms.documents.trails import rows_of
from plone.restapi.batching import HypermediaBatch
from plone.restapi.services import Service
from typing import Any


class TrailGet(Service):
    """Rows, newest first. Reading them writes nothing, so it leaves no row itself."""

    def reply(self) -> dict[str, Any]:
        """A batch of rows as they are stored."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        batch = HypermediaBatch(self.request, rows_of(self.context))
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "items": list(batch),
            "items_total": batch.items_total,
        }
        if batch.links:
            result["batching"] = batch.links
        return result
