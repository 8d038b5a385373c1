"""How a revision goes along its route: which step is open, whom it asks, what is closed."""

from collections.abc import Iterable
from datetime import timedelta
from eqms.agencies.leaders import post_of
from eqms.agencies.lookup import agency_of
from eqms.agencies.people import name_of
from eqms.agencies.people import with_account
from eqms.approval import tasks
from eqms.approval.record import ApprovalRecord
from eqms.approval.record import Member
from eqms.approval.record import NOT_REQUIRED
from eqms.approval.record import OpenedStep
from eqms.approval.record import record_of
from eqms.approval.routes import people
from eqms.documents.dates import site_zone
from eqms.domain import route as rules
from eqms.domain.clock import now
from eqms.domain.clock import today
from eqms.domain.route import Duties
from eqms.domain.route import Phase
from eqms.domain.route import Route
from eqms.domain.route import Step
from eqms.domain.route_plan import PlanStep
from eqms.domain.route_plan import RoutePlan
from plone import api
from typing import Any


def route_of(revision: Any) -> Route:
    """The route as it stands: people of the opened steps as kept, of the later ones as of now."""
    record = record_of(revision)
    kept = {step.id: step.people for step in record.opened}
    return Route(tuple(_step(revision, step, kept.get(step.id)) for step in record.plan.steps))


def preview(revision: Any, plan: RoutePlan) -> Route:
    """The route that a plan would be if all its steps opened now."""
    return Route(
        tuple(
            _step(revision, step, with_account(people(revision, step.members)))
            for step in plan.steps
        )
    )


def open_step(revision: Any) -> Step | None:
    """The step that waits for signatures; None where none does."""
    record = record_of(revision)
    if not record.running:
        return None
    return rules.open_step(route_of(revision), record.standing(), revision.content_hash)


def begin(revision: Any, plan: RoutePlan, duties: Duties) -> Phase | None:
    """Start a round and open its first step; returns the phase of that."""
    record_of(revision).begin(plan, _members(revision, revision.saved_by))
    return proceed(revision, duties)


def proceed(revision: Any, duties: Duties) -> Phase | None:
    """Close what reached its quorum and open the next step; None when the route is complete.

    The members of the step are found now and kept. Those who may not sign it get no task.
    """
    record = record_of(revision)
    step = open_step(revision)
    for opened in record.opened:
        if step is None or opened.id != step.id:
            close(revision, NOT_REQUIRED, opened.id)
    if step is None:
        return None
    if all(opened.id != step.id for opened in record.opened):
        _open(revision, record, step, duties)
    return step.phase


def close(
    revision: Any, outcome: str, step_id: str | None = None, person: str | None = None
) -> None:
    """Close open tasks of the revision, in its record and in the ledger."""
    uid = api.content.get_uuid(revision)
    for task in record_of(revision).close(now(), outcome, step_id, person):
        tasks.strike(uid, task.person)


def stop(revision: Any, reason: str) -> None:
    """The revision leaves the route: tasks are closed and signatures invalid, for the reason."""
    close(revision, reason)
    record = record_of(revision)
    record.invalidate(now(), reason)
    record.opened = ()
    record.running = False


def _open(revision: Any, record: ApprovalRecord, step: Step, duties: Duties) -> None:
    planned = record.plan.step(step.id)
    members = _members(revision, sorted(with_account(step.members)))
    due_on = today(site_zone()) + timedelta(planned.due_days) if planned.due_days else None
    asked = rules.able(route_of(revision), record.standing(), step, duties)
    record.open(OpenedStep(step.id, now(), due_on, members), asked)
    for task in record.open_tasks:
        tasks.enter(revision, task)
    revision.reindexObjectSecurity()


def _members(revision: Any, people: Iterable[str]) -> tuple[Member, ...]:
    agency = agency_of(revision)
    return tuple(
        Member(person, name_of(person), post_of(agency, person).title) for person in people
    )


def _step(revision: Any, planned: PlanStep, kept: frozenset[str] | None = None) -> Step:
    members = people(revision, planned.members) if kept is None else kept
    return Step(planned.id, planned.phase, members, planned.need)
