"""``GET /@master-list`` of the site, ``GET /{agency}/@master-list`` of an agency."""

from eqms import _
from eqms.agencies.content import IAgency
from eqms.documents.asof import day_asked
from eqms.documents.asof import moment_asked
from eqms.documents.errors import bad_request
from eqms.documents.listing import criteria_asked
from eqms.documents.listing import Question
from eqms.documents.listing import Row
from eqms.documents.master_list import agency_titles
from eqms.documents.master_list import find
from eqms.documents.serializer import instant_json
from eqms.domain.revisions import DocumentState
from plone import api
from plone.restapi.batching import DEFAULT_BATCH_SIZE
from plone.restapi.batching import HypermediaBatch
from plone.restapi.services import Service
from typing import Any
from typing import Final


MOST_ROWS: Final = 500
"""So many rows at a time at most."""


class MasterListGet(Service):
    """A batch of the list, narrowed by the members of `Question`, ``on`` and ``known``."""

    def reply(self) -> dict[str, Any]:
        """The rows that the caller may see.

        :raises BadRequest: for a parameter that makes no sense
        """
        question = question_asked(self.request, self.context)
        start = self._number("b_start", 0, least=0, most=10**9)
        size = self._number("b_size", DEFAULT_BATCH_SIZE, least=1, most=MOST_ROWS)
        found = find(question, start, size)
        batch = HypermediaBatch(self.request, range(found.total))
        known = agency_titles(
            uid for row in found.rows for uid in (row.agency, row.unit, row.owner) if uid
        )
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "on": instant_json(question.moment.instant) if question.moment else None,
            "items": [row_json(row, known) for row in found.rows],
            "items_total": found.total,
        }
        if batch.links:
            result["batching"] = batch.links
        return result

    def _number(self, name: str, default: int, least: int, most: int) -> int:
        value = self.request.form.get(name, str(default))
        if not (isinstance(value, str) and value.isascii() and value.isdecimal()):
            value = "-1"
        if not least <= int(value[:12]) <= most:
            raise bad_request(
                _(
                    "error_number_range",
                    default="${name} must be a number from ${least} to ${most}.",
                    mapping={"name": name, "least": least, "most": most},
                )
            )
        return int(value)


def question_asked(request: Any, context: Any) -> Question:
    """What the parameters of a request ask of the list.

    :raises BadRequest: for a parameter that makes no sense
    """
    asked = {
        name: _text(request, name) for name in ("agency", "type", "field", "unit", "code", "q")
    }
    if IAgency.providedBy(context):
        asked["agency"] = api.content.get_uuid(context)
    return Question(
        **asked,
        state=_text(request, "state") or DocumentState.IN_FORCE.value,
        review_by=day_asked(request, "review_by"),
        sort_on=_text(request, "sort_on") or "code",
        descending=_text(request, "sort_order") in ("descending", "reverse"),
        moment=moment_asked(request),
        criteria=criteria_asked(request),
    )


def row_json(row: Row, known: dict[str, str]) -> dict[str, Any]:
    """A row as REST gives it.

    :param known: titles of agencies and units by UID
    """
    return {
        "@id": row.url,
        "@type": row.type,
        "UID": row.uid,
        "code": row.code,
        "title": row.title,
        "number": row.number,
        "field": row.field or None,
        "agency": {"UID": row.agency, "title": known.get(row.agency, "")},
        "unit": _unit(row.unit, known),
        "owner_unit": _unit(row.owner, known),
        "state": row.state,
        "issued_on": instant_json(row.issued_on),
        "decision": row.decision or None,
        "in_force_from": instant_json(row.since),
        "in_force_until": instant_json(row.until),
        "review_due": row.review_due.isoformat() if row.review_due else None,
        "unconfirmed": row.unconfirmed,
    }


def _unit(uid: str, known: dict[str, str]) -> dict[str, str] | None:
    return {"UID": uid, "title": known.get(uid, "")} if uid else None


def _text(request: Any, name: str) -> str:
    value = request.form.get(name, "")
    return value.strip() if isinstance(value, str) else ""
