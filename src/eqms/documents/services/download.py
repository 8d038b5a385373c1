"""Answers that may be long: written to a file first, so that no export fills the memory."""

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import Any
from zope.interface import implementer
from ZPublisher.Iterators import IStreamIterator


_PIECE = 1 << 16


@implementer(IStreamIterator)
class Download:
    """A temporary file on its way to the client; it is gone when it was sent.

    The server closes the database before it sends, so everything is read beforehand.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed when it was sent
        for line in lines:
            self._file.write(line.encode())
        self._size = self._file.tell()
        self._file.seek(0)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> "Download":
        return self

    def __next__(self) -> bytes:
        piece = self._file.read(_PIECE)
        if not piece:
            self._file.close()
            raise StopIteration
        return piece


def send(response: Any, lines: Iterable[str], content_type: str, filename: str) -> Download:
    """Answer with a file to be kept.

    :param filename: plain letters, digits and ``-._`` only
    """
    download = Download(lines)
    response.setHeader("Content-Type", content_type)
    response.setHeader("Content-Length", str(len(download)))
    response.setHeader("Content-Disposition", f'attachment; filename="{filename}"')
    response.setHeader("X-Content-Type-Options", "nosniff")
    response.setHeader("Cache-Control", "private, no-store")
    return download
