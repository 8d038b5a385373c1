"""What a procedure may be wrong about, told to those who write and review it."""

from eqms import _
from eqms.documents.workflow import state_of
from eqms.domain.durations import Duration
from eqms.domain.durations import parse_quantity
from eqms.domain.procedure_checks import overruns
from eqms.domain.revisions import OPEN
from eqms.procedures.browser.wording import Wording
from eqms.procedures.steps import durations
from plone.app.layout.viewlets.common import ViewletBase
from typing import Any
from zope.i18nmessageid import Message


class ChecksPanel(ViewletBase):
    """Findings about a revision on its way to being in force; they hinder nothing."""

    def update(self) -> None:
        """Look for findings."""
        super().update()
        self.findings = self._findings() if state_of(self.context) in OPEN else []

    def _findings(self) -> list[Message]:
        scenarios = self.context.scenarios or []
        steps = [durations(step, scenarios) for step in self.context.steps or []]
        wording = Wording(self.request)
        return [
            _(
                "finding_overrun",
                default="The steps take ${total} in all, but the time limit is ${limit}${case}.",
                mapping={
                    "total": wording.duration(found.total, found.limit.unit),
                    "limit": wording.duration(found.limit.value, found.limit.unit),
                    "case": _in_case(scenarios[found.scenario]),
                },
            )
            for found in overruns([_limit(scenario) for scenario in scenarios], steps)
        ]


def _limit(scenario: dict[str, Any]) -> Duration | None:
    value = parse_quantity(scenario.get("value") or "")
    return None if value is None else Duration(value, scenario.get("unit") or "working_day", "")


def _in_case(scenario: dict[str, Any]) -> str:
    return f" ({scenario['label']})" if scenario.get("label") else ""
