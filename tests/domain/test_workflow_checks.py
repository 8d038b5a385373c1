"""Each mistake a workflow can have, made one at a time in a workflow that has none."""

from dataclasses import replace
from eqms.domain.workflow_checks import findings
from eqms.domain.workflow_checks import Kind
from eqms.domain.workflow_checks import Severity
from eqms.domain.workflow_checks import unbound
from eqms.domain.workflow_graph import Grant
from eqms.domain.workflow_graph import Guard
from eqms.domain.workflow_graph import holders
from eqms.domain.workflow_graph import is_internal
from eqms.domain.workflow_graph import reachable
from eqms.domain.workflow_graph import Site
from eqms.domain.workflow_graph import State
from eqms.domain.workflow_graph import Transition
from eqms.domain.workflow_graph import who
from eqms.domain.workflow_graph import Workflow
import pytest


MODIFY = "Modify portal content"
AUTHORS = Grant(frozenset({"Author"}))
NOBODY = Grant()

SITE = Site(
    roles=frozenset({"Anonymous", "Authenticated", "Author", "Approver", "Manager"}),
    held=frozenset({"Anonymous", "Authenticated", "Author", "Approver", "Manager"}),
    permissions={
        "Draft": frozenset({"Author"}),
        "Switch": frozenset(),
        MODIFY: frozenset({"Manager"}),
    },
)

SOUND = Workflow(
    id="paper",
    title="Paper",
    initial="draft",
    states=(
        State("draft", "Draft", ("issue",), {MODIFY: AUTHORS}),
        State("issued", "Issued", ("end",), {MODIFY: NOBODY}),
        State("ended", "Ended", (), {MODIFY: NOBODY}),
    ),
    transitions=(
        Transition("issue", "Issue", "issued", Guard(permissions=("Draft",))),
        Transition("end", "End", "ended", Guard(permissions=("Switch",))),
    ),
    permissions=(MODIFY,),
    final=frozenset({"ended"}),
)


def altered_state(name, **changes):
    states = tuple(
        replace(state, **changes) if state.id == name else state for state in SOUND.states
    )
    return replace(SOUND, states=states)


def altered_transition(name, **changes):
    transitions = tuple(
        replace(item, **changes) if item.id == name else item for item in SOUND.transitions
    )
    return replace(SOUND, transitions=transitions)


UNUSED = Transition("x", "X", "draft", Guard(permissions=("Draft",)))

BROKEN = {
    "initial_state_missing": (replace(SOUND, initial="start"), Kind.WORKFLOW, "paper"),
    "state_unreachable": (
        replace(SOUND, states=(*SOUND.states, State("lost", "Lost", ("end",), {MODIFY: NOBODY}))),
        Kind.STATE,
        "lost",
    ),
    "transition_to_nowhere": (
        altered_transition("end", target="archived"),
        Kind.TRANSITION,
        "end",
    ),
    "exit_unknown": (altered_state("issued", exits=("end", "burn")), Kind.STATE, "issued"),
    "state_without_exit": (replace(SOUND, final=frozenset()), Kind.STATE, "ended"),
    "transition_unused": (
        replace(SOUND, transitions=(*SOUND.transitions, UNUSED)),
        Kind.TRANSITION,
        "x",
    ),
    "guard_open": (altered_transition("issue", guard=Guard()), Kind.TRANSITION, "issue"),
    "role_unknown": (
        altered_state("draft", grants={MODIFY: Grant(frozenset({"Author", "Scribe"}))}),
        Kind.ROLE,
        "Scribe",
    ),
    "permission_unset": (altered_state("issued", grants={}), Kind.STATE, "issued"),
    "permission_acquired": (
        altered_state("issued", grants={MODIFY: Grant(acquired=True)}),
        Kind.STATE,
        "issued",
    ),
    "permission_unmanaged": (
        altered_state("issued", grants={MODIFY: NOBODY, "View": AUTHORS}),
        Kind.STATE,
        "issued",
    ),
    "write_after_start": (altered_state("issued", grants={MODIFY: AUTHORS}), Kind.STATE, "issued"),
    "content_stranded": (replace(SOUND, content={"draft": 2, "sent": 3}), Kind.STATE, "sent"),
}


def found(workflow, site=SITE):
    return {(item.id, item.kind, item.subject) for item in findings(workflow, site)}


def test_nothing_is_found_in_a_sound_workflow():
    assert findings(SOUND, SITE) == []


