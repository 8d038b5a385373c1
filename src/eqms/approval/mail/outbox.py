"""Notes that wait to be mailed, by the person they are for."""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from eqms.approval.mail.kinds import KINDS
from eqms.approval.mail.preferences import Pace
from eqms.approval.mail.preferences import preferences
from eqms.domain.clock import now
from persistent import Persistent
from plone import api
from typing import Any
from uuid import uuid4
from zope.annotation.interfaces import IAnnotations


ANNOTATION = "eqms.approval.outbox"


# Ordered: a BTree merges two transactions only if it can compare the values it holds.
@dataclass(frozen=True, order=True)
class Note:
    """One thing to tell somebody, as plain facts: it is put into words when it is sent.

    ``kind`` is one of `eqms.approval.mail.kinds`; ``path`` the place in the site it is about, below
    the site; ``facts`` are what the words of the kind need besides.
    """

    kind: str
    at: datetime
    path: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()


class Outbox(Persistent):
    """What waits for each person, in order; and until when nothing is sent after a failure.

    Two BTrees on purpose: events of different revisions write here at the same time, and their
    notes have nothing to do with each other.
    """

    def __init__(self) -> None:
        self._waiting: OOBTree = OOBTree()
        self._paused: OOBTree = OOBTree()

    def put(self, person: str, note: Note) -> None:
        """Add a note for a person."""
        if person not in self._waiting:
            self._waiting[person] = OOBTree()
        self._waiting[person][f"{note.at.isoformat()} {uuid4().hex}"] = note

    def people(self) -> Iterator[str]:
        """Everybody for whom something waits."""
        return (person for person, notes in self._waiting.items() if notes)

    def waiting(self, person: str) -> dict[str, Note]:
        """What waits for a person by its key, oldest first."""
        return dict(self._waiting.get(person, ()))

    def drop(self, person: str, keys: Iterable[str]) -> None:
        """Take out what was sent, or will never be."""
        for key in keys:
            del self._waiting[person][key]
        self._paused.pop(person, None)

    def pause(self, person: str, until: datetime) -> None:
        """Send a person nothing before an instant: the last attempt failed."""
        self._paused[person] = until

    def is_paused(self, person: str, at: datetime) -> bool:
        """Whether the last attempt failed a short time ago."""
        until: datetime | None = self._paused.get(person)
        return until is not None and at < until


def outbox() -> Outbox:
    """The outbox of the site; made when the first note is put into it."""
    box: Outbox = IAnnotations(api.portal.get()).get(ANNOTATION) or Outbox()
    return box


def tell(people: Iterable[str], kind: str, item: Any, **facts: str) -> None:
    """Put a note about an object into the outbox of each person, in the present transaction.

    Who wants no mail of this kind gets none.
    """
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = Outbox()
    path = "/".join(item.getPhysicalPath()[len(api.portal.get().getPhysicalPath()) :])
    note = Note(kind, now(), path, item.title or "", tuple(sorted(facts.items())))
    for person in sorted(set(people)):
        if preferences(person)[KINDS[kind].group.id] is not Pace.NEVER:
            annotations[ANNOTATION].put(person, note)
