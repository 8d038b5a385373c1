"""``@@checks`` of an agency: what the checks find in all its procedures."""

from eqms.documents.labels import STATES
from eqms.domain.procedure_checks import SEVERITIES
from eqms.domain.revisions import State
from eqms.procedures.browser.checks import MARKS
from eqms.procedures.finding_words import SEVERITY_TITLES
from eqms.procedures.finding_words import TITLES
from eqms.procedures.quality import asked_for
from eqms.procedures.quality import Line
from eqms.procedures.quality import report_on
from plone.batching import Batch
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from typing import Final
from urllib.parse import urlencode


_SIZE: Final = 50


class ChecksReport(BrowserView):
    """How often each check finds something, and the procedures, a page at a time."""

    template = ViewPageTemplateFile("report.pt")

    def __call__(self) -> str:
        """The page."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        self.check = asked_for(self.request)
        self.report = report_on(self.context, self.check)
        start = self.request.form.get("b_start") or "0"
        self.batch = Batch(self.report.lines, _SIZE, int(start) if str(start).isdecimal() else 0)
        return str(self.template())

    def counts(self) -> list[dict[str, Any]]:
        """A row for each check that finds something, those in front that weigh most."""
        return [
            {
                "title": TITLES[name],
                "severity": SEVERITY_TITLES[severity],
                "mark": mark,
                "count": self.report.counts[name],
                "url": f"{self.context.absolute_url()}/@@checks?{urlencode({'check': name})}",
                "current": name == self.check,
            }
            for severity, mark in MARKS.items()
            for name, own in SEVERITIES.items()
            if own is severity and name in self.report.counts
        ]

    def rows(self) -> list[dict[str, Any]]:
        """The procedures of this page."""
        return [self._row(line) for line in self.batch]

    def _row(self, line: Line) -> dict[str, Any]:
        return {
            "url": line.url,
            "code": line.code,
            "title": line.title,
            "number": line.number,
            "state": STATES[State(line.state)],
            "checks": [TITLES[name] for name in line.checks],
        }
