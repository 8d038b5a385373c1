"""The adaptive hash of passwords: Argon2id, as a scheme of Zope's AuthEncoding.

It is registered for the process, so that a hash made in a site where eqms is installed is
understood as long as the package is there. Without the package nobody can log in with such a hash;
no other scheme understands it, and a hash cannot be turned back.

Clients of REST send the password with each request, and Argon2 is slow on purpose. So the process
remembers for some minutes that a password was found to fit a hash: not the password, but a MAC of
both with a key that only this process knows. Signing never trusts that memory (`afresh`).
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError
from argon2.exceptions import VerificationError
from AuthEncoding import AuthEncoding
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from datetime import timedelta
from eqms.domain.clock import now
from threading import Lock
import hashlib
import secrets


SCHEME = "ARGON2ID"

PREFIX = b"{ARGON2ID}"

_AFRESH: ContextVar[bool] = ContextVar("eqms_afresh", default=False)


class Memory:
    """Pairs of hash and password that fitted a short while ago; the oldest make room."""

    def __init__(self, lasts: timedelta, size: int) -> None:
        self._lasts = lasts
        self._size = size
        self._key = secrets.token_bytes(32)
        self._until: OrderedDict[bytes, datetime] = OrderedDict()
        self._lock = Lock()

    def add(self, reference: bytes, password: bytes) -> None:
        """Remember that they fit."""
        mark = self._mark(reference, password)
        with self._lock:
            self._until[mark] = now() + self._lasts
            self._until.move_to_end(mark)
            if len(self._until) > self._size:
                self._until.popitem(last=False)

    def knows(self, reference: bytes, password: bytes) -> bool:
        """Whether they fitted a short while ago."""
        until = self._until.get(self._mark(reference, password))
        return until is not None and now() < until

    def _mark(self, reference: bytes, password: bytes) -> bytes:
        text = len(reference).to_bytes(4, "big") + reference + password
        return hashlib.blake2b(text, key=self._key, digest_size=32).digest()


class Argon2Scheme:
    """Argon2id with the parameters that OWASP gives as sufficient: 19 MiB, two passes."""

    def __init__(self) -> None:
        self.hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self.memory = Memory(timedelta(minutes=5), 10_000)

    def encrypt(self, pw: str | bytes) -> bytes:
        """The hash of a password, with a salt of its own."""
        reference = self.hasher.hash(pw).encode()
        self.memory.add(reference, _bytes(pw))
        return reference

    def validate(self, reference: bytes, attempt: str | bytes) -> bool:
        """Whether the password fits the hash."""
        password = _bytes(attempt)
        if not _AFRESH.get() and self.memory.knows(reference, password):
            return True
        try:
            self.hasher.verify(reference, password)
        except (VerificationError, InvalidHashError):
            return False
        self.memory.add(reference, password)
        return True

    def outdated(self, stored: bytes | str) -> bool:
        """Whether a stored hash is of another scheme, or made with other parameters."""
        reference = _bytes(stored)
        if not reference.startswith(PREFIX):
            return True
        return self.hasher.check_needs_rehash(reference[len(PREFIX) :].decode())


ARGON2 = Argon2Scheme()

AuthEncoding.registerScheme(SCHEME, ARGON2)


def hashed(password: str) -> bytes:
    """The password as it is stored, with the name of the scheme."""
    return bytes(AuthEncoding.pw_encrypt(password, SCHEME))


@contextmanager
def afresh() -> Iterator[None]:
    """Within the block every password is verified anew, whatever is remembered."""
    token = _AFRESH.set(True)
    try:
        yield
    finally:
        _AFRESH.reset(token)


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
