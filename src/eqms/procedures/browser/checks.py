"""What a procedure may be wrong about, told to those who write and review it."""

from eqms.documents.workflow import state_of
from eqms.domain.procedure_checks import Severity
from eqms.domain.revisions import OPEN
from eqms.procedures.blocking import blocking
from eqms.procedures.checked import findings_today
from eqms.procedures.telling import Telling
from plone.app.layout.viewlets.common import ViewletBase
from typing import Any
from typing import Final


MARKS: Final = {
    Severity.ERROR: "text-bg-danger",
    Severity.WARNING: "text-bg-warning",
    Severity.NOTE: "text-bg-secondary",
}


class ChecksPanel(ViewletBase):
    """Findings about a revision on its way to being in force, those in front that weigh most.

    Stands on the page of the revision and over its edit form.
    """

    def update(self) -> None:
        """Look for findings."""
        super().update()
        self.findings = self._findings() if state_of(self.context) in OPEN else []

    def _findings(self) -> list[dict[str, Any]]:
        telling = Telling(self.request)
        names = blocking()
        heaviest_first = list(MARKS)
        return [
            {
                "check": finding.name,
                "severity": telling.severity(finding),
                "mark": MARKS[finding.severity],
                "place": telling.place(finding),
                "sentence": telling.sentence(finding),
                "blocks": finding.name in names,
            }
            for finding in sorted(
                findings_today(self.context),
                key=lambda finding: heaviest_first.index(finding.severity),
            )
        ]
