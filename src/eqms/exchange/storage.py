"""What is kept of imports: batches and their files, as plain persistent objects of the agency."""

from BTrees.IOBTree import IOBTree
from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from eqms.agencies.content import Agency
from eqms.exchange.remarks import Remark
from persistent import Persistent
from typing import Protocol
from uuid import uuid4


class Mode(StrEnum):
    """What becomes of the files of a batch: drafts, or what has been in force on paper."""

    DRAFT = "draft"
    IN_FORCE = "in_force"


class Outcome(StrEnum):
    """What became of one file."""

    CREATED = "created"
    EXISTING = "existing"
    FAILED = "failed"


@dataclass(frozen=True)
class MadeForm:
    """A form that was cut out of a file: UID of its document, hash of its first revision."""

    document: str
    content_hash: str


@dataclass(frozen=True)
class ImportedFile:
    """A file of a batch; ``document`` is the UID, ``content_hash`` that of its first revision.

    Of a failed file there is no document, but the ``error``.
    """

    name: str
    sha256: str
    outcome: Outcome
    at: datetime
    by: str
    code: str = ""
    title: str = ""
    document: str | None = None
    content_hash: str = ""
    remarks: tuple[Remark, ...] = ()
    forms: tuple[MadeForm, ...] = ()
    error: Remark | None = None


class Sent(Protocol):
    """A file as it was sent: its name, and the digest (SHA-256, hex) it is known again by."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def sha256(self) -> str:
        """The digest of what was sent."""


@dataclass(frozen=True)
class Undoing:
    """Who took a batch back, when and why."""

    at: datetime
    by: str
    reason: str


class Batch(Persistent):
    """Files that were imported together; it can be undone as a whole."""

    def __init__(self, number: int, mode: Mode, opened_at: datetime, opened_by: str) -> None:
        self.number = number
        self.uid = uuid4().hex
        self.mode = mode
        self.opened_at = opened_at
        self.opened_by = opened_by
        self.undone: Undoing | None = None
        self._length = 0
        self._files: IOBTree = IOBTree()

    def add(self, file: ImportedFile) -> None:
        """Append a file.

        The batch is written too, so that whoever undoes it at this moment conflicts, and finds
        the document of this file when trying again.
        """
        self._length += 1
        self._files[self._length] = file

    def amend(self, file: ImportedFile, *remarks: Remark) -> None:
        """Add what was found about a file after it was entered."""
        for number, entered in self._files.items():
            if entered == file:
                self._files[number] = replace(file, remarks=(*file.remarks, *remarks))
                return

    @property
    def files(self) -> list[ImportedFile]:
        """All files, in the order they came."""
        return list(self._files.values())

    @property
    def created(self) -> list[ImportedFile]:
        """The files of which the batch made documents."""
        return [file for file in self.files if file.outcome is Outcome.CREATED]

    def count(self, outcome: Outcome) -> int:
        """How many files had this outcome."""
        return sum(file.outcome is outcome for file in self.files)


class ImportLog(Persistent):
    """The batches of an agency, and which document each imported file became."""

    def __init__(self) -> None:
        self._batches: IOBTree = IOBTree()
        self._documents: OOBTree = OOBTree()

    def open(self, mode: Mode, at: datetime, by: str) -> Batch:
        """Begin a batch under the next number."""
        number = self._batches.maxKey() + 1 if self._batches else 1
        batch = self._batches[number] = Batch(number, mode, at, by)
        return batch

    def batch(self, number: int) -> Batch | None:
        """The batch with this number."""
        return self._batches.get(number)

    @property
    def batches(self) -> list[Batch]:
        """All batches, the newest first."""
        return list(reversed(self._batches.values()))

    def document_of(self, sha256: str) -> str | None:
        """UID of the document that was made of a file with these bytes; it may be gone since."""
        return self._documents.get(sha256)

    def remember(self, sha256: str, document: str) -> None:
        """Note which document a file became."""
        self._documents[sha256] = document

    def forget(self, digests: Iterable[str]) -> None:
        """Let files be imported anew."""
        for sha256 in digests:
            self._documents.pop(sha256, None)


def log_of(agency: Agency) -> ImportLog:
    """The imports of an agency; every agency has a log from its first moment on."""
    log: ImportLog = agency._imports
    return log


def batch_by(agency: Agency, number: str) -> Batch | None:
    """The batch whose number stands in an address, if the agency has one."""
    # More digits would not fit the keys of the tree.
    known = number.isascii() and number.isdigit() and len(number) < 10
    return log_of(agency).batch(int(number)) if known else None
