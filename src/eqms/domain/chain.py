"""A hash chain over audit rows, and a Merkle root over the heads of many chains.

Each row carries ``previous``, the hash of the row before it, and ``hash``, its own: whoever alters,
removes, inserts or reorders rows breaks the chain. Cutting off the newest rows, or writing a whole
chain anew, does not break it; that is what checkpoints outside the database are for: they keep
the Merkle root of all heads.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from eqms.domain.canonical import content_hash
from eqms.domain.canonical import NotCanonical
from typing import Final
import hashlib


GENESIS: Final = "0" * 64
"""What stands for the hash before the first row."""

_LINKS: Final = frozenset({"hash", "previous"})
_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"


class Flaw(StrEnum):
    """What is wrong with a row."""

    CONTENT = "content"
    """Its hash is not the hash of what it says."""

    ORDER = "order"
    """It does not follow the row before it: one is missing, inserted or moved."""


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: row number from 0, and why."""

    index: int
    flaw: Flaw


def link(previous_hash: str, row: Mapping[str, object]) -> str:
    """The hash (64 hex digits) of ``row`` after the row with ``previous_hash``.

    The keys ``hash`` and ``previous`` of the row itself do not count. Raises NotCanonical if the
    row holds something without canonical form.
    """
    content = {name: value for name, value in row.items() if name not in _LINKS}
    return content_hash({"previous": previous_hash, "row": content})


def verify(rows: Iterable[Mapping[str, object]]) -> list[Break]:
    """Every break in a chain given from its first row on; empty if it holds."""
    breaks: list[Break] = []
    expected: object = GENESIS
    for index, row in enumerate(rows):
        if row.get("previous") != expected:
            breaks.append(Break(index, Flaw.ORDER))
        if not _says_what_it_hashes(row):
            breaks.append(Break(index, Flaw.CONTENT))
        expected = row.get("hash")
    return breaks


def _says_what_it_hashes(row: Mapping[str, object]) -> bool:
    try:
        return link(str(row.get("previous")), row) == row.get("hash")
    except NotCanonical:
        return False


def merkle_root(heads: Iterable[str]) -> str:
    """The Merkle tree hash of ``heads`` (hex) in the given order: RFC 6962, section 2.1, SHA-256.

    Raises ValueError for a head that is not hex.
    """
    level = [hashlib.sha256(_LEAF + bytes.fromhex(head)).digest() for head in heads]
    if not level:
        return hashlib.sha256().hexdigest()
    while len(level) > 1:
        # A last one without partner moves up as it is: the tree of the RFC, built from below.
        pairs = zip(level[::2], level[1::2], strict=False)
        alone = level[-1:] if len(level) % 2 else []
        level = [hashlib.sha256(_NODE + left + right).digest() for left, right in pairs] + alone
    return level[0].hex()
