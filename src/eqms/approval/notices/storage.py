"""The notices of the site, by the agencies and tiers they are for; and who took note of them."""

from BTrees.OOBTree import OOBTree
from BTrees.OOBTree import OOTreeSet
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.agencies.content import Agency
from heapq import merge
from itertools import islice
from persistent import Persistent
from plone import api
from typing import Final
from zope.annotation.interfaces import IAnnotations


ANNOTATION: Final = "eqms.approval.notices"

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = 10**17
"""Microseconds since 1970 that no notice reaches: keys count down to put the newest first."""


# Ordered: a BTree merges two transactions only if it can compare the values it holds.
@dataclass(frozen=True, order=True)
class Notice:
    """What became of a document, as a list shows it.

    ``kind``: ``issued`` (for a day to come), ``in_force``, ``suspended``, ``resumed``, ``retired``.
    ``path`` is below the site; ``holds_from`` the instant (aware) from which it holds; ``replaced``
    the number of the revision not to be used any more, ``decision`` number and day, or empty.
    """

    key: str
    kind: str
    at: datetime
    holds_from: datetime
    document: str
    path: str
    code: str
    title: str
    number: str
    agency: str
    agency_title: str
    replaced: str = ""
    decision: str = ""


@dataclass(frozen=True, order=True)
class Acknowledgement:
    """That the controller of an agency took note."""

    by: str
    at: datetime


class NoticeBoard(Persistent):
    """BTrees on purpose: notices of different documents have nothing to do with each other."""

    def __init__(self) -> None:
        self._notices: OOBTree = OOBTree()
        self._audiences: OOBTree = OOBTree()
        self._acknowledged: OOBTree = OOBTree()
        self._unmailed: OOBTree = OOBTree()

    def put(self, notice: Notice, audience: Iterable[str]) -> None:
        """Add a notice for UIDs of agencies and ids of tiers."""
        audience = tuple(sorted(set(audience)))
        self._notices[notice.key] = notice
        self._unmailed[notice.key] = audience
        for part in audience:
            if part not in self._audiences:
                self._audiences[part] = OOTreeSet()
            self._audiences[part].insert(notice.key)

    def get(self, key: str) -> Notice | None:
        """A notice by its key."""
        found: Notice | None = self._notices.get(key)
        return found

    def newest(self, agency: str, tier: str, most: int) -> list[Notice]:
        """The newest notices for an agency; only so many are looked at."""
        parts = (self._audiences.get(part, ()) for part in (agency, tier))
        keys = islice(dict.fromkeys(islice(merge(*parts), 2 * most)), most)
        return [self._notices[key] for key in keys]

    def is_for(self, key: str, agency: str, tier: str) -> bool:
        """Whether a notice is for an agency."""
        return any(key in self._audiences.get(part, ()) for part in (agency, tier))

    def acknowledge(self, agency: str, key: str, said: Acknowledgement) -> None:
        """Keep that an agency took note; the first time counts."""
        if agency not in self._acknowledged:
            self._acknowledged[agency] = OOBTree()
        if key not in self._acknowledged[agency]:
            self._acknowledged[agency][key] = said

    def acknowledgement(self, agency: str, key: str) -> Acknowledgement | None:
        """Who of an agency took note, and when."""
        said: Acknowledgement | None = self._acknowledged.get(agency, {}).get(key)
        return said

    def unmailed(self) -> Iterator[str]:
        """Keys of the notices of which no mail was written yet."""
        return iter(self._unmailed)

    def take_unmailed(self, key: str) -> tuple[str, ...]:
        """For whom a notice is, once: afterwards it counts as mailed."""
        audience: tuple[str, ...] = self._unmailed.pop(key, ())
        return audience


def key_of(at: datetime, document: str, kind: str) -> str:
    """The key of a notice: a later one sorts before an earlier one."""
    return f"{_LAST - (at - _EPOCH) // timedelta(microseconds=1):017}-{document}-{kind}"


def board() -> NoticeBoard:
    """The notices of the site, for reading: nothing is made by looking."""
    found: NoticeBoard = IAnnotations(api.portal.get()).get(ANNOTATION) or NoticeBoard()
    return found


def board_to_write() -> NoticeBoard:
    """The notices of the site; made with the first one."""
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = NoticeBoard()
    made: NoticeBoard = annotations[ANNOTATION]
    return made


def notices_for(agency: Agency, most: int) -> list[tuple[Notice, Acknowledgement | None]]:
    """The newest notices for an agency, each with who took note of it."""
    notices, uid = board(), api.content.get_uuid(agency)
    return [
        (notice, notices.acknowledgement(uid, notice.key))
        for notice in notices.newest(uid, agency.tier, most)
    ]
