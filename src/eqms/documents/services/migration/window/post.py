"""``POST /{agency}/@migration-window``."""

from eqms.documents.migration import open_window
from eqms.documents.services.body import day_of
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.documents.services.migration.window.get import window_json
from plone.restapi.services import Service
from typing import Any


class WindowPost(Service):
    """Body: ``{"until": "2026-03-31", "reason": "…"}``."""

    def reply(self) -> dict[str, Any]:
        """201 with the window; 400 without a reason or for a day that has passed."""
        refuse_forged_request(self.request)
        open_window(self.context, day_of(self.request, "until"), text_of(self.request, "reason"))
        self.request.response.setStatus(201)
        return window_json(self.context)
