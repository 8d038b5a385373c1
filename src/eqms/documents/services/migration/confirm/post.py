"""``POST /{revision}/@confirm-migration``."""

from eqms.documents.migration import confirm
from eqms.documents.serializer import revision_facts
from eqms.documents.services.csrf import refuse_forged_request
from plone.restapi.services import Service
from typing import Any


class ConfirmPost(Service):
    """Confirms as the approver who is logged in."""

    def reply(self) -> dict[str, Any]:
        """The facts of the revision; 403 for who entered it; 409 if nothing is to be confirmed."""
        refuse_forged_request(self.request)
        confirm(self.context)
        return revision_facts(self.context)
