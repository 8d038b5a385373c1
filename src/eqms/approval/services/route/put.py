"""``PUT /{document}/@route``."""

from eqms.approval.planning import set_document_plan
from eqms.approval.services.route.get import DocumentRouteGet
from eqms.documents.services.body import body_of
from eqms.documents.services.csrf import refuse_forged_request
from typing import Any


class DocumentRoutePut(DocumentRouteGet):
    """``{"own": {"steps": […]}}`` gives the document a route of its own, null takes it away."""

    def reply(self) -> dict[str, Any]:
        """As ``GET`` afterwards; 400 with what is wrong with the route."""
        refuse_forged_request(self.request)
        set_document_plan(self.context, body_of(self.request).get("own"))
        return super().reply()
