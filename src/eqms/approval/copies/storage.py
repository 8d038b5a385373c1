"""Where signed copies are kept: with their revision, in a list that only grows."""

from dataclasses import dataclass
from datetime import datetime
from eqms.approval.copies.facts import Verification
from persistent import Persistent
from plone.namedfile.file import NamedBlobFile
from typing import Any


DIGITAL = "digital"
"""Ký số: a digitally signed PDF."""

PAPER = "paper"
"""Bản giấy ký, đóng dấu: a scan of it."""

KINDS = (DIGITAL, PAPER)


@dataclass(frozen=True)
class Copy:
    """A file as it was attached.

    ``number`` counts the copies of a revision from 1. ``revision`` (UID) and ``content_hash`` say
    what it is a copy of. ``place`` is where the original lies, ``signers`` who signed it as the
    person who attached it says; both belong to paper. ``sha256`` is that of the bytes.
    """

    number: int
    kind: str
    revision: str
    content_hash: str
    by: str
    at: datetime
    filename: str
    media_type: str
    size: int
    sha256: str
    file: NamedBlobFile
    place: str = ""
    signers: str = ""


@dataclass(frozen=True)
class Strike:
    """A copy was attached wrongly; it stays, with the reason."""

    copy: int
    by: str
    at: datetime
    reason: str


class CopyList(Persistent):
    """Copies, what was found out about them, and which were struck out; nothing is ever replaced.

    One plain persistent object: two people who attach at once conflict, and the later one gets the
    next number.
    """

    def __init__(self) -> None:
        self.copies: tuple[Copy, ...] = ()
        self.verifications: tuple[tuple[int, Verification], ...] = ()
        self.strikes: tuple[Strike, ...] = ()

    def add(self, copy: Copy, verification: Verification) -> None:
        """Append a copy with the first look at it."""
        self.copies = (*self.copies, copy)
        self.verified(copy.number, verification)

    def verified(self, number: int, verification: Verification) -> None:
        """Append another look at a copy."""
        self.verifications = (*self.verifications, (number, verification))

    def strike(self, strike: Strike) -> None:
        """Append that a copy was wrong."""
        self.strikes = (*self.strikes, strike)

    def copy(self, number: int) -> Copy | None:
        """A copy by its number."""
        return next((copy for copy in self.copies if copy.number == number), None)

    def looks_at(self, number: int) -> tuple[Verification, ...]:
        """What was found out about a copy, the oldest first."""
        return tuple(look for copy, look in self.verifications if copy == number)

    def struck(self, number: int) -> Strike | None:
        """Why a copy counts no longer; None if it does."""
        return next((strike for strike in self.strikes if strike.copy == number), None)


def copies_of(revision: Any) -> CopyList:
    """The list of a revision, to be read; an empty one if nothing was ever attached."""
    return getattr(revision, "_signed_copies", None) or CopyList()


def list_for(revision: Any) -> CopyList:
    """The list of a revision, to be written; made when it is first needed."""
    if getattr(revision, "_signed_copies", None) is None:
        revision._signed_copies = CopyList()
    written: CopyList = revision._signed_copies
    return written
