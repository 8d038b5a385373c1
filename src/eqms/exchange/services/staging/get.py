"""``GET /{agency}/@staging``, ``…/{id}`` and ``…/{id}/{file}``."""

from eqms.exchange.services.staging.path import StagingService
from eqms.exchange.staging.serializer import file_json
from eqms.exchange.staging.serializer import staging_facts
from eqms.exchange.staging.serializer import staging_json
from eqms.exchange.staging.storage import stagings_of
from plone.restapi.batching import HypermediaBatch
from typing import Any
from zExceptions import NotFound


class StagingGet(StagingService):
    """What waits in an agency, newest first; one staging; or one file with what is read in it."""

    def reply(self) -> dict[str, Any]:
        """404 for what is not there (any more)."""
        match self.asked:
            case []:
                return self._listing()
            case [_staging]:
                return staging_json(self.context, self.staging())
            case [_staging, _file]:
                file = self.file()
                reading = file.reading() if file.word is not None else None
                return file_json(self.context, self.staging(), file, reading)
        raise NotFound("/".join(self.asked))

    def _listing(self) -> dict[str, Any]:
        batch = HypermediaBatch(self.request, stagings_of(self.context))
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "items": [staging_facts(self.context, item) for item in batch],
            "items_total": batch.items_total,
        }
        if batch.links:
            result["batching"] = batch.links
        return result
