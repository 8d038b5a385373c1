"""The checkpoints of a site: taken at times, kept here, and meant to be kept elsewhere too."""

from base64 import b64decode
from base64 import b64encode
from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta
from eqms.domain import checkpoints as rules
from eqms.domain.checkpoints import Checkpoint
from eqms.domain.checkpoints import Head
from eqms.domain.clock import now as present
from eqms.interfaces import IClockJob
from eqms.trail import storage
from eqms.trail import timestamps
from eqms.trail.settings import ITrailSettings
from eqms.trail.settings import PREFIX
from eqms.trail.timestamps import NoStamp
from eqms.trail.timestamps import Stamp
from persistent import Persistent
from plone import api
from typing import Any
from zope.annotation.interfaces import IAnnotations
from zope.interface import implementer
import logging


ANNOTATION = "eqms.trail.checkpoints"

RETRY = timedelta(hours=1)
"""After which an authority that gave no stamp is asked again."""

logger = logging.getLogger(__name__)


class Checkpoints(Persistent):
    """All checkpoints, the heads of the newest one, and the stamps.

    Two that are taken at once conflict: they have the same predecessor.
    """

    def __init__(self) -> None:
        self.newest: dict[str, Any] | None = None
        self._all: IOBTree = IOBTree()
        self._heads: OOBTree = OOBTree()
        self._stamps: IOBTree = IOBTree()
        self.refused: tuple[int, datetime, str] | None = None
        """The newest attempt to get a stamp, if it failed: checkpoint, when, why."""

    def take(self, at: datetime, heads: Iterable[Head]) -> dict[str, Any]:
        """Take a checkpoint over the heads of all chains (sorted by subject)."""
        self.newest = rules.take(self.newest, at, self._remembered(heads))
        self._all[self.newest["number"]] = self.newest
        return dict(self.newest)

    def keep_stamp(self, number: int, token: bytes) -> None:
        """Keep the time stamp of a checkpoint (DER)."""
        self._stamps[number] = b64encode(token).decode()
        self.refused = None

    def stamp(self, number: int) -> str | None:
        """The time stamp of a checkpoint (base64), if it has one."""
        return self._stamps.get(number)

    def heads(self) -> Iterator[Head]:
        """What the newest checkpoint was taken over."""
        for subject, (length, head) in self._heads.items():
            yield Head(subject, length, head)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(checkpoint) for checkpoint in self._all.values())

    def get(self, number: int) -> dict[str, Any] | None:
        """The checkpoint with a number."""
        return self._all.get(number)

    def _remembered(self, heads: Iterable[Head]) -> Iterator[Head]:
        """Pass the heads on, writing those that are new since the checkpoint before."""
        for head in heads:
            if self._heads.get(head.subject) != (head.length, head.hash):
                self._heads[head.subject] = (head.length, head.hash)
            yield head


def checkpoints() -> Checkpoints:
    """The checkpoints of the site, for reading; empty ones, not stored, if none was taken."""
    found: Checkpoints | None = IAnnotations(api.portal.get()).get(ANNOTATION)
    return found if found is not None else Checkpoints()


def take_checkpoint() -> dict[str, Any]:
    """Take a checkpoint of the site now, in the present transaction."""
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = Checkpoints()
    return annotations[ANNOTATION].take(present(), storage.heads())


def stamp_of(checkpoint: Checkpoint) -> Stamp | None:
    """What the time stamp of a checkpoint is worth; None if it has none."""
    token = checkpoints().stamp(checkpoint["number"])
    if token is None:
        return None
    return timestamps.verify(b64decode(token), checkpoint["hash"], _setting("tsa_roots") or "")


@implementer(IClockJob)
class CheckpointJob:
    """Takes a checkpoint when the newest one is old, and has the newest one stamped."""

    order = 900
    """Last: what the other jobs did is in it."""

    def due(self, now: datetime) -> Iterator[Hashable]:
        """``checkpoint`` or ``stamp``; nothing while neither is wanted."""
        kept = checkpoints()
        hours = _setting("checkpoint_hours")
        if hours and (kept.newest is None or now - _taken(kept.newest) >= timedelta(hours=hours)):
            yield "checkpoint"
        elif _wants_stamp(kept, now):
            yield "stamp"

    def perform(self, piece: Hashable, now: datetime) -> None:
        """Do it, if it is still due; an authority that gives no stamp stops nothing."""
        if piece not in self.due(now):
            return
        if piece == "checkpoint":
            take_checkpoint()
        else:
            _get_stamp(checkpoints(), now)


def _wants_stamp(kept: Checkpoints, now: datetime) -> bool:
    # The newest one speaks for those before it: they need none of their own.
    if not _setting("tsa_url") or kept.newest is None or kept.stamp(kept.newest["number"]):
        return False
    return kept.refused is None or now - kept.refused[1] >= RETRY


def _get_stamp(kept: Checkpoints, now: datetime) -> None:
    newest = kept.newest or {}
    try:
        kept.keep_stamp(newest["number"], timestamps.request(_setting("tsa_url"), newest["hash"]))
    except NoStamp as reason:
        kept.refused = (newest["number"], now, str(reason))
        logger.warning("No time stamp on checkpoint %s: %s", newest["number"], reason)


def _taken(checkpoint: Checkpoint) -> datetime:
    return datetime.fromisoformat(checkpoint["at"])


def _setting(name: str) -> Any:
    return api.portal.get_registry_record(f"{PREFIX}.{name}", default=ITrailSettings[name].default)
