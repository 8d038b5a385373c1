"""The record of a revision's approval: its plan, the steps opened, the tasks, the signatures."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from eqms.approval.signature import SignatureRow
from eqms.domain import chain
from eqms.domain import route as rules
from eqms.domain.route_plan import RoutePlan
from persistent import Persistent
from typing import Any


NOT_REQUIRED = "not_required"
"""Outcome of the tasks of those who were not needed, because enough others signed."""


@dataclass(frozen=True)
class Member:
    """A person who has a part, by name and title of the post at the time.

    ``moved_from`` is who was asked first, where a controller moved the task.
    """

    person: str
    name: str
    title: str = ""
    moved_from: str | None = None


@dataclass(frozen=True)
class OpenedStep:
    """A step from the moment it was open: whom it asks is kept, whoever joins a group later."""

    id: str
    opened_at: datetime
    due_on: date | None
    members: tuple[Member, ...]

    @property
    def people(self) -> frozenset[str]:
        """Ids of its members."""
        return frozenset(member.person for member in self.members)


@dataclass(frozen=True)
class Task:
    """What was asked of a person, and what became of it.

    ``outcome`` is empty while it is open, then ``signed``, ``not_required``, ``moved`` (to
    somebody else), or why the revision left the route: ``returned``, ``recalled``, ``new_base``.
    """

    round: int
    step: str
    person: str
    name: str
    opened_at: datetime
    due_on: date | None
    closed_at: datetime | None = None
    outcome: str = ""


class ApprovalRecord(Persistent):
    """All of a revision's approval in one plain persistent object.

    On purpose no BTree: two signatures given at once must conflict, so that the second one counts
    the first when it asks whether the quorum is reached.
    """

    def __init__(self) -> None:
        self.plan: RoutePlan | None = None
        self.round: int = 0
        self.running: bool = False
        self.drafters: tuple[Member, ...] = ()
        self.opened: tuple[OpenedStep, ...] = ()
        self.tasks: tuple[Task, ...] = ()
        self.signatures: tuple[SignatureRow, ...] = ()

    def begin(self, plan: RoutePlan, drafters: tuple[Member, ...]) -> None:
        """Start a round with a plan; what an earlier round left stays as evidence."""
        self.plan = plan
        self.drafters = drafters
        self.round += 1
        self.running = True
        self.opened = ()

    def open(self, step: OpenedStep, asked: frozenset[str]) -> None:
        """Open a step, with a task for each of its members who is ``asked`` to sign."""
        self.opened = (*self.opened, step)
        self._ask(step, [member for member in step.members if member.person in asked])

    def move(self, step_id: str, person: str, to: Member, at: datetime) -> Task:
        """Ask somebody else in the place of a member of an open step; returns the new task."""
        step = self.step(step_id)
        members = tuple(to if member.person == person else member for member in step.members)
        moved = replace(step, members=members)
        self.opened = tuple(moved if entry is step else entry for entry in self.opened)
        self._ask(replace(moved, opened_at=at), [to])
        return self.tasks[-1]

    def step(self, step_id: str) -> OpenedStep:
        """The opened step of this round with the id; raises KeyError if it is not open yet."""
        for step in self.opened:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def close(
        self, at: datetime, outcome: str, step_id: str | None = None, person: str | None = None
    ) -> tuple[Task, ...]:
        """Close open tasks, all or those of a step or of a person; returns them as closed."""
        closed = {
            task: replace(task, closed_at=at, outcome=outcome)
            for task in self.open_tasks
            if step_id in (None, task.step) and person in (None, task.person)
        }
        self.tasks = tuple(closed.get(task, task) for task in self.tasks)
        return tuple(closed.values())

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """The tasks that wait for somebody."""
        return tuple(task for task in self.tasks if not task.outcome)

    def add(self, row: SignatureRow) -> SignatureRow:
        """Append a signature, bound to the one before by its hash; returns it as kept."""
        previous = self.signatures[-1].hash if self.signatures else chain.GENESIS
        kept = replace(row, seq=len(self.signatures) + 1, previous=previous)
        self.signatures = (*self.signatures, kept)
        return kept

    def intact(self) -> bool:
        """Whether every signature follows the one before it, none altered, inserted or gone.

        The hash of the last one stands in the audit trail.
        """
        before = chain.GENESIS
        for number, row in enumerate(self.signatures, 1):
            if (row.seq, row.previous) != (number, before):
                return False
            before = row.hash
        return True

    def invalidate(self, at: datetime, reason: str) -> int:
        """Make all standing signatures invalid, with the reason; returns how many there were."""
        standing = sum(row.valid for row in self.signatures)
        self.signatures = tuple(
            replace(row, invalid_since=at, invalid_reason=reason) if row.valid else row
            for row in self.signatures
        )
        return standing

    def standing(self) -> list[rules.Signature]:
        """The signatures that count, as the rules see them."""
        return [row.for_rules() for row in self.signatures if row.valid and row.person]

    def _ask(self, step: OpenedStep, members: list[Member]) -> None:
        asked = (
            Task(self.round, step.id, member.person, member.name, step.opened_at, step.due_on)
            for member in members
        )
        self.tasks = (*self.tasks, *asked)


def record_of(revision: Any) -> ApprovalRecord:
    """The approval record of a revision; every revision has one from its first moment on."""
    record: ApprovalRecord = revision._approval
    return record
