"""``@@workflow-inspector``: all workflows with what looks wrong, and one of them drawn."""

from eqms.domain.workflow_checks import Finding
from eqms.domain.workflow_checks import Severity
from eqms.domain.workflow_graph import State
from eqms.domain.workflow_graph import Transition
from eqms.domain.workflow_graph import Workflow
from eqms.workflows.drawing import svg
from eqms.workflows.inspection import Inspected
from eqms.workflows.inspection import Inspection
from eqms.workflows.wording import message_of
from eqms.workflows.wording import place_of
from eqms.workflows.wording import SEVERITIES
from functools import cached_property
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from typing import Final
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


BADGES: Final = {
    Severity.ERROR: "text-bg-danger",
    Severity.WARNING: "text-bg-warning",
    Severity.NOTE: "text-bg-info",
}


@implementer(IPublishTraverse)
class InspectorView(BrowserView):
    """For administrators and auditors; it changes nothing."""

    listing = ViewPageTemplateFile("workflows.pt")
    page = ViewPageTemplateFile("workflow.pt")

    asked = ""

    def publishTraverse(self, request: Any, name: str) -> "InspectorView":
        """Take the id of a workflow after the name of the page.

        :raises NotFound: if there is more than that
        """
        if self.asked:
            raise NotFound(name)
        self.asked = name
        return self

    def __call__(self) -> str:
        """The list, or the page of a workflow."""
        if not self.asked:
            return str(self.listing())
        self.inspected = self.inspection[self.asked]
        return str(self.page())

    @cached_property
    def inspection(self) -> Inspection:
        """What was read from the site."""
        return Inspection()

    @property
    def address(self) -> str:
        """Address of the list."""
        return f"{self.context.absolute_url()}/@@workflow-inspector"

    def rows(self) -> list[dict[str, Any]]:
        """A line for each workflow."""
        return [
            {
                "title": item.workflow.title,
                "id": item.workflow.id,
                "url": f"{self.address}/{item.workflow.id}",
                "types": ", ".join(item.workflow.types),
                "badges": _badges(item.findings),
            }
            for item in self.inspection.workflows
        ]

    def site_findings(self) -> list[dict[str, Any]]:
        """What looks wrong with no workflow in particular."""
        return [_finding(finding, None) for finding in self.inspection.findings]

    @property
    def workflow(self) -> Workflow:
        """The workflow that the page is about."""
        return self.inspected.workflow

    @property
    def drawing(self) -> str:
        """The picture: markup made here, all texts in it escaped."""
        return svg(self.workflow, self.inspected.site)

    def findings(self) -> list[dict[str, Any]]:
        """What looks wrong in the workflow."""
        return [_finding(finding, self.workflow) for finding in self.inspected.findings]

    def states(self) -> list[dict[str, Any]]:
        """Each state with its table of permissions and roles."""
        return [_state(self.workflow, state) for state in self.workflow.states]

    def transitions(self) -> list[dict[str, Any]]:
        """A line for each transition."""
        return [_transition(self.inspected, item) for item in self.workflow.transitions]


def _badges(findings: list[Finding]) -> list[dict[str, Any]]:
    counts = {
        severity: sum(finding.severity is severity for finding in findings) for severity in Severity
    }
    return [
        {"title": SEVERITIES[severity], "style": BADGES[severity], "count": count}
        for severity, count in counts.items()
        if count
    ]


def _finding(finding: Finding, workflow: Workflow | None) -> dict[str, Any]:
    return {
        "severity": SEVERITIES[finding.severity],
        "style": BADGES[finding.severity],
        "place": place_of(finding, workflow),
        "message": message_of(finding),
    }


def _state(workflow: Workflow, state: State) -> dict[str, Any]:
    roles = sorted({role for grant in state.grants.values() for role in grant.roles})
    return {
        "id": state.id,
        "title": state.title,
        "initial": state.id == workflow.initial,
        "content": workflow.content.get(state.id, 0),
        "roles": roles,
        "permissions": [
            {
                "name": name,
                "acquired": grant.acquired,
                "held": [role in grant.roles for role in roles],
                "nobody": not grant.roles and not grant.acquired,
            }
            for name, grant in sorted(state.grants.items())
        ],
    }


def _transition(inspected: Inspected, transition: Transition) -> dict[str, Any]:
    workflow = inspected.workflow
    target = workflow.state(transition.target)
    sources = workflow.sources(transition)
    return {
        "id": transition.id,
        "title": transition.title,
        "sources": [state.title for state in sources],
        "target": target.title if target is not None else transition.target,
        "automatic": transition.automatic,
        "internal": inspected.is_internal(transition),
        "guard": transition.guard,
        "who": _who(inspected, sources, transition),
    }


def _who(
    inspected: Inspected, sources: list[State], transition: Transition
) -> list[dict[str, str]]:
    """Roles; state by state only where the states differ."""
    roles = {state.title: ", ".join(inspected.who(state, transition)) for state in sources}
    if len(set(roles.values())) == 1:
        return [{"state": "", "roles": next(iter(roles.values()))}]
    return [{"state": state, "roles": names} for state, names in roles.items()]
