"""``POST /@substitutions``, ``POST /{agency}/@substitutions``, and ``…/{id}/end``."""

from datetime import timedelta
from eqms.approval import substitution
from eqms.approval.services.substitutions.get import substitution_json
from eqms.approval.services.substitutions.get import SubstitutionsGet
from eqms.documents.dates import site_zone
from eqms.documents.services.body import body_of
from eqms.documents.services.body import day_of
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.domain.clock import today
from plone import api
from typing import Any
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class SubstitutionsPost(SubstitutionsGet):
    """``{absent?, substitute, from, until, reason}``; ``absent`` is the caller unless named."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.asked: list[str] = []

    def publishTraverse(self, request: Any, name: str) -> "SubstitutionsPost":
        """Take the id and ``end`` after the service's name."""
        self.asked.append(name)
        return self

    def reply(self) -> dict[str, Any]:
        """The substitution as it is then; 201 for a new one."""
        refuse_forged_request(self.request)
        absent = text_of(self.request, "absent") or api.user.get_current().getId()
        if not self.asked:
            row = substitution.record(
                absent,
                text_of(self.request, "substitute"),
                day_of(self.request, "from"),
                day_of(self.request, "until"),
                text_of(self.request, "reason"),
                self.agency,
            )
            self.request.response.setStatus(201)
            return substitution_json(row)
        if self.asked[1:] != ["end"]:
            raise NotFound("/".join(self.asked))
        return substitution_json(
            substitution.end(absent, self.asked[0], self._last_day(), self.agency)
        )

    def _last_day(self) -> Any:
        """``last`` in the body, yesterday without it: then it ends at once."""
        if "last" in body_of(self.request):
            return day_of(self.request, "last")
        return today(site_zone()) - timedelta(1)
