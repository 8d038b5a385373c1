"""``POST /{document}/@revise``."""

from eqms import _
from eqms.documents.drafting import revise
from eqms.documents.errors import bad_request
from eqms.documents.serializer import revision_json
from eqms.documents.services.csrf import trust_authorization_header
from eqms.domain.numbering import Change
from plone.restapi.deserializer import json_body
from plone.restapi.services import Service
from typing import Any


class RevisePost(Service):
    """Body: ``{"change": "amendment" | "reissue"}``; without it an amendment."""

    def reply(self) -> dict[str, Any]:
        """201 with the draft; 409 if one is open; 400 for an unknown change."""
        trust_authorization_header(self.request)
        asked = json_body(self.request).get("change", Change.AMENDMENT.value)
        try:
            change = Change(asked)
        except ValueError as error:
            raise bad_request(
                _(
                    "error_unknown_change",
                    default="change must be one of: ${allowed}.",
                    mapping={"allowed": ", ".join(known.value for known in Change)},
                )
            ) from error
        draft = revise(self.context, change)
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", draft.absolute_url())
        return revision_json(draft, self.request)
