"""What waits for whom: a ledger of the open tasks of each person.

It is kept beside the records of the revisions and written in the same transactions, so that the
list of one's tasks asks no catalog and wakes no document. What became of a task stands in the
record of the revision.
"""

from Acquisition import aq_parent
from BTrees.OOBTree import OOBTree
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from eqms.agencies.lookup import agency_of
from eqms.approval.mail.outbox import tell
from eqms.approval.record import record_of
from eqms.approval.record import Task
from eqms.approval.substitution import represented_by
from eqms.documents.content import number_of
from eqms.documents.dates import site_zone
from eqms.domain.clock import today
from plone import api
from typing import Any
from zope.annotation.interfaces import IAnnotations


ANNOTATION = "eqms.approval.tasks"


# Ordered: a BTree merges two transactions only if it can compare the values it holds.
@dataclass(frozen=True, order=True)
class OpenTask:
    """A revision that waits for a person's signature, with what a list shows of it.

    ``phase`` is the meaning to sign with, ``act`` the word of the step for it (may be empty);
    ``path`` is the physical path of the revision.
    """

    person: str
    person_name: str
    revision: str
    document: str
    path: str
    code: str
    number: str
    title: str
    kind: str
    agency: str
    agency_title: str
    step: str
    phase: str
    act: str
    content_hash: str
    opened_at: datetime
    due_on: date | None
    authors: frozenset[str]


def tasks_of(person: str) -> list[OpenTask]:
    """The open tasks of a person, the one due first in front, those without a day last."""
    return sorted(_ledger().get(person, {}).values(), key=_urgency)


def tasks_for(person: str) -> list[OpenTask]:
    """The tasks that a person may do today: the own ones, and those of the absent stood in for.

    ``OpenTask.person`` says whose each is. Whether separation of duties lets a substitute sign is
    asked when the revision is opened, except that a substitute who wrote in it does not see it.
    """
    found = tasks_of(person)
    for row in represented_by(person):
        found += [task for task in tasks_of(row.absent) if person not in task.authors]
    return sorted(found, key=_urgency)


def is_overdue(task: OpenTask) -> bool:
    """Whether the day the task was due on has passed where the site is."""
    return task.due_on is not None and task.due_on < today(site_zone())


def people_with_tasks() -> list[str]:
    """Ids of everybody who has an open task, for reminders."""
    return [person for person, held in _ledger().items() if held]


def enter(revision: Any, task: Task, news: str = "task_opened") -> None:
    """Write an open task of a revision's record to the ledger, and tell the person.

    :param news: the kind of mail: ``task_opened``, or ``task_moved`` for one handed over
    """
    tasks = _ledger_to_write()
    if task.person not in tasks:
        tasks[task.person] = OOBTree()
    tasks[task.person][api.content.get_uuid(revision)] = _open_task(revision, task)
    tell([task.person], news, revision)


def strike(revision_uid: str, person: str) -> None:
    """Take a task that was closed out of the ledger."""
    held = _ledger().get(person)
    if held is not None and revision_uid in held:
        del held[revision_uid]


def _urgency(task: OpenTask) -> tuple[date, datetime]:
    return task.due_on or date.max, task.opened_at


def _open_task(revision: Any, task: Task) -> OpenTask:
    document, agency = aq_parent(revision), agency_of(revision)
    planned = record_of(revision).plan.step(task.step)
    return OpenTask(
        person=task.person,
        person_name=task.name,
        revision=api.content.get_uuid(revision),
        document=api.content.get_uuid(document),
        path="/".join(revision.getPhysicalPath()),
        code=document.code or "",
        number=number_of(revision),
        title=revision.title,
        kind=revision.kind,
        agency=api.content.get_uuid(agency),
        agency_title=agency.title,
        step=task.step,
        phase=planned.phase,
        act=planned.meaning,
        content_hash=revision.content_hash or "",
        opened_at=task.opened_at,
        due_on=task.due_on,
        authors=frozenset(revision.saved_by),
    )


def _ledger() -> Mapping[str, OOBTree]:
    """The ledger, for reading: nothing is made by looking."""
    return IAnnotations(api.portal.get()).get(ANNOTATION, {})


def _ledger_to_write() -> OOBTree:
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    return annotations[ANNOTATION]
