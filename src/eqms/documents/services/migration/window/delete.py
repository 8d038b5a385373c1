"""``DELETE /{agency}/@migration-window``."""

from eqms.documents.migration import close_window
from eqms.documents.services.csrf import refuse_forged_request
from plone.restapi.services import Service


class WindowDelete(Service):
    """Closes the window before its last day."""

    def reply(self) -> None:
        """204; 409 if none was opened."""
        refuse_forged_request(self.request)
        close_window(self.context)
        return self.reply_no_content()
