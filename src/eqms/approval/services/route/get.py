"""``GET /{document}/@route`` and ``GET /{revision}/@route``."""

from Acquisition import aq_base
from Acquisition import aq_parent
from eqms.approval.overview import overview
from eqms.approval.overview import StepOverview
from eqms.approval.record import record_of
from eqms.approval.routes import plan_for_document
from eqms.domain.route_plan import data_of
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from typing import Any


class DocumentRouteGet(Service):
    """The document's own route, and the one its next revision will take."""

    def reply(self) -> dict[str, Any]:
        """``own`` is null where the document follows its agency."""
        own = getattr(aq_base(self.context), "_route_plan", None)
        return {
            "@id": f"{self.context.absolute_url()}/@route",
            "own": data_of(own) if own is not None else None,
            "route": data_of(plan_for_document(self.context)),
        }


class RevisionRouteGet(Service):
    """Where the revision stands: steps, whom they ask, and what became of it."""

    def reply(self) -> dict[str, Any]:
        """For those who may see the trail of the revision."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return {
            "@id": f"{self.context.absolute_url()}/@route",
            "document": aq_parent(self.context).absolute_url(),
            "round": record_of(self.context).round,
            "steps": [step_json(step) for step in overview(self.context)],
        }


def step_json(step: StepOverview) -> dict[str, Any]:
    """A step as JSON."""
    return {
        "id": step.id,
        "name": step.name,
        "phase": step.phase,
        "need": step.need,
        "stage": step.stage.value,
        "opened_at": json_compatible(step.opened_at),
        "due_on": json_compatible(step.due_on),
        "members": [
            {
                "person": asked.person,
                "name": asked.name,
                "outcome": asked.outcome,
                "moved_from": asked.moved_from,
            }
            for asked in step.members
        ],
    }
