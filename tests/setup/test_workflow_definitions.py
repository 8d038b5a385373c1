"""The workflow definitions say what the rules of the life cycle say."""

from eqms.domain.revisions import State
from eqms.domain.revisions import TRANSITIONS
from eqms.domain.revisions import Visibility
from eqms.domain.revisions import WRITABLE
from plone import api
import pytest


SWITCH = "eqms: Switch revision"

WRITING = (
    "Add portal content",
    "Copy or Move",
    "Delete objects",
    "Modify portal content",
    "WebDAV Lock items",
    "WebDAV Unlock items",
    "plone.app.contenttypes: Add File",
    "plone.app.contenttypes: Add Image",
)
ADMINISTERING = (
    "Change permissions",
    "Manage properties",
    "Modify view template",
    "Request review",
    "Review portal content",
    "Sharing page: Delegate roles",
    "Take ownership",
    "WebDAV access",
)
READING = ("Access contents information", "View")


@pytest.fixture
def revision_workflow(portal):
    return api.portal.get_tool("portal_workflow")["eqms_revision_workflow"]


@pytest.fixture
def document_workflow(portal):
    return api.portal.get_tool("portal_workflow")["eqms_document_workflow"]


def roles(workflow, state, permission):
    """Who holds a permission in a state; None if it is acquired."""
    held = workflow.states[state].getPermissionInfo(permission)
    return None if held["acquired"] else set(held["roles"])


class TestRevisions:
    def test_states(self, revision_workflow):
        assert set(revision_workflow.states.objectIds()) == set(State)
        assert revision_workflow.initial_state == State.DRAFT

    def test_transitions(self, revision_workflow):
        assert set(revision_workflow.transitions.objectIds()) == set(TRANSITIONS)

    @pytest.mark.parametrize("name", TRANSITIONS)
    def test_where_a_transition_leads_and_from_where(self, revision_workflow, name):
        transition = revision_workflow.transitions[name]
        sources = {
            state.getId()
            for state in revision_workflow.states.objectValues()
            if name in state.transitions
        }
        assert transition.new_state_id == TRANSITIONS[name].target
        assert sources == TRANSITIONS[name].sources

    @pytest.mark.parametrize("name", TRANSITIONS)
    def test_who_fires_it(self, revision_workflow, name):
        transition = revision_workflow.transitions[name]
        guard = transition.getGuard()
        assert bool(guard.permissions)
        assert (SWITCH in guard.permissions) is TRANSITIONS[name].internal
        assert len(guard.permissions) == 1 or not TRANSITIONS[name].internal
        assert transition.trigger_type == 1  # by a user or by code, never by itself
        assert not (guard.roles or guard.groups or guard.expr)
        if TRANSITIONS[name].internal:
            assert not transition.actbox_name

    def test_no_role_passes_a_guard_because_it_is_a_manager(self, revision_workflow):
        assert not revision_workflow.manager_bypass

    def test_every_permission_that_writes_is_managed(self, revision_workflow):
        managed = set(revision_workflow.permissions)
        assert managed == {*WRITING, *ADMINISTERING, *READING}

    @pytest.mark.parametrize("state", State)
    @pytest.mark.parametrize("permission", WRITING)
    def test_writing(self, revision_workflow, state, permission):
        allowed = {"Document Author", "Document Controller", "Manager"}
        held = roles(revision_workflow, state, permission)
        assert held is not None
        assert held <= (allowed if state in WRITABLE else set())

    @pytest.mark.parametrize("state", State)
    @pytest.mark.parametrize("permission", ADMINISTERING)
    def test_administering(self, revision_workflow, state, permission):
        assert roles(revision_workflow, state, permission) == set()

    @pytest.mark.parametrize("state", State)
    def test_reading(self, revision_workflow, state):
        held = roles(revision_workflow, state, "View")
        assert held == roles(revision_workflow, state, "Access contents information")
        if state is State.IN_FORCE:
            assert held is None
        else:
            assert not held & {"Anonymous", "Authenticated", "Member", "Owner", "Reader", "Editor"}
            assert "QMS Auditor" in held


class TestDocuments:
    def test_states(self, document_workflow):
        assert set(document_workflow.states.objectIds()) == set(Visibility)
        assert document_workflow.initial_state == Visibility.HIDDEN

    def test_every_transition_is_for_the_switch_alone(self, document_workflow):
        assert not document_workflow.manager_bypass
        for transition in document_workflow.transitions.objectValues():
            assert transition.getGuard().permissions == (SWITCH,)
            assert not transition.actbox_name

    @pytest.mark.parametrize("state", Visibility)
    def test_from_every_state_to_every_other(self, document_workflow, state):
        leads = {
            document_workflow.transitions[name].new_state_id
            for name in document_workflow.states[state].transitions
        }
        assert leads == set(Visibility) - {state}

    @pytest.mark.parametrize(
        ("state", "most"),
        [("hidden", set()), ("restricted", set()), ("internal", {"Member"}), ("public", None)],
    )
    def test_reading(self, document_workflow, state, most):
        held = roles(document_workflow, state, "View")
        assert held == roles(document_workflow, state, "Access contents information")
        common = {"Anonymous", "Authenticated", "Member", "Reader", "Contributor", "Owner"}
        assert held & common == ({"Anonymous"} if most is None else most)

    @pytest.mark.parametrize("state", Visibility)
    def test_writing(self, document_workflow, state):
        for permission in document_workflow.permissions:
            if permission in READING:
                continue
            held = roles(document_workflow, state, permission)
            assert held is not None
            assert not held & {"Anonymous", "Authenticated", "Member", "Owner"}
            if permission in ADMINISTERING:
                assert held == set()
