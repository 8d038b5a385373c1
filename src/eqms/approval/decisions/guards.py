"""An issued decision is what was signed: no channel changes or removes it, whoever asks."""

from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.approval.decisions.content import IssueDecision
from eqms.approval.decisions.entering import hash_of
from eqms.approval.decisions.rows import note
from eqms.approval.decisions.states import DRAFT
from eqms.approval.decisions.states import state_of
from eqms.documents.elevation import is_elevated
from eqms.documents.errors import forbidden
from OFS.interfaces import IObjectWillBeMovedEvent
from plone import api
from Products.CMFCore.interfaces import ISiteRoot
from Products.DCWorkflow.interfaces import IBeforeTransitionEvent
from typing import Any
from zope.lifecycleevent.interfaces import IObjectAddedEvent
from zope.lifecycleevent.interfaces import IObjectModifiedEvent
from zope.lifecycleevent.interfaces import IObjectRemovedEvent


def decision_moving(decision: IssueDecision, event: IObjectWillBeMovedEvent) -> None:
    """Being added, copied, moved, renamed or removed, itself or with something that contains it."""
    if ISiteRoot.providedBy(event.object):
        return
    places = {_agency(place) for place in (event.oldParent, event.newParent) if place is not None}
    if event.object is decision and (len(places) > 1 or None in places):
        raise forbidden(
            _(
                "error_decision_place",
                default="A decision stands in the folder of the agency that takes it.",
            )
        )
    if event.oldParent is None:
        if decision.rows or decision.dropped:
            raise forbidden(
                _("error_decision_copied", default="A decision cannot be copied. Add a new one.")
            )
    elif state_of(decision) != DRAFT:
        raise forbidden(
            _(
                "error_decision_kept",
                default="The decision was issued or cancelled and must be kept: neither it nor "
                "anything that contains it can be removed, renamed or moved.",
            )
        )


def decision_added(decision: IssueDecision, event: IObjectAddedEvent) -> None:
    """A new decision has a first row in its trail."""
    note(decision, "decision_added", title=decision.title)


def decision_modified(decision: IssueDecision, event: IObjectModifiedEvent) -> None:
    """Nothing of a decision is written once it is prepared no more."""
    if state_of(decision) == DRAFT:
        return
    if decision.content_hash != hash_of(decision):
        raise forbidden(
            _(
                "error_decision_closed",
                default="The decision was issued or cancelled. Nobody can change it any more.",
            )
        )


def decision_removed(decision: IssueDecision, event: IObjectRemovedEvent) -> None:
    """A draft that is given up leaves a row."""
    if not ISiteRoot.providedBy(event.object):
        note(decision, "decision_removed", title=decision.title)


def before_transition(decision: IssueDecision, event: IBeforeTransitionEvent) -> None:
    """Entering and cancelling have their own ways; nobody fires the transitions by hand."""
    if event.transition is not None and not is_elevated():
        raise forbidden(
            _(
                "error_internal_transition",
                default="This step follows from other ones. Nobody takes it by hand.",
            )
        )


def _agency(place: Any) -> str | None:
    agency = agency_of(place)
    return api.content.get_uuid(agency) if agency is not None else None
