"""A file as the answer to a request."""

from eqms.domain.vietnamese import fold
from typing import Any
from urllib.parse import quote
import re


def name_of(revision: Any, code: str, suffix: str) -> str:
    """The name of a printed file: ``QT 03-CX-HCTP lần 01-00.pdf``; no code, no slash in it."""
    number = f"{revision.issue_no:02}-{revision.amendment_no:02}"
    stem = re.sub(r"[\\/:*?\"<>|]", "-", code or revision.getId())
    return f"{stem} lần {number}.{suffix}"


def describe(response: Any, media_type: str, size: int, name: str, *, inline: bool) -> None:
    """Headers of a file that belongs to who asked for it: kept in no cache, taken for no page."""
    plain = fold(name).encode("ascii", "replace").decode("ascii").replace('"', "")
    how = "inline" if inline else "attachment"
    response.setHeader("Content-Type", media_type)
    response.setHeader("Content-Length", str(size))
    response.setHeader(
        "Content-Disposition", f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    response.setHeader("X-Content-Type-Options", "nosniff")
    response.setHeader("Cache-Control", "private, no-store")
