"""Checkpoints: what all chains of a site looked like at one instant, in one hash.

A chain does not show that its newest rows were cut off, or that somebody wrote it anew from its
first row. A checkpoint kept outside the database does: each head that it holds must still be found
in its chain, at the same length. Checkpoints are chained to one another, so the newest one, and a
time stamp on it, speak for all before it.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from eqms.domain import chain
from eqms.domain.canonical import canonical_json
from eqms.domain.canonical import content_hash
from typing import Any
from typing import Final
from typing import NamedTuple
import json


SCHEMA_VERSION: Final = 1

Checkpoint = Mapping[str, Any]
"""``schema_version``, ``number`` (from 1), ``at``, ``chains`` (how many), ``root``, ``previous``,
``hash``: as JSON keeps it."""


class Head(NamedTuple):
    """The newest row of a chain: how many rows there are, and its hash (64 hex digits)."""

    subject: str
    length: int
    hash: str


class Loss(StrEnum):
    """What became of a head that a checkpoint holds."""

    GONE = "gone"
    """There is no such chain any more."""

    CUT = "cut"
    """The chain is shorter than it was: its newest rows are missing (undo, restored backup)."""

    REWRITTEN = "rewritten"
    """The chain has another row in this place."""


def take(before: Checkpoint | None, at: datetime, heads: Iterable[Head]) -> dict[str, Any]:
    """A checkpoint over ``heads`` (sorted by subject), after the one ``before``.

    Raises ValueError if a subject comes twice or out of order.
    """
    leaves = _leaves(heads)
    content = {
        "schema_version": SCHEMA_VERSION,
        "number": before["number"] + 1 if before else 1,
        "at": at,
        "chains": len(leaves),
        "root": chain.merkle_root(leaves),
    }
    stored: dict[str, Any] = json.loads(canonical_json(content))
    stored["previous"] = before["hash"] if before else chain.GENESIS
    stored["hash"] = chain.link(stored["previous"], stored)
    return stored


def holds(checkpoint: Checkpoint, heads: Iterable[Head]) -> bool:
    """Whether these heads (sorted by subject) are those the checkpoint was taken over."""
    try:
        leaves = _leaves(heads)
    except ValueError:
        return False
    return (
        len(leaves) == checkpoint.get("chains")
        and chain.merkle_root(leaves) == checkpoint.get("root")
        and chain.link(str(checkpoint.get("previous")), checkpoint) == checkpoint.get("hash")
    )


def losses(
    heads: Iterable[Head], hash_at: Callable[[str, int], str | None]
) -> Iterator[tuple[Head, Loss]]:
    """Heads that are not found any more.

    :param hash_at: the hash of the row with a number (from 1) in the chain of a subject; None if
        there is none
    """
    for head in heads:
        found = hash_at(head.subject, head.length)
        if found == head.hash:
            continue
        if found is not None:
            yield head, Loss.REWRITTEN
        else:
            gone = hash_at(head.subject, 1) is None
            yield head, Loss.GONE if gone else Loss.CUT


def _leaves(heads: Iterable[Head]) -> list[str]:
    leaves: list[str] = []
    before = ""
    for head in heads:
        if head.subject <= before:
            raise ValueError(f"{head.subject} does not follow {before}")
        before = head.subject
        leaves.append(content_hash(head._asdict()))
    return leaves
