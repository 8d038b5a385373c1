"""Members of opened steps see the revision while it is on its way; nobody else gains anything."""

from cast import acting
from cast import add_document
from cast import PASSWORD
from datetime import timedelta
from eqms.approval import actions
from eqms.approval import substitution
from eqms.approval.localroles import ROUTE_MEMBER
from eqms.documents.dates import site_zone
from eqms.domain.clock import today
from eqms.domain.route_plan import plan_of
from plone import api
from zExceptions import BadRequest
from zExceptions import Forbidden
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest
import pytest


VIEW, TRAIL = "View", "eqms: View trail"
WRITING = ("Modify portal content", "Add portal content", "Delete objects", "eqms: Manage routes")


@pytest.fixture
def draft(agency):
    """A draft whose route asks a person outside of the groups first, then the approver."""
    document = add_document(agency)
    document._route_plan = plan_of(
        {
            "steps": [
                {"phase": "review", "members": ["person:member", "person:reviewer"]},
                {"phase": "approval", "members": ["function:approvers"]},
            ]
        }
    )
    return document["rev-1"]


def may(person, permission, item):
    # Roles are remembered for the length of a request; each question here is one of its own.
    IAnnotations(getRequest()).clear()
    return api.user.has_permission(permission, username=person, obj=item)


def submit(draft):
    with acting("author"):
        actions.transition(draft, "submit")


def test_before_it_is_submitted_nobody_sees_it(draft):
    assert not may("member", VIEW, draft)


def test_a_member_sees_the_revision_and_its_trail(draft):
    submit(draft)
    assert may("member", VIEW, draft)
    assert may("member", TRAIL, draft)
    assert not any(may("member", permission, draft) for permission in WRITING)
    document = draft.__parent__
    assert not may("member", VIEW, document)
    assert not may("member", TRAIL, document)


def test_a_member_signs_or_returns(draft):
    submit(draft)
    with acting("member"):
        actions.transition(draft, "reject", "Thiếu biểu mẫu")
    assert not may("member", VIEW, draft)
    submit(draft)
    with acting("member"):
        actions.sign(draft, "review", PASSWORD)
    assert api.content.get_state(draft) == "in_approval"
    assert may("member", VIEW, draft)
    with acting("member"), pytest.raises(Forbidden):
        actions.transition(draft, "reject", "chậm quá")


def test_members_of_later_steps_see_nothing_yet(draft):
    draft.__parent__._route_plan = plan_of(
        {
            "steps": [
                {"phase": "review", "members": ["function:reviewers"]},
                {"phase": "approval", "members": ["person:member"]},
            ]
        }
    )
    submit(draft)
    assert not may("member", VIEW, draft)
    with acting("reviewer"):
        actions.sign(draft, "review", PASSWORD)
    assert may("member", VIEW, draft)


def test_in_force_the_part_is_over(draft):
    submit(draft)
    with acting("member"):
        actions.sign(draft, "review", PASSWORD)
    with acting("approver"):
        actions.sign(draft, "approval", PASSWORD)
    assert not may("member", TRAIL, draft)
    assert may("member", VIEW, draft)  # as everybody: it is public


def test_a_substitute_sees_it_while_the_substitution_holds(draft):
    submit(draft)
    api.user.create(username="helper", email="h@example.vn", password=PASSWORD)
    day = today(site_zone())
    with acting("member"):
        row = substitution.record("member", "helper", day, day, "Họp")
    assert may("helper", VIEW, draft)
    with acting("member"):
        substitution.end("member", row.id, day - timedelta(1))
    assert not may("helper", VIEW, draft)


def test_outside_the_route_nobody_gains(agency, draft):
    submit(draft)
    other = add_document(agency, code="QT 02/CX-HCTP", title="Khác")["rev-1"]
    with acting("author"):
        actions.transition(other, "submit")
    assert not may("member", VIEW, other)
    api.user.create(username="stranger", email="s@example.vn", password=PASSWORD)
    assert not may("stranger", VIEW, draft)
    holders = {
        person
        for person in ("author", "reviewer", "approver", "controller", "member", "stranger")
        if ROUTE_MEMBER in api.user.get_roles(username=person, obj=draft)
    }
    assert holders == {"member", "reviewer"}


def test_the_catalog_knows(draft):
    def found_by(person):
        with acting(person):
            catalog = api.portal.get_tool("portal_catalog")
            return [brain.getId for brain in catalog.searchResults(UID=draft.UID())]

    assert found_by("member") == []
    submit(draft)
    assert found_by("member") == ["rev-1"]
    with acting("author"):
        actions.transition(draft, "recall", "sửa lại")
    assert found_by("member") == []


def test_a_group_named_as_a_member_gains_nothing_by_its_name(agency, draft):
    draft.__parent__._route_plan = plan_of(
        {"steps": [{"phase": "approval", "members": [f"person:{agency.group_ids['authors']}"]}]}
    )
    with acting("author"), pytest.raises(BadRequest):
        actions.transition(draft, "submit")
