"""What a signer is asked to sign."""

from eqms.approval import actions
from eqms.approval.authentication import challenges
from eqms.approval.authentication.proof import allowed_methods
from eqms.approval.objections import principals
from eqms.approval.signing import post
from eqms.approval.statement import statement
from eqms.domain import capacity as capacities
from plone import api
from plone.restapi.services import Service
from typing import Any


class SignGet(Service):
    """``GET /{revision}/@sign``: the challenge for the open step, and what it is about."""

    def reply(self) -> dict[str, Any]:
        """For whoever may sign now; refused as signing would be."""
        token = actions.challenge_for(self.context)
        item = actions.asked(self.context)
        me = api.user.get_current().getId()
        held = post(self.context, me)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return {
            "@id": f"{self.context.absolute_url()}/@sign",
            "statement": statement(self.context, item.meaning),
            "meaning": item.meaning,
            "step": item.step,
            "content_hash": item.content_hash,
            "capacities": [
                {"capacity": choice.value, "lines": list(capacities.lines(held, choice))}
                for choice in capacities.offered(held)
            ],
            # Null is the own place in the step; others are absent people one stands in for.
            "on_behalf_of": principals(self.context, me),
            "methods": list(allowed_methods()),
            "challenge": token,
            "expires_at": challenges.read(token).expires.isoformat().replace("+00:00", "Z"),
        }
