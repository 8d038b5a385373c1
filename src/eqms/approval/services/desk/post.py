"""``POST /{agency}/@acknowledge``."""

from eqms.approval.notices.telling import acknowledge
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from plone.restapi.services import Service


class AcknowledgePost(Service):
    """``{notice}``: the id of a notice on the desk, of which the controller takes note."""

    def reply(self) -> None:
        """204; 404 for a notice that is not for the agency."""
        refuse_forged_request(self.request)
        acknowledge(self.context, text_of(self.request, "notice"))
        self.request.response.setStatus(204)
