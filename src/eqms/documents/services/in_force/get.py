"""``GET /{document}/@in-force?on=…&known=…``."""

from eqms import _
from eqms.documents.asof import Answer
from eqms.documents.asof import answer
from eqms.documents.asof import Moment
from eqms.documents.asof import moment_asked
from eqms.documents.errors import told
from eqms.documents.serializer import instant_json
from eqms.documents.serializer import revision_facts
from eqms.documents.serializer import revision_json
from eqms.domain.clock import now
from plone import api
from plone.restapi.services import Service
from typing import Any
from typing import Final


WITHHELD_FACTS: Final = (
    "UID",
    "seq",
    "number",
    "issue_no",
    "amendment_no",
    "content_hash",
    "issued_at",
    "in_force_from",
    "superseded_at",
)
"""Of a revision that the caller may know of and not read."""


class InForceGet(Service):
    """The revision in force then; without ``on``, now."""

    def reply(self) -> dict[str, Any]:
        """The revision with its time in force.

        404 if none was in force, or none that the caller may know of.

        :raises BadRequest: for a time to come, and for what is no time
        """
        moment = moment_asked(self.request) or Moment(now())
        found = answer(self.context, moment)
        return self._nothing(moment) if found is None else self._answer(moment, found)

    def _nothing(self, moment: Moment) -> dict[str, Any]:
        # Raised, plone.restapi would put a message of its own in the place of ours.
        self.request.response.setStatus(404)
        message = _(
            "error_none_in_force",
            default="No revision of this document was in force at ${instant}.",
            mapping={"instant": instant_json(moment.instant)},
        )
        return {"type": "NotFound", "message": told(message)}

    def _answer(self, moment: Moment, found: Answer) -> dict[str, Any]:
        document = self.context
        return {
            "@id": f"{document.absolute_url()}/@in-force",
            "on": instant_json(moment.instant),
            "known": instant_json(moment.known),
            "document": {
                "@id": document.absolute_url(),
                "UID": api.content.get_uuid(document),
                "code": document.code,
            },
            "in_force_from": instant_json(found.row.start),
            "in_force_until": instant_json(found.row.end),
            "recorded_at": instant_json(found.row.recorded_at),
            "end_recorded_at": instant_json(found.row.ended_recorded_at),
            "content_withheld": found.withheld,
            "revision": self._revision(found),
            "successor": _place(found.successor),
        }

    def _revision(self, found: Answer) -> dict[str, Any]:
        if not found.withheld:
            return revision_json(found.revision, self.request)
        facts = revision_facts(found.revision)
        return {name: facts[name] for name in WITHHELD_FACTS}


def _place(revision: Any | None) -> dict[str, Any] | None:
    if revision is None:
        return None
    facts = revision_facts(revision)
    return {name: facts[name] for name in ("UID", "seq", "number", "in_force_from")}
