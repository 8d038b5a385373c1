"""Who is asked is reminded, once for each threshold; who is to know is told when it is overdue."""

from cast import acting
from cast import PASSWORD
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.approval import actions
from eqms.approval.mail.outbox import outbox
from eqms.domain import clock
from eqms.domain.route_plan import plan_of
from eqms.interfaces import IClockJob
from zope.component import getUtility
import pytest


START = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)


@pytest.fixture
def revision(document):
    """Submitted, with a review that is due in five days and an approval without a day."""
    steps = [
        {
            "phase": "review",
            "members": ["function:reviewers"],
            "due_days": 5,
            "escalate_to": ["function:controllers"],
        },
        {"phase": "approval", "members": ["function:approvers"]},
    ]
    document._route_plan = plan_of({"steps": steps})
    with clock.frozen(START), acting("author"):
        actions.transition(document["rev-1"], "submit")
    return document["rev-1"]


def run(day):
    """Let the job run on a day after the submission; it may run often."""
    now = START + timedelta(days=day)
    job = getUtility(IClockJob, name="eqms.reminders")
    with clock.frozen(now):
        for _often in range(2):
            for person in list(job.due(now)):
                job.perform(person, now)


def told(person):
    return [note.kind for note in outbox().waiting(person).values()]


def test_each_threshold_once(revision):
    for day in range(10):
        run(day)
    assert told("reviewer") == [
        "task_opened",
        "task_due",  # 3 days before
        "task_due",  # 1 day before
        "task_due",  # the day itself
        "task_overdue",
        "task_overdue",  # 3 days after
    ]
    assert told("controller") == ["task_escalated"]


def test_missed_days_are_told_in_one(revision):
    run(7)
    assert told("reviewer") == ["task_opened", "task_overdue"]
    assert told("controller") == ["task_escalated"]


def test_who_has_signed_is_not_reminded(revision):
    with clock.frozen(START), acting("reviewer"):
        actions.sign(revision, "review", PASSWORD)
    run(9)
    assert told("reviewer") == ["task_opened"]
    assert told("approver") == ["task_opened"]
    assert told("controller") == []


def test_a_task_of_a_later_round_is_reminded_of_anew(revision):
    run(3)
    with clock.frozen(START + timedelta(days=3)):
        with acting("reviewer"):
            actions.transition(revision, "reject", "Thiếu lệ phí")
        with acting("author"):
            actions.transition(revision, "submit")
    run(3)
    assert told("reviewer").count("task_due") == 1
    run(6)
    assert told("reviewer").count("task_due") == 2


def test_the_authors_are_told_what_becomes_of_it(revision):
    with acting("reviewer"):
        actions.transition(revision, "reject", "Thiếu lệ phí")
    [note] = outbox().waiting("author").values()
    assert note.kind == "returned"
    assert dict(note.facts) == {"name": "Trần Văn Xét", "comment": "Thiếu lệ phí"}
    with acting("author"):
        actions.transition(revision, "submit")
    with acting("reviewer"):
        actions.sign(revision, "review", PASSWORD)
    with acting("approver"):
        actions.sign(revision, "approval", PASSWORD)
    assert told("author") == ["returned", "in_force"]
