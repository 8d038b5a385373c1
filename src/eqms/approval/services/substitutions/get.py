"""``GET /@substitutions`` and ``GET /{agency}/@substitutions``."""

from eqms.agencies.content import IAgency
from eqms.approval import substitution
from eqms.domain.substitution import Substitution
from plone import api
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from typing import Any


class SubstitutionsGet(Service):
    """On the site those of the caller, on an agency those of its people; the newest in front."""

    @property
    def agency(self) -> Any | None:
        """The agency that is asked, if one is."""
        return self.context if IAgency.providedBy(self.context) else None

    def reply(self) -> dict[str, Any]:
        """Past ones too."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.agency is not None:
            rows = substitution.of_agency(self.agency)
        else:
            rows = substitution.rows_of(api.user.get_current().getId())
        return {
            "@id": f"{self.context.absolute_url()}/@substitutions",
            "items": [substitution_json(row) for row in reversed(rows)],
            "items_total": len(rows),
        }


def substitution_json(row: Substitution) -> dict[str, Any]:
    """A substitution as JSON; ``until`` is the last day it holds."""
    return {
        "id": row.id,
        "absent": row.absent,
        "absent_name": row.absent_name,
        "substitute": row.substitute,
        "substitute_name": row.substitute_name,
        "from": json_compatible(row.start),
        "until": json_compatible(row.last),
        "reason": row.reason,
        "recorded_by": row.recorded_by,
        "recorded_at": json_compatible(row.recorded_at),
        "ended_by": row.ended_by or None,
    }
