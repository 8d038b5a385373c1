"""``GET /{revision}/@checks``."""

from eqms.domain.procedure_checks import Finding
from eqms.procedures.blocking import blocking
from eqms.procedures.checked import findings_today
from eqms.procedures.telling import Telling
from plone.restapi.services import Service
from typing import Any


class ChecksGet(Service):
    """Findings of today, in whatever state the revision is."""

    def reply(self) -> dict[str, Any]:
        """A list of findings, in the order of the checks."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        self._names = blocking()
        self._telling = Telling(self.request)
        return {
            "@id": f"{self.context.absolute_url()}/@checks",
            "items": [self._as_json(finding) for finding in findings_today(self.context)],
        }

    def _as_json(self, finding: Finding) -> dict[str, Any]:
        row = finding.place.row
        return {
            "check": finding.name,
            "severity": finding.severity.value,
            "message": self._telling.sentence(finding),
            "place": {"field": finding.place.field, "row": None if row is None else row + 1},
            "where": self._telling.place(finding),
            "blocks": finding.name in self._names,
        }
