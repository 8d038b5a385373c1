"""Whether a copy on paper is still valid: what the code on it asks, and what is answered."""

from collections.abc import Mapping
from enum import StrEnum
from eqms.domain.revisions import State
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode
import hmac


HASH_LENGTH: Final = 8
"""Characters of the content hash on paper: enough to tell editions apart, short enough to type."""


class Validity(StrEnum):
    """What is answered about a copy that the asker may know of."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    SUPERSEDED = "superseded"
    SUSPENDED = "suspended"
    RETIRED = "retired"


_OF_STATE: Final[Mapping[State, Validity]] = MappingProxyType(
    {
        State.APPROVED: Validity.NOT_YET,
        State.IN_FORCE: Validity.IN_FORCE,
        State.SUPERSEDED: Validity.SUPERSEDED,
        State.SUSPENDED: Validity.SUSPENDED,
        State.OBSOLETE: Validity.RETIRED,
        State.DISPOSED: Validity.RETIRED,
    }
)


def validity_of(state: State) -> Validity:
    """The answer for a revision in a state; drafts and what was cancelled are no valid copies."""
    return _OF_STATE.get(state, Validity.NOT_YET)


def question(uid: str, seq: int, content_hash: str) -> str:
    """The query that stands in the code on paper.

    :param uid: of the document
    :param seq: internal order of the revision
    """
    return urlencode({"uid": uid, "revision": seq, "hash": content_hash[:HASH_LENGTH]})


def same_hash(asked: str, content_hash: str | None) -> bool:
    """Whether the characters on paper are those of a content; nothing asked fits everything."""
    if not asked:
        return True
    known = (content_hash or "")[:HASH_LENGTH]
    return bool(known) and hmac.compare_digest(asked.lower().encode(), known.encode())
