"""``GET /{agency}/@checks``."""

from eqms.domain.procedure_checks import SEVERITIES
from eqms.procedures.quality import asked_for
from eqms.procedures.quality import Line
from eqms.procedures.quality import report_on
from plone.restapi.batching import HypermediaBatch
from plone.restapi.services import Service
from typing import Any


class AgencyChecksGet(Service):
    """The report on an agency: how often each check finds something, and where, in batches."""

    def reply(self) -> dict[str, Any]:
        """Counts of all, lines of one batch."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        report = report_on(self.context, asked_for(self.request))
        batch = HypermediaBatch(self.request, report.lines)
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "revisions": report.revisions,
            "counts": [
                {"check": name, "severity": SEVERITIES[name].value, "count": count}
                for name, count in report.counts.items()
            ],
            "items": [_as_json(line) for line in batch],
            "items_total": batch.items_total,
        }
        if batch.links:
            result["batching"] = batch.links
        return result


def _as_json(line: Line) -> dict[str, Any]:
    return {
        "@id": line.url,
        "code": line.code,
        "title": line.title,
        "number": line.number,
        "review_state": line.state,
        "checks": list(line.checks),
    }
