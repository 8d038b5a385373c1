"""``POST /{document}/@revise``."""

from eqms import _
from eqms.documents.drafting import revise
from eqms.documents.errors import bad_request
from eqms.documents.serializer import revision_json
from eqms.documents.services.body import body_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.domain.numbering import Change
from plone.restapi.services import Service
from typing import Any


class RevisePost(Service):
    """Body: ``{"change": "amendment" | "reissue"}``; without it an amendment."""

    def reply(self) -> dict[str, Any]:
        """201 with the draft; 409 if one is open; 400 for an unknown change."""
        refuse_forged_request(self.request)
        asked = body_of(self.request).get("change", Change.AMENDMENT.value)
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
