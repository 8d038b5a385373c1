"""``GET /{agency}/@migration-window``."""

from eqms.agencies.content import Agency
from eqms.documents.migration import window_of
from plone.restapi.services import Service
from typing import Any


class WindowGet(Service):
    """Everybody may see that a window is open: what is entered in it was approved elsewhere."""

    def reply(self) -> dict[str, Any]:
        """Whether a window is open, until when and why."""
        return window_json(self.context)


def window_json(agency: Agency) -> dict[str, Any]:
    """The window of an agency as JSON; ``until`` and ``reason`` are null while none is open."""
    window = window_of(agency)
    return {
        "@id": f"{agency.absolute_url()}/@migration-window",
        "open": window is not None,
        "until": window.until.isoformat() if window is not None else None,
        "reason": window.reason if window is not None else None,
    }
