"""``POST /@checkpoint``: take one now."""

from eqms.documents.services.csrf import refuse_forged_request
from eqms.trail.checkpoints import take_checkpoint
from plone.restapi.services import Service
from typing import Any


class CheckpointPost(Service):
    """The clock takes them by itself; this is for before a migration, or at an inspection."""

    def reply(self) -> dict[str, Any]:
        """201 with the checkpoint, without the heads: ``GET`` has those."""
        refuse_forged_request(self.request)
        self.request.response.setStatus(201)
        return take_checkpoint()
