"""Decisions on a revision; each answers with the revision as it is afterwards."""

from eqms.approval import actions
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.manifest import manifest
from eqms.documents.errors import told
from eqms.documents.serializer import revision_facts
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from plone.restapi.services import Service
from typing import Any


class Decision(Service):
    """A transition that a person fires, with an optional ``comment`` in the body."""

    transition = ""

    def reply(self) -> dict[str, Any]:
        """The facts of the revision and its signatures; refusals by their status."""
        refuse_forged_request(self.request)
        actions.transition(self.context, self.transition, text_of(self.request, "comment"))
        return answer(self.context)


class SubmitPost(Decision):
    """``POST /{revision}/@submit``."""

    transition = "submit"


class RejectPost(Decision):
    """``POST /{revision}/@reject`` ``{comment}``."""

    transition = "reject"


class RecallPost(Decision):
    """``POST /{revision}/@recall`` ``{comment}``."""

    transition = "recall"


class WithdrawPost(Decision):
    """``POST /{revision}/@withdraw`` ``{comment}``."""

    transition = "withdraw"


class SignPost(Service):
    """``POST /{revision}/@sign``.

    ``{meaning, password, comment, method, challenge, capacity, on_behalf_of}``
    """

    def reply(self) -> dict[str, Any]:
        """As other decisions; 403 ``ReauthenticationFailed`` without ending the transaction."""
        refuse_forged_request(self.request)
        try:
            actions.sign(
                self.context,
                text_of(self.request, "meaning"),
                text_of(self.request, "password"),
                text_of(self.request, "comment"),
                capacity=text_of(self.request, "capacity"),
                on_behalf_of=text_of(self.request, "on_behalf_of") or None,
                challenge=text_of(self.request, "challenge") or None,
                method=text_of(self.request, "method") or None,
            )
        except ReauthenticationFailed as failure:
            return refused(self.request, failure)
        return answer(self.context)


def answer(revision: Any) -> dict[str, Any]:
    """What a decision answers with."""
    return {**revision_facts(revision), "signatures": manifest(revision)}


def refused(request: Any, failure: ReauthenticationFailed) -> dict[str, str]:
    """What a wrong secret is answered with: 403 by status, so that the count of it stays."""
    request.response.setStatus(403)
    return {"type": type(failure).__name__, "message": told(failure.message)}
