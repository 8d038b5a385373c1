"""``PATCH /{agency}/@staging/{id}/{file}``: put right what was read."""

from eqms.documents.services.body import body_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.exchange.services.staging.path import StagingService
from eqms.exchange.staging.serializer import file_json
from eqms.exchange.staging.working import correct
from typing import Any
from zExceptions import NotFound


class StagingPatch(StagingService):
    """Takes corrections of a file."""

    def reply(self) -> dict[str, Any]:
        """Body: values by the name of the field; ``null`` brings back what was read."""
        refuse_forged_request(self.request)
        if len(self.asked) != 2:
            raise NotFound("/".join(self.asked))
        staging, file = self.staging(), self.file()
        reading = correct(staging, file, body_of(self.request))
        return file_json(self.context, staging, file, reading)
