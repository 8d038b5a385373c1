"""What looks wrong in a workflow: mistakes that the software would carry out without a word."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from enum import StrEnum
from eqms.domain.workflow_graph import Grant
from eqms.domain.workflow_graph import holders
from eqms.domain.workflow_graph import reachable
from eqms.domain.workflow_graph import Site
from eqms.domain.workflow_graph import State
from eqms.domain.workflow_graph import who
from eqms.domain.workflow_graph import Workflow
from typing import Final


class Severity(StrEnum):
    """How much a finding matters; in the order in which they are shown."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Kind(StrEnum):
    """What a finding is about."""

    WORKFLOW = "workflow"
    STATE = "state"
    TRANSITION = "transition"
    ROLE = "role"
    TYPE = "type"


@dataclass(frozen=True)
class Finding:
    """Something to look at: ``id`` names the check, ``subject`` the id of what it is about."""

    id: str
    severity: Severity
    kind: Kind
    subject: str
    details: Mapping[str, str] = field(default_factory=dict)


_WRITING: Final = frozenset({"Modify portal content", "Delete objects"})


def findings(workflow: Workflow, site: Site) -> list[Finding]:
    """Everything that is to be said about a workflow, what matters most first."""
    found = [finding for check in _CHECKS for finding in check(workflow, site)]
    return sorted(found, key=lambda finding: list(Severity).index(finding.severity))


def unbound(chains: Mapping[str, Iterable[str]], workflows: Iterable[str]) -> list[Finding]:
    """Types whose chain (workflow ids by type) names a workflow that does not exist."""
    known = frozenset(workflows)
    return [
        Finding("type_bound_to_nothing", Severity.ERROR, Kind.TYPE, name, {"workflow": missing})
        for name, chain in sorted(chains.items())
        for missing in chain
        if missing not in known
    ]


def writes(permission: str) -> bool:
    """Whether whoever holds the permission can change, add or delete content."""
    return permission in _WRITING or "Add " in permission


def _initial(workflow: Workflow, site: Site) -> Iterator[Finding]:
    if workflow.state(workflow.initial) is None:
        yield Finding(
            "initial_state_missing",
            Severity.ERROR,
            Kind.WORKFLOW,
            workflow.id,
            {"state": workflow.initial},
        )


def _unreachable(workflow: Workflow, site: Site) -> Iterator[Finding]:
    reached = reachable(workflow)
    for state in workflow.states:
        if state.id not in reached:
            yield Finding("state_unreachable", Severity.WARNING, Kind.STATE, state.id)


def _nowhere(workflow: Workflow, site: Site) -> Iterator[Finding]:
    for transition in workflow.transitions:
        if transition.target and workflow.state(transition.target) is None:
            yield Finding(
                "transition_to_nowhere",
                Severity.ERROR,
                Kind.TRANSITION,
                transition.id,
                {"state": transition.target},
            )


def _exits(workflow: Workflow, site: Site) -> Iterator[Finding]:
    for state in workflow.states:
        for name in state.exits:
            if workflow.transition(name) is None:
                yield Finding(
                    "exit_unknown", Severity.ERROR, Kind.STATE, state.id, {"transition": name}
                )
        if not state.exits and state.id not in workflow.final:
            yield Finding("state_without_exit", Severity.NOTE, Kind.STATE, state.id)


def _unused(workflow: Workflow, site: Site) -> Iterator[Finding]:
    for transition in workflow.transitions:
        if not workflow.sources(transition):
            yield Finding("transition_unused", Severity.WARNING, Kind.TRANSITION, transition.id)


def _open_guards(workflow: Workflow, site: Site) -> Iterator[Finding]:
    for transition in workflow.transitions:
        if transition.guard.is_open:
            yield Finding("guard_open", Severity.WARNING, Kind.TRANSITION, transition.id)


def _maps(workflow: Workflow, site: Site) -> Iterator[Finding]:
    for state in workflow.states:
        unset = [name for name in workflow.permissions if name not in state.grants]
        acquired = [
            name
            for name in workflow.permissions
            if _acquires(state, name) and not all(_acquires(item, name) for item in workflow.states)
        ]
        idle = [name for name in sorted(state.grants) if name not in workflow.permissions]
        for check, severity, names in (
            ("permission_unset", Severity.WARNING, unset),
            ("permission_acquired", Severity.NOTE, acquired),
            ("permission_unmanaged", Severity.WARNING, idle),
        ):
            if names:
                told = {"permissions": ", ".join(names)}
                yield Finding(check, severity, Kind.STATE, state.id, told)


def _acquires(state: State, permission: str) -> bool:
    return state.grants.get(permission, Grant()).acquired


def _writing(workflow: Workflow, site: Site) -> Iterator[Finding]:
    for state in workflow.states:
        if state.id == workflow.initial:
            continue
        permissions = [
            name
            for name in workflow.permissions
            if writes(name) and holders(workflow, state, name, site)
        ]
        if permissions:
            roles = frozenset().union(
                *(holders(workflow, state, name, site) for name in permissions)
            )
            yield Finding(
                "write_after_start",
                Severity.NOTE,
                Kind.STATE,
                state.id,
                {"permissions": ", ".join(permissions), "roles": ", ".join(sorted(roles))},
            )


def _roles(workflow: Workflow, site: Site) -> Iterator[Finding]:
    named = {
        role for item in workflow.states for grant in item.grants.values() for role in grant.roles
    }
    named.update(role for item in workflow.transitions for role in item.guard.roles)
    for role in sorted(named - site.roles):
        yield Finding("role_unknown", Severity.ERROR, Kind.ROLE, role)
    acting = [who(workflow, *step, site) & site.roles for step in workflow.steps()]
    # A step that no role may take is meant for the software; one that nobody has is stuck.
    stuck = frozenset().union(*(roles for roles in acting if not roles & site.held))
    for role in sorted((named.union(*acting) & site.roles) - site.held):
        severity = Severity.WARNING if role in stuck else Severity.NOTE
        check = "role_without_holder" if site.searched_all else "role_holder_not_found"
        yield Finding(check, severity, Kind.ROLE, role)


def _stranded(workflow: Workflow, site: Site) -> Iterator[Finding]:
    for state, count in sorted(workflow.content.items()):
        if count and workflow.state(state) is None:
            yield Finding(
                "content_stranded",
                Severity.ERROR,
                Kind.STATE,
                state,
                {"count": str(count), "types": ", ".join(workflow.types)},
            )


_CHECKS: Final[tuple[Callable[[Workflow, Site], Iterator[Finding]], ...]] = (
    _initial,
    _nowhere,
    _exits,
    _stranded,
    _unreachable,
    _unused,
    _open_guards,
    _roles,
    _maps,
    _writing,
)
