"""The print of a revision that is kept: made once after it came in force, never changed again."""

from dataclasses import dataclass
from datetime import datetime
from eqms.documents.noting import note
from eqms.domain.clock import now
from hashlib import sha256
from plone.namedfile.file import NamedBlobFile
from typing import Any
from typing import Final


MEDIA_TYPE: Final = "application/pdf"


@dataclass(frozen=True)
class FrozenPrint:
    """A PDF beside the content of its revision, outside the hash of that content.

    ``content_hash`` says what it is a print of, ``sha256`` is that of the bytes.
    """

    at: datetime
    content_hash: str
    sha256: str
    size: int
    file: NamedBlobFile


def frozen_print(revision: Any) -> FrozenPrint | None:
    """The print that was kept of a revision; None if none was made yet."""
    found: FrozenPrint | None = getattr(revision, "_frozen_print", None)
    return found


def keep(revision: Any, data: bytes) -> FrozenPrint:
    """Keep the print of a revision for good, with a row in the audit trail.

    :raises ValueError: if there is one already
    """
    if frozen_print(revision) is not None:
        raise ValueError("The print of a revision is made once.")
    kept = FrozenPrint(
        at=now(),
        content_hash=revision.content_hash,
        sha256=sha256(data).hexdigest(),
        size=len(data),
        file=NamedBlobFile(data, contentType=MEDIA_TYPE, filename="print.pdf"),
    )
    revision._frozen_print = kept
    note(
        revision,
        "print_frozen",
        sha256=kept.sha256,
        size=kept.size,
        content_hash=kept.content_hash,
    )
    return kept
