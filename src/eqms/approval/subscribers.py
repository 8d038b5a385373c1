"""Routes follow the life cycle, whichever channel moves it."""

from eqms import _
from eqms.approval.labels import step_name
from eqms.approval.objections import principals
from eqms.approval.objections import REASONS
from eqms.approval.objections import refusal_for
from eqms.approval.progress import begin
from eqms.approval.progress import close
from eqms.approval.progress import preview
from eqms.approval.progress import stop
from eqms.approval.record import ApprovalRecord
from eqms.approval.record import record_of
from eqms.approval.routes import plan_for
from eqms.approval.separation import duties_of
from eqms.documents.content import IRevision
from eqms.documents.elevation import is_elevated
from eqms.documents.errors import forbidden
from eqms.documents.errors import told
from eqms.documents.interfaces import ISubmitCheck
from eqms.documents.workflow import fire
from eqms.domain import route as rules
from eqms.domain.revisions import State
from eqms.domain.route_plan import Kind
from eqms.domain.route_plan import Rule
from plone import api
from Products.CMFCore.interfaces import ISiteRoot
from Products.DCWorkflow.interfaces import IAfterTransitionEvent
from Products.DCWorkflow.interfaces import IBeforeTransitionEvent
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.lifecycleevent.interfaces import IObjectAddedEvent
from zope.lifecycleevent.interfaces import IObjectRemovedEvent


LEAVES = {
    "reject": "returned",
    "recall": "recalled",
    "lose_base": "new_base",
    "cancel_approval": "cancelled",
}
"""Transitions that take a revision off its route, and the reason that signatures bear then."""

UNIT_HEAD = Rule(Kind.FUNCTION, "unit_head")

ON_ROUTE = frozenset({State.IN_REVIEW, State.IN_APPROVAL, State.APPROVED})


def revision_added(revision: Any, event: IObjectAddedEvent) -> None:
    """Give a new revision its record, so that reading it later never writes."""
    if event.object is revision:
        revision._approval = ApprovalRecord()


def revision_removed(revision: Any, event: IObjectRemovedEvent) -> None:
    """Nobody is asked any more about a revision that goes away, with whatever contains it."""
    if not ISiteRoot.providedBy(event.object):
        close(revision, "removed")


def agency_added(agency: Any, event: IObjectAddedEvent) -> None:
    """A copied agency has neither the routes of the original nor its waivers."""
    agency._route_plans = {}
    agency._waivers = ()


@implementer(ISubmitCheck)
@adapter(IRevision)
class RouteCheck:
    """A revision that nobody could review and approve is not submitted."""

    def __init__(self, revision: Any) -> None:
        self.revision = revision

    def problems(self) -> list[str]:
        """Say which step lacks a person who may sign it."""
        duties = duties_of(self.revision, also=api.user.get_current().getId())
        plan = plan_for(self.revision)
        stuck = rules.unsatisfiable(preview(self.revision, plan), duties)
        if not stuck:
            return []
        steps = [plan.step(step.id) for step in stuck]
        names = ", ".join(map(step_name, steps))
        if self.revision.unit is None and any(UNIT_HEAD in step.members for step in steps):
            return [
                told(
                    _(
                        "error_route_no_unit",
                        default="The head of the drafting unit decides about: ${steps}. Choose the "
                        "drafting unit in the revision.",
                        mapping={"steps": names},
                    )
                )
            ]
        return [
            told(
                _(
                    "error_route_stuck",
                    default="Nobody is left for: ${steps}. Whoever wrote in the revision may not "
                    "sign it, and nobody signs twice. Ask the document controller to put people "
                    "in the groups of the agency, or to change the route.",
                    mapping={"steps": names},
                )
            )
        ]


def before_transition(revision: Any, event: IBeforeTransitionEvent) -> None:
    """Only who may sign the open step returns a revision."""
    if event.transition is None or event.transition.id != "reject" or is_elevated():
        return
    person = api.user.get_current().getId()
    if not principals(revision, person):
        raise forbidden(REASONS[refusal_for(revision, person)])


def after_transition(revision: Any, event: IAfterTransitionEvent) -> None:
    """Begin the route on submission; close tasks and signatures when the revision leaves it."""
    if event.transition is None:
        return
    if event.transition.id == "submit":
        phase = begin(revision, plan_for(revision), duties_of(revision))
        if phase == "approval":
            fire(revision, "confirm_review", event.kwargs.get("comment") or "")
    elif event.transition.id in LEAVES:
        stop(revision, LEAVES[event.transition.id])
    elif State(event.new_state.id) not in ON_ROUTE:
        record_of(revision).running = False
