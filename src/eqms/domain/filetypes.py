"""What a file is, by its first bytes; its name and what a browser says of it count for nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class FileType:
    """A kind of file: its media type and how its names end."""

    media_type: str
    suffix: str


PDF: Final = FileType("application/pdf", "pdf")

_BEGINNINGS: Final[Mapping[bytes, FileType]] = MappingProxyType(
    {
        b"%PDF-": PDF,
        b"\xff\xd8\xff": FileType("image/jpeg", "jpg"),
        b"\x89PNG\r\n\x1a\n": FileType("image/png", "png"),
        b"II*\0": FileType("image/tiff", "tif"),
        b"MM\0*": FileType("image/tiff", "tif"),
    }
)
"""The kinds in which signed paper is scanned."""


def scan_type(data: bytes) -> FileType | None:
    """The kind of a scan; None for anything else."""
    return next((kind for start, kind in _BEGINNINGS.items() if data.startswith(start)), None)


def named_as(name: str, kind: FileType) -> str:
    """The name with the end that fits the kind: nothing opens it as something else."""
    stem, dot, _suffix = name.rpartition(".")
    return f"{stem if dot else name}.{kind.suffix}"
