"""``POST /{revision}/@rebase``."""

from eqms import _
from eqms.documents.errors import bad_request
from eqms.documents.rebasing import rebase
from eqms.documents.serializer import revision_json
from eqms.documents.services.body import body_of
from eqms.documents.services.body import chosen
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.domain.rebase import Side
from plone.restapi.services import Service
from typing import Any


class RebasePost(Service):
    """Body: ``{"take": {"scope": "mine" | "theirs", "parts/{id}": …}, "onto": UID}``.

    ``onto``, which may be left out, is the revision in force that the answers were given on.
    """

    def reply(self) -> dict[str, Any]:
        """The draft on its new base.

        400 with the names of what both changed and has no answer; 409 if there is nothing to do.
        """
        refuse_forged_request(self.request)
        take = body_of(self.request).get("take", {})
        if not isinstance(take, dict):
            raise bad_request(
                _("error_take", default="take must be an object of names and mine or theirs.")
            )
        sides = {name: chosen(name, value, Side) for name, value in take.items()}
        rebase(self.context, sides, text_of(self.request, "onto") or None)
        return revision_json(self.context, self.request)
