"""Where the rows are kept and how one is added."""

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from eqms.domain import chain
from eqms.domain.canonical import canonical_json
from eqms.domain.checkpoints import Head
from eqms.domain.clock import now
from eqms.trail.causes import present_cause
from persistent import Persistent
from plone import api
from typing import Any
from zope.annotation.interfaces import IAnnotations
import json


ANNOTATION = "eqms.trail"

SCHEMA_VERSION = 2
"""Shape of a row; a later shape is written beside the old rows, which stay as they are.

1 had neither ``on_behalf_of`` nor ``channel``.
"""

SITE = "site"
"""Subject of the trail of the site as a whole: people, groups and roles that no agency owns."""


class ObjectTrail(Persistent):
    """The rows of one object, oldest first, each bound to the one before by its hash.

    The head is written with every row, so two transactions that add a row to one object
    conflict: the later one is tried again and links to the row of the earlier one.
    """

    def __init__(self) -> None:
        self.head: str = chain.GENESIS
        self.length: int = 0
        self._rows: IOBTree = IOBTree()

    def append(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Add a row and return it as stored, with its number, the hash before and its own."""
        # Through JSON and back: kept as it was hashed, and as any reader of an export sees it.
        stored = json.loads(canonical_json({**row, "number": self.length + 1}))
        stored["previous"] = self.head
        stored["hash"] = chain.link(self.head, stored)
        self._rows[stored["number"]] = stored
        self.length = stored["number"]
        self.head = stored["hash"]
        return dict(stored)

    def take_over(self, row: Mapping[str, Any]) -> None:
        """Add a row that was written elsewhere, as it is.

        :raises ValueError: if it does not follow the newest row here
        """
        number = self.length + 1
        if row.get("number") != number or row.get("previous") != self.head:
            raise ValueError(f"row {row.get('number')} does not follow row {self.length}")
        if chain.link(self.head, row) != row.get("hash"):
            raise ValueError(f"row {number} does not say what its hash was made of")
        self._rows[number] = dict(row)
        self.length = number
        self.head = row["hash"]

    def hash_at(self, number: int) -> str | None:
        """The hash of the row with this number (from 1); None if there is none."""
        row = self._rows.get(number)
        return row["hash"] if row is not None else None

    def get(self, number: int) -> dict[str, Any] | None:
        """The row with this number (from 1)."""
        row = self._rows.get(number)
        return dict(row) if row is not None else None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(row) for row in self._rows.values())

    def __len__(self) -> int:
        return self.length


def append(
    subject: str, action: str, *, path: str = "", on_behalf_of: str | None = None, **details: Any
) -> dict[str, Any]:
    """Write one row in the present transaction, and return it as stored.

    :param subject: UID of the object whose trail grows (a document, an agency), or `SITE`
    :param action: what happened, as a stable id (``submit``, ``in_force``, ``identity_changed``)
    :param path: path of the object that the event happened on, as it was then
    :param on_behalf_of: id of the person whom the actor stands in for, where that is so
    :param details: what an auditor needs to understand it; values must fit canonical JSON
    :raises eqms.domain.canonical.NotCanonical: if a detail cannot be written so; nothing happens,
        because the error ends the transaction (an event without its row must not stand)
    """
    cause = present_cause()
    return _trail_to_write(subject).append(
        {
            "schema_version": SCHEMA_VERSION,
            "at": now(),
            "actor": cause.actor,
            "on_behalf_of": on_behalf_of,
            "channel": cause.channel,
            "action": action,
            "subject": subject,
            "path": path,
            "details": details,
        }
    )


def rows(subject: str) -> list[dict[str, Any]]:
    """The rows of an object, oldest first; empty for an object that has none."""
    return list(_trails().get(subject, ()))


def trail_of(subject: str) -> ObjectTrail | None:
    """The trail of an object, to read row by row; None for an object that has none."""
    return _trails().get(subject)


def subjects() -> Sequence[str]:
    """Everything that has a trail, sorted."""
    return list(_trails())


def heads() -> Iterator[Head]:
    """The newest row of every trail, sorted by subject; keeps none of them in memory."""
    for subject, trail in _trails().items():
        yield Head(subject, trail.length, trail.head)
        trail._p_deactivate()


def restore(subject: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Take over the trail of an object from another site, row by row as it was.

    :raises ValueError: if the object has a trail here, or the rows are no unbroken chain
    """
    if subject in _trails():
        raise ValueError(f"{subject} has a trail here already")
    trail = _trail_to_write(subject)
    for row in rows:
        trail.take_over(row)


def _trails() -> Mapping[str, ObjectTrail]:
    """All trails, for reading: nothing is made by looking."""
    return IAnnotations(api.portal.get()).get(ANNOTATION, {})


def _trail_to_write(subject: str) -> ObjectTrail:
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    trails = annotations[ANNOTATION]
    if subject not in trails:
        trails[subject] = ObjectTrail()
    return trails[subject]
