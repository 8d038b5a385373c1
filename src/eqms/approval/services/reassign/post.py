"""``POST /{revision}/@reassign``."""

from eqms.approval.overview import overview
from eqms.approval.reassigning import reassign
from eqms.approval.services.route.get import step_json
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from plone.restapi.services import Service
from typing import Any


class ReassignPost(Service):
    """``{person, to, reason}`` moves the open task of a person."""

    def reply(self) -> dict[str, Any]:
        """The route as it is then."""
        refuse_forged_request(self.request)
        reassign(
            self.context,
            text_of(self.request, "person"),
            text_of(self.request, "to"),
            text_of(self.request, "reason"),
        )
        return {"steps": [step_json(step) for step in overview(self.context)]}
