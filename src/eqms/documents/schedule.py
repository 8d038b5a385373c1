"""What of the site takes effect at a time to come: revisions issued for a date, decisions.

The entries lie in the order in which they are tried, so the question that every request asks, when
the next one is due, loads two small objects however many there are.
"""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collections.abc import Hashable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from eqms.documents.interfaces import IScheduledKind
from eqms.domain.clock import utc
from eqms.domain.schedule import Planned
from eqms.interfaces import IPunctualJob
from persistent import Persistent
from plone import api
from typing import Any
from zope.annotation.interfaces import IAnnotations
from zope.component import getUtility
from zope.interface import implementer


ANNOTATION = "eqms.schedule"

REVISION = "revision"
"""Kind of the entry of one revision; its key is the UID."""

_KEPT = 50


@dataclass(frozen=True)
class Late:
    """Something that took effect as of its time, but was done later."""

    planned: Planned
    done_at: datetime


class Schedule(Persistent):
    """Entries by key, and the same keys in the order of their next try."""

    def __init__(self) -> None:
        self._entries: OOBTree = OOBTree()
        self._tries: OOTreeSet = OOTreeSet()
        self.late: tuple[Late, ...] = ()
        self.late_count: int = 0

    def put(self, planned: Planned) -> None:
        """Enter something, or replace what stands under its key."""
        self.drop(planned.key)
        self._entries[planned.key] = planned
        self._tries.insert((planned.try_at, planned.key))

    def drop(self, key: str) -> None:
        """Take an entry out, if there is one."""
        planned = self._entries.pop(key, None)
        if planned is not None:
            self._tries.remove((planned.try_at, key))

    def get(self, key: str) -> Planned | None:
        """The entry under a key."""
        found: Planned | None = self._entries.get(key)
        return found

    @property
    def next_try(self) -> datetime | None:
        """When the next entry is to be tried; None if nothing is planned."""
        return self._tries.minKey()[0] if self._tries else None

    def to_try(self, now: datetime) -> list[Planned]:
        """What is to be tried by now, in the order it was to take effect."""
        found = []
        for try_at, key in self._tries:
            if try_at > now:
                break
            found.append(self._entries[key])
        return sorted(found, key=lambda planned: planned.order)

    def note_late(self, planned: Planned, done_at: datetime) -> None:
        """Remember what was done late; the last ones with their times, all of them counted."""
        self.late = (*self.late, Late(planned, done_at))[-_KEPT:]
        self.late_count += 1

    def __iter__(self) -> Iterator[Planned]:
        return iter(self._entries.values())


def add(key: str, due_at: datetime, *, kind: str = REVISION, urgent: bool = False) -> None:
    """Plan something, or plan it anew for another time.

    :param key: which one, unique over all kinds (a UID)
    :param due_at: the instant from which it takes effect, aware
    :param kind: name of the `IScheduledKind` utility that does it
    """
    _schedule_to_write().put(Planned(kind, key, utc(due_at), urgent))


def remove(key: str) -> None:
    """Take something off the schedule; nothing if it is not on it."""
    schedule = schedule_of_site()
    if schedule is not None:
        schedule.drop(key)


def schedule_of_site() -> Schedule | None:
    """The schedule of the site; None before anything was ever planned."""
    found: Schedule | None = IAnnotations(api.portal.get()).get(ANNOTATION)
    return found


def next_due() -> datetime | None:
    """When the next thing is to be tried; None if nothing is planned."""
    schedule = schedule_of_site()
    return schedule.next_try if schedule is not None else None


def _schedule_to_write() -> Schedule:
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = Schedule()
    schedule: Schedule = annotations[ANNOTATION]
    return schedule


@implementer(IPunctualJob)
class Switches:
    """The job of the clock that lets happen what is planned; a piece is the key of an entry."""

    order = 10

    def next_due(self) -> datetime | None:
        """When the next entry is to be tried."""
        return next_due()

    def due(self, now: datetime) -> list[str]:
        """The keys of what is to be tried by now; of two due together the urgent one first."""
        schedule = schedule_of_site()
        return [planned.key for planned in schedule.to_try(now)] if schedule is not None else []

    def perform(self, piece: Hashable, now: datetime) -> None:
        """Let one entry take effect as of the time it was planned for."""
        schedule = schedule_of_site()
        planned = schedule.get(str(piece)) if schedule is not None else None
        if schedule is None or planned is None or planned.try_at > now:
            return
        getUtility(IScheduledKind, planned.kind).perform(planned.key, planned.due_at)
        schedule.drop(planned.key)
        if planned.is_late(now):
            schedule.note_late(planned, now)

    def failed(self, piece: Hashable, error: str, now: datetime) -> None:
        """Move the next try of an entry that could not take effect."""
        schedule = schedule_of_site()
        planned = schedule.get(str(piece)) if schedule is not None else None
        if schedule is not None and planned is not None:
            schedule.put(planned.failed(error, now))


switches = Switches()


def subject_of(planned: Planned) -> Any | None:
    """The content that an entry is about; None if it is gone."""
    return getUtility(IScheduledKind, planned.kind).subject(planned.key)
