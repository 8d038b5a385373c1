"""Where a revision stands on its route, as pages and portals show it."""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from enum import StrEnum
from eqms.agencies.people import name_of
from eqms.approval.labels import step_name
from eqms.approval.progress import open_step
from eqms.approval.progress import preview
from eqms.approval.record import ApprovalRecord
from eqms.approval.record import record_of
from eqms.approval.routes import plan_for
from eqms.domain.route import Need
from eqms.domain.route import Step
from eqms.domain.route_plan import PlanStep
from typing import Any


class Stage(StrEnum):
    """How far a step is."""

    DONE = "done"
    OPEN = "open"
    STUCK = "stuck"
    """Open, and fewer people are left than have to sign: somebody has to change that."""

    LATER = "later"


@dataclass(frozen=True)
class Asked:
    """A member of a step; ``outcome`` of the task, empty while it waits, None for no task."""

    person: str
    name: str
    outcome: str | None
    moved_from: str | None = None


@dataclass(frozen=True)
class StepOverview:
    """A step of the present or coming round; members of later steps are as they are today."""

    id: str
    name: str
    phase: str
    need: Need
    stage: Stage
    opened_at: datetime | None
    due_on: date | None
    members: tuple[Asked, ...]


def overview(revision: Any) -> list[StepOverview]:
    """The steps of the route in order; before submission those it would have now."""
    record = record_of(revision)
    if not record.running:
        plan = plan_for(revision)
        steps = preview(revision, plan).steps
        return [_later(planned, step) for planned, step in zip(plan.steps, steps, strict=True)]
    current = open_step(revision)
    opened = {step.id for step in record.opened}
    later = {step.id: step for step in preview(revision, record.plan).steps}
    return [
        _opened(record, planned, current)
        if planned.id in opened
        else _later(planned, later[planned.id])
        for planned in record.plan.steps
    ]


def _opened(record: ApprovalRecord, planned: PlanStep, current: Step | None) -> StepOverview:
    step = record.step(planned.id)
    outcomes = {
        task.person: task.outcome
        for task in record.tasks
        if (task.round, task.step) == (record.round, planned.id)
    }
    stage = Stage.DONE
    if current is not None and current.id == planned.id:
        stage = Stage.STUCK if _short_of_people(record, current) else Stage.OPEN
    return StepOverview(
        id=planned.id,
        name=step_name(planned),
        phase=planned.phase,
        need=planned.need,
        stage=stage,
        opened_at=step.opened_at,
        due_on=step.due_on,
        members=tuple(
            Asked(member.person, member.name, outcomes.get(member.person), member.moved_from)
            for member in step.members
        ),
    )


def _short_of_people(record: ApprovalRecord, step: Step) -> bool:
    signed = sum(row.valid and row.step == step.id for row in record.signatures)
    return len(record.open_tasks) < step.quorum - signed


def _later(planned: PlanStep, step: Step) -> StepOverview:
    people = [Asked(person, name_of(person), None) for person in step.members]
    return StepOverview(
        id=planned.id,
        name=step_name(planned),
        phase=planned.phase,
        need=planned.need,
        stage=Stage.LATER,
        opened_at=None,
        due_on=None,
        members=tuple(sorted(people, key=lambda asked: asked.name)),
    )
