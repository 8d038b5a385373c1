"""``POST /{document}/@requests`` and what is decided on a proposal below it."""

from eqms import _
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.requests import acting
from eqms.approval.requests.serializer import request_json
from eqms.approval.requests.services.path import RequestsService
from eqms.approval.requests.storage import Kind
from eqms.approval.requests.storage import Request
from eqms.approval.services.post import refused
from eqms.documents.errors import bad_request
from eqms.documents.services.body import body_of
from eqms.documents.services.body import day_of
from eqms.documents.services.body import file_of
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from typing import Any
from zExceptions import NotFound


class RequestsPost(RequestsService):
    """Proposes, or signs, cites a decision for, rejects or withdraws a proposal.

    ``@requests`` ``{kind, reason, revision?, why?, successor?, in_force_on?}``;
    ``@requests/{number}/sign`` ``{password, method?, challenge?, comment?}``; ``…/cite``
    ``{number, date, file?}``; ``…/reject`` and ``…/withdraw`` ``{comment}``.
    """

    def reply(self) -> dict[str, Any]:
        """The proposal as it is afterwards; refusals by their status."""
        refuse_forged_request(self.request)
        if not self.path:
            self.request.response.setStatus(201)
            return request_json(self.context, self._propose())
        acts = {
            "sign": self._sign,
            "cite": self._cite,
            "reject": self._reject,
            "withdraw": self._withdraw,
        }
        if len(self.path) != 2 or self.path[1] not in acts:
            raise NotFound("/".join(self.path))
        try:
            return request_json(self.context, acts[self.path[1]]())
        except ReauthenticationFailed as failure:
            return refused(self.request, failure)

    def _propose(self) -> Request:
        body = body_of(self.request)
        try:
            kind = Kind(text_of(self.request, "kind"))
        except ValueError as error:
            raise bad_request(
                _(
                    "error_unknown_kind",
                    default="kind must be one of: ${kinds}.",
                    mapping={"kinds": ", ".join(Kind)},
                )
            ) from error
        postponed = body.get("in_force_on") is not None
        return acting.propose(
            self.context,
            kind,
            text_of(self.request, "reason"),
            revision=text_of(self.request, "revision") or None,
            why=text_of(self.request, "why") or "other",
            successor=text_of(self.request, "successor") or None,
            due_on=day_of(self.request, "in_force_on") if postponed else None,
        )

    def _sign(self) -> Request:
        return acting.sign(
            self.context,
            self.number,
            text_of(self.request, "password"),
            text_of(self.request, "comment"),
            challenge=text_of(self.request, "challenge") or None,
            method=text_of(self.request, "method") or None,
        )

    def _cite(self) -> Request:
        return acting.cite(
            self.context,
            self.number,
            text_of(self.request, "number"),
            day_of(self.request, "date"),
            file_of(self.request, "file"),
        )

    def _reject(self) -> Request:
        return acting.reject(self.context, self.number, text_of(self.request, "comment"))

    def _withdraw(self) -> Request:
        return acting.withdraw(self.context, self.number, text_of(self.request, "comment"))
