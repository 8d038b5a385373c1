"""``GET /{agency}/@imports`` and ``GET /{agency}/@imports/{id}``."""

from eqms.exchange.serializer import batch_facts
from eqms.exchange.serializer import batch_json
from eqms.exchange.services.imports.path import ImportsService
from eqms.exchange.storage import log_of
from plone.restapi.batching import HypermediaBatch
from typing import Any
from zExceptions import NotFound


class ImportsGet(ImportsService):
    """The batches of an agency, newest first, or one of them with its files."""

    def reply(self) -> dict[str, Any]:
        """404 for a number that no batch has."""
        match self.asked:
            case []:
                return self._listing()
            case [_number]:
                return batch_json(self.context, self.batch())
        raise NotFound("/".join(self.asked))

    def _listing(self) -> dict[str, Any]:
        batch = HypermediaBatch(self.request, log_of(self.context).batches)
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "items": [batch_facts(self.context, item) for item in batch],
            "items_total": batch.items_total,
        }
        if batch.links:
            result["batching"] = batch.links
        return result
