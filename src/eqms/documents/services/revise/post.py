"""``POST /{document}/@revise``."""

from eqms.documents.drafting import revise
from eqms.documents.serializer import revision_json
from eqms.documents.services.body import choice_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.domain.numbering import Change
from eqms.domain.revisions import Kind
from plone.restapi.services import Service
from typing import Any


class RevisePost(Service):
    """Body: ``{"change": "amendment" | "reissue", "kind": "normal" | "urgent"}``.

    Without them a normal amendment.
    """

    def reply(self) -> dict[str, Any]:
        """201 with the draft; 409 if one of its kind is open; 400 for an unknown change or kind."""
        refuse_forged_request(self.request)
        change = choice_of(self.request, "change", Change, Change.AMENDMENT)
        kind = choice_of(self.request, "kind", Kind, Kind.NORMAL)
        draft = revise(self.context, change, kind)
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", draft.absolute_url())
        return revision_json(draft, self.request)
