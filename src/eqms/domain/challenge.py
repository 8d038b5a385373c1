"""A challenge to sign: what is signed, by whom and until when, sealed so that nobody changes it.

It is handed out without being stored. Whoever brings it back shows that the signature is meant for
exactly these contents, steps and meanings, and was asked for a moment ago.
"""

from base64 import urlsafe_b64decode
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from eqms.domain.canonical import canonical_json
from typing import Final
from typing import NamedTuple
import hashlib
import hmac
import json


_PURPOSE: Final = b"eqms challenge 1:"
"""Keeps a seal made with the same key for something else from being one of a challenge."""


class Forged(ValueError):
    """The token was not sealed with one of the keys."""


class Item(NamedTuple):
    """One signature that is asked for: revision (UID), its content hash, step of the route (id)
    and meaning (``review`` or ``approval``)."""

    revision: str
    content_hash: str
    step: str
    meaning: str


@dataclass(frozen=True)
class Challenge:
    """``nonce`` is different for each challenge ever made; ``expires`` is aware."""

    person: str
    items: tuple[Item, ...]
    nonce: str
    expires: datetime

    def expired(self, now: datetime) -> bool:
        """Whether it is too old at ``now``."""
        return now >= self.expires

    def asks(self, person: str, items: Iterable[Item]) -> bool:
        """Whether it is for this person and exactly these signatures, in any order."""
        return self.person == person and sorted(self.items) == sorted(items)


def seal(challenge: Challenge, key: bytes) -> str:
    """The challenge as ASCII text that fits into a form and a URL."""
    content = canonical_json(
        {
            "person": challenge.person,
            "items": challenge.items,
            "nonce": challenge.nonce,
            "expires": challenge.expires,
        }
    )
    return f"{_text(content)}.{_text(_mac(content, key))}"


def unseal(token: str, keys: Iterable[bytes]) -> Challenge:
    """The challenge in a token; raises Forged unless one of the keys sealed it."""
    try:
        content, mac = (_bytes(part) for part in token.split("."))
    except ValueError as error:
        raise Forged("not a token") from error
    if not any(hmac.compare_digest(mac, _mac(content, key)) for key in keys):
        raise Forged("sealed with another key")
    members = json.loads(content)
    return Challenge(
        person=members["person"],
        items=tuple(Item(*item) for item in members["items"]),
        nonce=members["nonce"],
        expires=datetime.fromisoformat(members["expires"]),
    )


def _mac(content: bytes, key: bytes) -> bytes:
    return hmac.digest(key, _PURPOSE + content, hashlib.sha256)


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
