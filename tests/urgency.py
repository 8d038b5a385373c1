"""A normal and an urgent revision of one document, both waiting for their last signature.

Each function gets the root of the site and what names things in it, so that threads and processes
can be told to call it.
"""

from cast import acting
from cast import add_document
from cast import PASSWORD
from eqms.approval import actions
from eqms.approval.record import record_of
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.workflow import state_of
from eqms.domain.revisions import Kind
from eqms.domain.revisions import State
from eqms.domain.route_plan import PlanStep
from eqms.domain.route_plan import RoutePlan
from eqms.domain.route_plan import Rule
from soundness import assert_sound


APPROVERS = ("approver", "controller")

PLAN = RoutePlan(
    (PlanStep("approval", "approval", tuple(Rule.parse(f"person:{who}") for who in APPROVERS)),)
)
"""One signature of any of two people decides."""


def issue_first(portal, agency, code):
    """A document with its first revision in force; returns its path."""
    document = add_document(portal[agency], code=code)
    document._route_plan = PLAN
    submit(document["rev-1"])
    with acting("approver"):
        actions.sign(document["rev-1"], "approval", PASSWORD)
    return "/".join(document.getPhysicalPath())


def open_both(portal, path):
    """Submit the next revision of each kind; returns their ids."""
    document = portal.unrestrictedTraverse(path)
    return [open_one(document, kind) for kind in Kind]


def open_next(portal, path):
    """Submit the next revision; returns its id."""
    return open_one(portal.unrestrictedTraverse(path), Kind.NORMAL)


def open_one(document, kind):
    with acting("author"):
        draft = revise(document, kind=kind)
        draft.amendments = [{"number": number_of(draft), "summary": "Sửa", "ground": "NQ 10"}]
    submit(draft)
    return draft.getId()


def submit(draft):
    with acting("author"):
        actions.transition(draft, "submit")


def approve(portal, path, name):
    """Give the last signature, as the person who acts."""
    actions.sign(portal.unrestrictedTraverse(path)[name], "approval", PASSWORD)


def assert_one_won(portal, path, names, outcomes):
    """The approval that came first holds; the other was refused, and its revision has lost its
    base: a draft again, without a standing signature. It is given up, for the next round."""
    document = portal.unrestrictedTraverse(path)
    assert_sound(document)
    assert sorted(outcome.done for outcome in outcomes) == [False, True]
    [won] = [name for name, outcome in zip(names, outcomes, strict=True) if outcome.done]
    [lost] = set(names) - {won}
    assert register_of(document).in_force.id == won
    assert state_of(document[lost]) is State.DRAFT
    assert {row.invalid_reason for row in record_of(document[lost]).signatures} <= {"new_base"}
    with acting("author"):
        actions.transition(document[lost], "withdraw", "nền đã được thay thế")
