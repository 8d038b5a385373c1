"""``GET /{document}/@requests`` and ``GET /{document}/@requests/{number}``."""

from eqms.approval.requests.acting import challenge_for
from eqms.approval.requests.acting import may_sign
from eqms.approval.requests.serializer import request_json
from eqms.approval.requests.serializer import usage_json
from eqms.approval.requests.services.path import RequestsService
from eqms.approval.requests.storage import Outcome
from eqms.approval.requests.storage import request_by
from eqms.approval.requests.storage import requests_of
from eqms.approval.requests.usage import usage_of
from typing import Any
from zExceptions import NotFound


class RequestsGet(RequestsService):
    """The proposals about a document, the oldest first, and who goes by it."""

    def reply(self) -> dict[str, Any]:
        """All of them; or one, with a challenge for who may sign it."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if not self.path:
            items = [request_json(self.context, item) for item in requests_of(self.context)]
            return {
                "@id": f"{self.context.absolute_url()}/@requests",
                "items": items,
                "items_total": len(items),
                "used_by": usage_json(usage_of(self.context)),
            }
        found = request_by(self.context, self.number)
        if found is None or len(self.path) > 1:
            raise NotFound("/".join(self.path))
        signable = found.outcome is Outcome.OPEN and may_sign(self.context, found)
        challenge = challenge_for(self.context, self.number) if signable else None
        return request_json(self.context, found) | {"challenge": challenge}
