"""``POST /@tick``."""

from eqms.clock.runner import tick
from eqms.documents.services.csrf import refuse_forged_request
from plone.restapi.services import Service
from typing import Any


class TickPost(Service):
    """Do what is due now."""

    def reply(self) -> dict[str, Any]:
        """How many pieces were done, and which failed; each is a transaction of its own."""
        refuse_forged_request(self.request)
        return tick(self.context).as_json()
