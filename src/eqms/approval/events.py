"""What approval tells the rooms above, and its own parts."""

from eqms.approval.record import Task
from typing import Any
from zope.interface import Attribute
from zope.interface import implementer
from zope.interface.interfaces import IObjectEvent
from zope.interface.interfaces import ObjectEvent


class ITaskOpened(IObjectEvent):
    """A person is asked to sign the revision that is the object of the event."""

    task = Attribute("The ``eqms.approval.record.Task``.")
    moved_from = Attribute("Id of who was asked first, if a controller moved the task; or None.")


@implementer(ITaskOpened)
class TaskOpened(ObjectEvent):
    """Notified in the transaction in which the task is entered."""

    def __init__(self, revision: Any, task: Task, moved_from: str | None = None) -> None:
        super().__init__(revision)
        self.task = task
        self.moved_from = moved_from
