"""``POST /{revision}/@correct``."""

from eqms import _
from eqms.documents.correction import correct
from eqms.documents.errors import bad_request
from eqms.documents.serializer import revision_json
from eqms.documents.services.body import body_of
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from plone.restapi.services import Service
from typing import Any


class CorrectPost(Service):
    """Body: ``{"reason": "…", "changes": {"title": "…"}}``; ``code`` is one of the changes too."""

    def reply(self) -> dict[str, Any]:
        """The corrected revision; 409 once it is confirmed; 403 without an open window."""
        refuse_forged_request(self.request)
        changes = body_of(self.request).get("changes")
        if not isinstance(changes, dict):
            raise bad_request(_("error_changes_no_object", default="changes must be an object."))
        correct(self.context, changes, text_of(self.request, "reason"))
        return revision_json(self.context, self.request)
