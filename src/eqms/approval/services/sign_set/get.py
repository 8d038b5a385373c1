"""``GET /@sign-set?uid=…&uid=…``."""

from eqms.approval import actions
from eqms.approval.authentication import challenges
from eqms.approval.authentication.proof import allowed_methods
from eqms.approval.signing_sets import chosen
from eqms.approval.statement import statement
from plone.restapi.services import Service
from typing import Any


class SignSetGet(Service):
    """The challenge for a set of the caller's tasks, and what each signature would state."""

    def reply(self) -> dict[str, Any]:
        """Refused as signing would be."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        asked = self.request.form.get("uid", ())
        wanted = chosen([asked] if isinstance(asked, str) else list(asked))
        token = actions.challenge_for(*(one.revision for one in wanted))
        return {
            "@id": f"{self.context.absolute_url()}/@sign-set",
            "items": [
                {
                    "@id": one.revision.absolute_url(),
                    "uid": one.revision.UID(),
                    "meaning": one.meaning,
                    "on_behalf_of": one.on_behalf_of,
                    "statement": statement(one.revision, one.meaning),
                    "content_hash": one.revision.content_hash,
                }
                for one in wanted
            ],
            "methods": list(allowed_methods()),
            "challenge": token,
            "expires_at": challenges.read(token).expires.isoformat().replace("+00:00", "Z"),
        }
