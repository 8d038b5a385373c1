"""Decisions on a revision; each answers with the revision as it is afterwards."""

from eqms import _
from eqms.approval import actions
from eqms.approval.manifest import manifest
from eqms.documents.errors import bad_request
from eqms.documents.serializer import revision_facts
from eqms.documents.services.csrf import trust_authorization_header
from plone.restapi.deserializer import json_body
from plone.restapi.services import Service
from typing import Any
from zope.i18n import translate


class Decision(Service):
    """A transition that a person fires, with an optional ``comment`` in the body."""

    transition = ""

    def reply(self) -> dict[str, Any]:
        """The facts of the revision and its signatures; refusals by their status."""
        trust_authorization_header(self.request)
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
    """``POST /{revision}/@sign`` ``{meaning, password, comment}``."""

    def reply(self) -> dict[str, Any]:
        """As other decisions; 403 ``ReauthenticationFailed`` without ending the transaction."""
        trust_authorization_header(self.request)
        try:
            actions.sign(
                self.context,
                text_of(self.request, "meaning"),
                text_of(self.request, "password"),
                text_of(self.request, "comment"),
            )
        except actions.ReauthenticationFailed as error:
            self.request.response.setStatus(403)
            message = _(
                "error_reauthentication",
                default="The password is not right. Nothing was signed.",
            )
            return {
                "type": type(error).__name__,
                "message": translate(message, context=self.request),
            }
        return answer(self.context)


def text_of(request: Any, name: str) -> str:
    """A text member of the JSON body; empty if it is not there.

    :raises BadRequest: if it is something else than text
    """
    value = json_body(request).get(name, "")
    if not isinstance(value, str):
        raise bad_request(
            _("error_no_text", default="${name} must be text.", mapping={"name": name})
        )
    return value


def answer(revision: Any) -> dict[str, Any]:
    """What a decision answers with."""
    return {**revision_facts(revision), "signatures": manifest(revision)}