@pytest.mark.parametrize("name", BROKEN)
def test_the_mistake_is_found(name):
    workflow, kind, subject = BROKEN[name]
    assert (name, kind, subject) in found(workflow)


@pytest.mark.parametrize("name", ["guard_open", "permission_unmanaged", "transition_unused"])
def test_and_nothing_else(name):
    workflow, kind, subject = BROKEN[name]
    assert found(workflow) == {(name, kind, subject)}


def test_a_guard_names_a_role_that_does_not_exist():
    workflow = altered_transition("issue", guard=Guard(roles=("Scribe",)))
    assert ("role_unknown", Kind.ROLE, "Scribe") in found(workflow)


class TestRoleWithoutHolder:
    site = replace(SITE, held=SITE.held - {"Author"})

    def test_a_step_that_nobody_can_take(self):
        (finding,) = findings(SOUND, self.site)
        assert (finding.id, finding.subject) == ("role_without_holder", "Author")
        assert finding.severity is Severity.WARNING

    def test_somebody_else_can_take_it(self):
        workflow = altered_transition("issue", guard=Guard(permissions=("Draft", MODIFY)))
        site = replace(
            self.site, permissions={**SITE.permissions, "Draft": frozenset({"Author", "Approver"})}
        )
        (finding,) = findings(workflow, site)
        assert (finding.subject, finding.severity) == ("Author", Severity.NOTE)

    def test_it_says_so_when_it_could_not_look_everywhere(self):
        (finding,) = findings(SOUND, replace(self.site, searched_all=False))
        assert finding.id == "role_holder_not_found"

    def test_a_step_left_to_the_software_misses_nobody(self):
        assert findings(SOUND, replace(SITE, held=SITE.held - {"Approver"})) == []


def test_what_matters_most_comes_first():
    workflow = replace(altered_transition("end", target="archived"), content={"sent": 1})
    severities = [finding.severity for finding in findings(workflow, SITE)]
    assert severities == sorted(severities, key=list(Severity).index)
    assert severities[0] is Severity.ERROR


def test_types_bound_to_nothing():
    chains = {"Letter": ("paper",), "Note": ("paper", "gone"), "Photo": ()}
    (finding,) = unbound(chains, ["paper"])
    assert (finding.id, finding.kind, finding.subject) == (
        "type_bound_to_nothing",
        Kind.TYPE,
        "Note",
    )
    assert finding.details == {"workflow": "gone"}


class TestWho:
    def step(self, **changes):
        workflow = altered_transition("issue", **changes)
        return workflow, workflow.state("draft"), workflow.transition("issue")

    def test_whoever_holds_one_of_the_permissions(self):
        assert who(*self.step(guard=Guard(permissions=("Draft", "Switch"))), SITE) == {"Author"}

    def test_and_one_of_the_roles(self):
        guard = Guard(permissions=("Draft",), roles=("Author", "Approver"))
        assert who(*self.step(guard=guard), SITE) == {"Author"}

    def test_without_a_permission_the_roles_alone(self):
        assert who(*self.step(guard=Guard(roles=("Approver",))), SITE) == {"Approver"}

    def test_an_open_guard_stops_nobody(self):
        assert who(*self.step(guard=Guard()), SITE) == {"Anonymous"}

    def test_a_manager_where_guards_do_not_stop_one(self):
        workflow, state, transition = self.step(guard=Guard(permissions=("Switch",)))
        workflow = replace(workflow, manager_bypass=True)
        assert who(workflow, state, transition, SITE) == {"Manager"}
        assert not is_internal(workflow, transition, SITE)

    def test_the_state_decides_on_a_permission_that_is_managed(self):
        draft, issued, _ = SOUND.states
        assert holders(SOUND, draft, MODIFY, SITE) == {"Author"}
        assert holders(SOUND, issued, MODIFY, SITE) == frozenset()

    def test_and_adds_to_the_folder_where_it_acquires(self):
        workflow = altered_state("draft", grants={MODIFY: replace(AUTHORS, acquired=True)})
        assert holders(workflow, workflow.states[0], MODIFY, SITE) == {"Author", "Manager"}


def test_internal_is_what_no_role_may_do():
    assert is_internal(SOUND, SOUND.transition("end"), SITE)
    assert not is_internal(SOUND, SOUND.transition("issue"), SITE)


def test_what_can_be_reached():
    assert reachable(SOUND) == {"draft", "issued", "ended"}
    assert reachable(replace(SOUND, initial="issued")) == {"issued", "ended"}
    assert reachable(replace(SOUND, initial="start")) == frozenset()
