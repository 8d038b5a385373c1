"""The job of the clock that reminds people of what is due, and tells others of what is overdue."""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from eqms.approval.mail.outbox import tell
from eqms.approval.record import record_of
from eqms.approval.routes import people
from eqms.approval.settings import setting
from eqms.approval.tasks import OpenTask
from eqms.approval.tasks import people_with_tasks
from eqms.approval.tasks import tasks_of
from eqms.documents.dates import site_zone
from eqms.domain.reminders import Reminder
from eqms.domain.reminders import reminder
from eqms.interfaces import IClockJob
from plone import api
from typing import Any
from zope.annotation.interfaces import IAnnotations
from zope.interface import implementer


ANNOTATION = "eqms.approval.reminders"


@implementer(IClockJob)
class Remind:
    """Each threshold of each task once; the first one after the due day tells the others too."""

    order = 50

    def due(self, now: datetime) -> Iterator[str]:
        """The people who are to be reminded of something."""
        for person in people_with_tasks():
            settled = _settled(person)
            if any(
                _reminder(task, settled, now).threshold is not None for task in tasks_of(person)
            ):
                yield person

    def perform(self, person: str, now: datetime) -> None:
        """Put the reminders of a person into the outbox, and note which thresholds are settled."""
        settled, after = _settled(person), {}
        for task in tasks_of(person):
            found = _reminder(task, settled, now)
            after[_key(task)] = found.settled
            if found.threshold is not None:
                _remind(task, found.threshold, before=settled.get(_key(task), frozenset()))
        _keep(person, after)


def _reminder(task: OpenTask, settled: Mapping[str, frozenset[int]], now: datetime) -> Reminder:
    if task.due_on is None:
        return Reminder(None, frozenset())
    day = now.astimezone(site_zone()).date()
    known = settled.get(_key(task), frozenset())
    return reminder(task.due_on, day, setting("reminder_days"), known)


def _remind(task: OpenTask, threshold: int, before: frozenset[int]) -> None:
    revision = api.portal.get().unrestrictedTraverse(task.path)
    due = task.due_on.strftime("%d/%m/%Y")
    tell([task.person], "task_due" if threshold >= 0 else "task_overdue", revision, due=due)
    if threshold < 0 and all(earlier >= 0 for earlier in before):
        step = record_of(revision).plan.step(task.step)
        others = people(revision, step.escalate_to) - {task.person}
        tell(others, "task_escalated", revision, due=due, name=task.person_name)


def _key(task: OpenTask) -> str:
    """A task that was opened anew, in a later round, is another one."""
    return f"{task.revision} {task.step} {task.opened_at.isoformat()}"


def _settled(person: str) -> Mapping[str, frozenset[int]]:
    kept: Mapping[str, Any] = IAnnotations(api.portal.get()).get(ANNOTATION, {})
    return kept.get(person, {})


def _keep(person: str, settled: Mapping[str, frozenset[int]]) -> None:
    """What is kept of tasks that are closed goes with the next reminder of the person."""
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    annotations[ANNOTATION][person] = dict(settled)
