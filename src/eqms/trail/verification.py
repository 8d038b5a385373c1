"""Whether the trails of a site are whole, and whether the content agrees with them.

Two different questions: a chain that holds says that its rows are as they were written; that every
row is there, and that the content is what they speak of, is asked apart.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import dataclass
from eqms.domain import chain
from eqms.domain import checkpoints as rules
from eqms.domain.checkpoints import Checkpoint
from eqms.domain.checkpoints import Head
from eqms.trail import storage
from eqms.trail.checkpoints import checkpoints
from eqms.trail.checkpoints import stamp_of
from eqms.trail.interfaces import IContentCheck
from plone import api
from typing import Any
from zope.component import getUtilitiesFor


CHECKPOINTS = "checkpoints"
"""Subject of findings about the checkpoints that the site keeps itself."""


Row = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be.

    ``flaw`` is one of `eqms.domain.chain.Flaw`, of `eqms.domain.checkpoints.Loss`, ``head`` (the
    newest row is not the one noted as such), ``stamp`` (a time stamp is of something else),
    ``no_trail`` (content without a trail), or the id of what a room above found.
    """

    subject: str
    flaw: str
    number: int | None = None
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        """As REST gives it."""
        return asdict(self)


def check(subject: str) -> list[Finding]:
    """Read a trail once, from its first row to its last, and compare the content with it."""
    trail = storage.trail_of(subject)
    comparisons = [check.compare(subject) for _name, check in getUtilitiesFor(IContentCheck)]
    seen = _Seen()
    rows = _shown(trail or (), (seen, *comparisons))
    findings = [Finding(subject, flaw.flaw, flaw.index + 1) for flaw in chain.verify(rows)]
    if trail is not None and (seen.count, seen.hash) != (trail.length, trail.head):
        findings.append(Finding(subject, "head", seen.count))
    for comparison in comparisons:
        findings.extend(
            Finding(subject, flaw, detail=detail) for flaw, detail in comparison.findings()
        )
    return findings


def without_trail() -> list[Finding]:
    """Content that must have a trail and has none."""
    present = set(storage.subjects())
    return [
        Finding(subject, "no_trail")
        for _name, check in getUtilitiesFor(IContentCheck)
        for subject in check.subjects()
        if subject not in present
    ]


def check_checkpoints() -> list[Finding]:
    """Whether the checkpoints that the site keeps hold, and the chains with the newest of them."""
    kept = checkpoints()
    findings = [Finding(CHECKPOINTS, flaw.flaw, flaw.index + 1) for flaw in chain.verify(kept)]
    newest = kept.newest
    if newest is not None:
        stamp = stamp_of(newest)
        if stamp is not None and not stamp.intact:
            findings.append(Finding(CHECKPOINTS, "stamp", newest["number"]))
        if not rules.holds(newest, kept.heads()):
            findings.append(Finding(CHECKPOINTS, "head", newest["number"]))
        findings += compare(kept.heads())
    return findings


def compare(heads: Iterable[Head], checkpoint: Checkpoint | None = None) -> list[Finding]:
    """Whether chains still hold what a checkpoint says of them, and the site the checkpoint."""
    findings = [
        Finding(head.subject, loss, head.length) for head, loss in rules.losses(heads, _hash_at)
    ]
    if checkpoint is not None:
        number = checkpoint.get("number")
        kept = checkpoints().get(number) if isinstance(number, int) else None
        if kept is None or kept["hash"] != checkpoint.get("hash"):
            loss = rules.Loss.GONE if kept is None else rules.Loss.REWRITTEN
            findings.append(Finding(CHECKPOINTS, loss, number if kept else None))
    return findings


class _Seen:
    """Counts rows, and remembers the hash of the newest."""

    def __init__(self) -> None:
        self.count = 0
        self.hash: object = chain.GENESIS

    def see(self, row: Row) -> None:
        self.count += 1
        self.hash = row.get("hash")


def _shown(
    rows: Iterable[Mapping[str, Any]], viewers: Iterable[Any]
) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        for viewer in viewers:
            viewer.see(row)
        yield row


def _hash_at(subject: str, number: int) -> str | None:
    trail = storage.trail_of(subject)
    return trail.hash_at(number) if trail is not None else None


def release_memory() -> None:
    """Let go of what was read, as far as it was not changed; to be called between chains."""
    api.portal.get()._p_jar.cacheGC()
