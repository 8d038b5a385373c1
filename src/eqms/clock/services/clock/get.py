"""``GET /@clock``."""

from eqms.clock.figures import as_json
from plone.restapi.services import Service
from typing import Any


class ClockGet(Service):
    """What is planned, when the clock ran, what was late and what failed."""

    def reply(self) -> dict[str, Any]:
        """The overview."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return {"@id": f"{self.context.absolute_url()}/@clock", **as_json()}
