"""Routes follow the life cycle, whichever channel moves it."""

from eqms import _
from eqms.approval.actions import PHASE_NAMES
from eqms.approval.actions import REASONS
from eqms.approval.actions import refusal_for
from eqms.approval.interfaces import IRouteSource
from eqms.approval.record import ApprovalRecord
from eqms.approval.record import record_of
from eqms.documents.content import IRevision
from eqms.documents.elevation import is_elevated
from eqms.documents.errors import forbidden
from eqms.documents.errors import told
from eqms.documents.interfaces import ISubmitCheck
from eqms.domain import route as rules
from eqms.domain.clock import now
from eqms.domain.route import RouteError
from plone import api
from Products.DCWorkflow.interfaces import IAfterTransitionEvent
from Products.DCWorkflow.interfaces import IBeforeTransitionEvent
from typing import Any
from zope.component import adapter
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface import implementer
from zope.lifecycleevent.interfaces import IObjectAddedEvent


INVALIDATES = {"reject": "returned", "recall": "recalled", "lose_base": "new_base"}


def revision_added(revision: Any, event: IObjectAddedEvent) -> None:
    """Give a new revision its record, so that reading it later never writes."""
    if event.object is revision:
        revision._approval = ApprovalRecord()


@implementer(ISubmitCheck)
@adapter(IRevision)
class RouteCheck:
    """A revision that nobody could review and approve is not submitted."""

    def __init__(self, revision: Any) -> None:
        self.revision = revision

    def problems(self) -> list[str]:
        """Say which step lacks a person who did not write in the revision."""
        try:
            route = IRouteSource(self.revision).route()
        except RouteError:
            message = _(
                "error_route_empty",
                default="The agency needs at least one reviewer and one approver. Ask the "
                "administrator to put people in its groups.",
            )
            return [translate(message, context=getRequest())]
        authors = frozenset((*self.revision.saved_by, api.user.get_current().getId()))
        stuck = rules.unsatisfiable(route, authors)
        if not stuck:
            return []
        message = _(
            "error_route_stuck",
            default="Nobody is left for: ${steps}. Whoever wrote in the revision may not sign it, "
            "and nobody signs twice.",
            mapping={"steps": ", ".join(told(PHASE_NAMES[step.phase]) for step in stuck)},
        )
        return [translate(message, context=getRequest())]


def before_transition(revision: Any, event: IBeforeTransitionEvent) -> None:
    """Only a member of the open step returns a revision."""
    if event.transition is None or event.transition.id != "reject" or is_elevated():
        return
    refused = refusal_for(revision, api.user.get_current().getId())
    if refused is not None:
        raise forbidden(REASONS[refused])


def after_transition(revision: Any, event: IAfterTransitionEvent) -> None:
    """Begin the route on submission; make signatures invalid when the draft comes back."""
    if event.transition is None:
        return
    if event.transition.id == "submit":
        record_of(revision).begin(IRouteSource(revision).route())
    elif event.transition.id in INVALIDATES:
        record_of(revision).invalidate(now(), INVALIDATES[event.transition.id])
