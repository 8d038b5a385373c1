"""``POST /{agency}/@waivers``, and ``…/{id}/confirm``, ``…/{id}/end``."""

from eqms import _
from eqms.approval import waivers
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.services.post import refused
from eqms.approval.services.waivers.get import waiver_json
from eqms.documents.errors import bad_request
from eqms.documents.services.body import day_of
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.domain.route import Waived
from eqms.domain.waiver import Waiver
from plone.restapi.services import Service
from typing import Any
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class WaiversPost(Service):
    """Record ``{rule, number, decided_on, reference, start, end}``; confirm with ``{password}``."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.asked: list[str] = []

    def publishTraverse(self, request: Any, name: str) -> "WaiversPost":
        """Take the id and the act after the service's name."""
        self.asked.append(name)
        return self

    def reply(self) -> dict[str, Any]:
        """The waiver as it is then; 201 for a new one; a wrong password as with ``@sign``."""
        refuse_forged_request(self.request)
        try:
            return waiver_json(self._act())
        except ReauthenticationFailed as failure:
            return refused(self.request, failure)

    def _act(self) -> Waiver:
        match self.asked:
            case []:
                waiver = self._record()
                self.request.response.setStatus(201)
                return waiver
            case [waiver_id, "confirm"]:
                return waivers.confirm(
                    self.context,
                    waiver_id,
                    text_of(self.request, "password"),
                    text_of(self.request, "method") or None,
                )
            case [waiver_id, "end"]:
                return waivers.end(self.context, waiver_id)
        raise NotFound("/".join(self.asked))

    def _record(self) -> Waiver:
        try:
            rule = Waived(text_of(self.request, "rule"))
        except ValueError as error:
            raise bad_request(
                _(
                    "error_unknown_rule",
                    default="rule must be one of: ${rules}.",
                    mapping={"rules": ", ".join(Waived)},
                )
            ) from error
        return waivers.record(
            self.context,
            rule,
            text_of(self.request, "number"),
            day_of(self.request, "decided_on"),
            text_of(self.request, "reference"),
            day_of(self.request, "start"),
            day_of(self.request, "end"),
        )
