"""``GET /@workflow-inspector`` and ``GET /@workflow-inspector/{id}``."""

from dataclasses import asdict
from eqms.domain.workflow_checks import Finding
from eqms.domain.workflow_graph import State
from eqms.domain.workflow_graph import Transition
from eqms.domain.workflow_graph import Workflow
from eqms.workflows.drawing import svg
from eqms.workflows.inspection import Inspected
from eqms.workflows.inspection import Inspection
from eqms.workflows.wording import message_of
from plone.restapi.services import Service
from typing import Any
from zExceptions import NotFound
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse


@implementer(IPublishTraverse)
class InspectorGet(Service):
    """All workflows with their findings, or one of them whole, with its picture."""

    def __init__(self, context: Any, request: Any) -> None:
        super().__init__(context, request)
        self.asked: list[str] = []

    def publishTraverse(self, request: Any, name: str) -> "InspectorGet":
        """Take the id after the service's name."""
        self.asked.append(name)
        return self

    def reply(self) -> dict[str, Any]:
        """The list, or the workflow asked for."""
        inspection = Inspection()
        if not self.asked:
            return self._listing(inspection)
        if len(self.asked) > 1:
            raise NotFound("/".join(self.asked))
        return self._whole(inspection[self.asked[0]])

    def _listing(self, inspection: Inspection) -> dict[str, Any]:
        items = [self._summary(item) for item in inspection.workflows]
        return {
            "@id": self._address(),
            "items": items,
            "items_total": len(items),
            "findings": [_finding(finding) for finding in inspection.findings],
        }

    def _summary(self, inspected: Inspected) -> dict[str, Any]:
        workflow = inspected.workflow
        return {
            "@id": f"{self._address()}/{workflow.id}",
            "id": workflow.id,
            "title": workflow.title,
            "types": workflow.types,
            "findings": [_finding(finding) for finding in inspected.findings],
        }

    def _whole(self, inspected: Inspected) -> dict[str, Any]:
        workflow = inspected.workflow
        return self._summary(inspected) | {
            "initial_state": workflow.initial,
            "manager_bypass": workflow.manager_bypass,
            "permissions": workflow.permissions,
            "states": [_state(workflow, state) for state in workflow.states],
            "transitions": [_transition(inspected, item) for item in workflow.transitions],
            "content": dict(workflow.content),
            "svg": svg(workflow, inspected.site),
        }

    def _address(self) -> str:
        return f"{self.context.absolute_url()}/@workflow-inspector"


def _state(workflow: Workflow, state: State) -> dict[str, Any]:
    return {
        "id": state.id,
        "title": state.title,
        "transitions": state.exits,
        "permissions": {
            name: {"roles": sorted(grant.roles), "acquired": grant.acquired}
            for name, grant in state.grants.items()
        },
        "content": workflow.content.get(state.id, 0),
    }


def _transition(inspected: Inspected, transition: Transition) -> dict[str, Any]:
    sources = inspected.workflow.sources(transition)
    return {
        "id": transition.id,
        "title": transition.title,
        "target": transition.target or None,
        "automatic": transition.automatic,
        "internal": inspected.is_internal(transition),
        "guard": asdict(transition.guard),
        "who": {state.id: inspected.who(state, transition) for state in sources},
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "severity": finding.severity,
        "kind": finding.kind,
        "subject": finding.subject,
        "message": message_of(finding),
    }
