"""``POST /{revision}/@confirm-migration``."""

from eqms.documents.migration import confirm
from eqms.documents.serializer import revision_facts
from eqms.documents.services.csrf import trust_authorization_header
from plone.restapi.services import Service
from typing import Any


class ConfirmPost(Service):
    """Confirms as the approver who is logged in."""

    def reply(self) -> dict[str, Any]:
        """The facts of the revision; 403 for who entered it; 409 if nothing is to be confirmed."""
        trust_authorization_header(self.request)
        confirm(self.context)
        return revision_facts(self.context)
