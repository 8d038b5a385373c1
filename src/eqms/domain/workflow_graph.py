"""A workflow as plain data, and what follows from it: who can take a step, and what is reachable.

The data mirror Products.DCWorkflow: a workflow manages a list of permissions; each state says for
each of them which roles hold it, and whether those of the folder above hold it too (acquired).
"""

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from typing import Final


MANAGER: Final = "Manager"

EVERYBODY: Final = "Anonymous"
"""The role that every person has, logged in or not."""


@dataclass(frozen=True)
class Guard:
    """What a person must have to take a transition: one of each kind that is given."""

    permissions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    expression: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it stops nobody."""
        return not (self.permissions or self.roles or self.groups or self.expression)


@dataclass(frozen=True)
class Grant:
    """Who holds a permission in a state; with ``acquired`` also whoever holds it in the folder."""

    roles: frozenset[str] = frozenset()
    acquired: bool = False


@dataclass(frozen=True)
class State:
    """A state: the transitions that leave it, by id, and what it says about permissions."""

    id: str
    title: str
    exits: tuple[str, ...] = ()
    grants: Mapping[str, Grant] = field(default_factory=dict)


@dataclass(frozen=True)
class Transition:
    """A step to the state ``target``; without one the state stays what it was.

    An automatic one is taken as soon as its guard allows, by nobody in particular.
    """

    id: str
    title: str
    target: str
    guard: Guard = field(default_factory=Guard)
    automatic: bool = False


@dataclass(frozen=True)
class Workflow:
    """A workflow; ``final`` are the states that are meant to have no exit.

    ``content`` counts the content of its types by state, also by states that it does not know.
    With ``manager_bypass`` no guard stops a Manager.
    """

    id: str
    title: str
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    permissions: tuple[str, ...] = ()
    manager_bypass: bool = False
    types: tuple[str, ...] = ()
    final: frozenset[str] = frozenset()
    content: Mapping[str, int] = field(default_factory=dict)

    def state(self, name: str) -> State | None:
        """The state of that id."""
        return next((state for state in self.states if state.id == name), None)

    def transition(self, name: str) -> Transition | None:
        """The transition of that id."""
        return next((item for item in self.transitions if item.id == name), None)

    def sources(self, transition: Transition) -> list[State]:
        """The states that a transition leaves."""
        return [state for state in self.states if transition.id in state.exits]

    def steps(self) -> Iterator[tuple[State, Transition]]:
        """Each transition with each state that it leaves."""
        for state in self.states:
            for name in state.exits:
                transition = self.transition(name)
                if transition is not None:
                    yield state, transition


@dataclass(frozen=True)
class Site:
    """What a site says about roles.

    ``held``: roles that at least one person or group was found to have; ``searched_all`` tells
    whether a role that is not among them is certainly held by nobody. ``permissions``: roles that
    hold a permission where no workflow says otherwise.
    """

    roles: frozenset[str]
    held: frozenset[str]
    searched_all: bool = True
    permissions: Mapping[str, frozenset[str]] = field(default_factory=dict)


def holders(workflow: Workflow, state: State, permission: str, site: Site) -> frozenset[str]:
    """The roles that hold a permission on content in a state."""
    elsewhere = site.permissions.get(permission, frozenset())
    if permission not in workflow.permissions:
        return elsewhere
    grant = state.grants.get(permission, Grant(acquired=True))
    return grant.roles | elsewhere if grant.acquired else grant.roles


def who(workflow: Workflow, state: State, transition: Transition, site: Site) -> frozenset[str]:
    """The roles that may take a transition from a state, as far as roles decide.

    Groups and expressions of the guard narrow it further.
    """
    guard = transition.guard
    roles = frozenset((EVERYBODY,))
    if guard.permissions:
        held = (holders(workflow, state, name, site) for name in guard.permissions)
        roles = frozenset().union(*held)
    if guard.roles:
        roles = frozenset(guard.roles) & (frozenset(guard.roles) if EVERYBODY in roles else roles)
    return roles | {MANAGER} if workflow.manager_bypass else roles


def is_internal(workflow: Workflow, transition: Transition, site: Site) -> bool:
    """Whether no role may take a transition: it is left to the software."""
    sources = workflow.sources(transition)
    return bool(sources) and not any(who(workflow, item, transition, site) for item in sources)


def reachable(workflow: Workflow) -> frozenset[str]:
    """The states that content can come to, from the initial one."""
    reached: set[str] = set()
    ahead = [workflow.initial]
    while ahead:
        state = workflow.state(ahead.pop())
        if state is None or state.id in reached:
            continue
        reached.add(state.id)
        leads = (workflow.transition(name) for name in state.exits)
        ahead += [item.target for item in leads if item is not None and item.target]
    return frozenset(reached)
