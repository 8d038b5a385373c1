"""Moving an open task to another person (Chuyển người xử lý), when people leave or are away."""

from dataclasses import replace
from eqms import _
from eqms.agencies import leaders
from eqms.agencies.lookup import agency_of
from eqms.agencies.people import name_of
from eqms.agencies.people import with_account
from eqms.approval import tasks
from eqms.approval.objections import REASONS
from eqms.approval.permissions import APPROVE
from eqms.approval.permissions import MANAGE_ROUTES
from eqms.approval.progress import close
from eqms.approval.progress import open_step
from eqms.approval.progress import route_of
from eqms.approval.record import Member
from eqms.approval.record import record_of
from eqms.approval.record import Task
from eqms.approval.separation import duties_of
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import forbidden
from eqms.documents.migration import reasoned
from eqms.documents.noting import note
from eqms.domain import route as rules
from eqms.domain.capacity import Rank
from eqms.domain.clock import now
from eqms.domain.route import Refusal
from eqms.domain.route import Route
from eqms.domain.route import Step
from plone import api
from typing import Any


def reassign(revision: Any, person: str, to: str, reason: str) -> Task:
    """Move the open task of a person to another one; signatures that were given stay.

    :raises Forbidden: for all but those who manage the routes of the agency; in a step of
        approval for a target who approves nothing in the agency, and for oneself
    :raises BadRequest: without a reason, or for somebody without account
    :raises Conflict: if the person has no open task, or the other one could not sign
    """
    if not api.user.has_permission(MANAGE_ROUTES, obj=revision):
        raise forbidden(_("error_not_allowed", default="You are not allowed to do this here."))
    reason = reasoned(reason)
    step = open_step(revision)
    known = {task.person: task for task in record_of(revision).open_tasks}
    if step is None or person not in known:
        raise conflict(
            _(
                "error_no_open_task",
                default="${name} has no open task here.",
                mapping={"name": name_of(person)},
            )
        )
    _check_target(revision, step, person, to)
    return _move(revision, step, person, to, reason)


def _move(revision: Any, step: Step, person: str, to: str, reason: str) -> Task:
    record, post = record_of(revision), leaders.post_of(agency_of(revision), to)
    close(revision, "moved", step.id, person)
    task = record.move(step.id, person, Member(to, name_of(to), post.title, person), now())
    tasks.enter(revision, task, news="task_moved")
    note(
        revision,
        "task_moved",
        step=step.id,
        moved_from=person,
        moved_to=to,
        name=task.name,
        reason=reason,
    )
    revision.reindexObjectSecurity()
    return task


def _check_target(revision: Any, step: Step, person: str, to: str) -> None:
    if not with_account([to]):
        raise bad_request(
            _(
                "error_no_account",
                default="There is no account “${person}”.",
                mapping={"person": to},
            )
        )
    if step.phase == "approval" and not _may_be_asked_to_approve(revision, to):
        raise forbidden(
            _(
                "error_reassign_approval",
                default="A step of approval goes to an approver or a leader of the agency, and "
                "never to who moves it.",
            )
        )
    if to in step.members:
        raise conflict(
            _(
                "error_already_asked",
                default="${name} is asked in this step already.",
                mapping={"name": name_of(to)},
            )
        )
    moved = replace(step, members=step.members - {person} | {to})
    duties, record = duties_of(revision), record_of(revision)
    before = route_of(revision)
    after = Route(tuple(moved if entry.id == step.id else entry for entry in before.steps))
    if to not in rules.able(after, record.standing(), moved, duties):
        barred = to in duties.barred
        raise conflict(REASONS[Refusal.AUTHOR if barred else Refusal.ALREADY_SIGNED])
    given, content_hash = record.standing(), revision.content_hash
    stuck = rules.stuck(after, given, content_hash, duties)
    if stuck and not rules.stuck(before, given, content_hash, duties):
        raise conflict(REASONS[Refusal.NEEDED_LATER])


def _may_be_asked_to_approve(revision: Any, person: str) -> bool:
    if person == api.user.get_current().getId():
        return False
    agency = agency_of(revision)
    leads = leaders.post_of(agency, person).rank is not Rank.OTHER
    return leads or bool(api.user.has_permission(APPROVE, username=person, obj=agency))
