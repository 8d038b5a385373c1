"""The text of a Word file that anybody may have uploaded, read with care.

Only the main part of the package is unpacked, never beyond a limit, and its XML may declare no
entities: a bomb or a broken file is answered with None.
"""

from collections.abc import Iterator
from docx.oxml.ns import qn
from lxml import etree
from typing import BinaryIO
from typing import Final
import zipfile
import zlib


MEGABYTE: Final = 1024 * 1024
MAX_FILE: Final = 64 * MEGABYTE
MAX_TEXT: Final = 8 * MEGABYTE
"""Bytes of the main part; forty pages have a half of one megabyte."""

_MAIN: Final = "word/document.xml"
_DAMAGE: Final = (
    etree.XMLSyntaxError,
    KeyError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
)
"""What reading a damaged, encrypted or foreign archive raises."""

_PARAGRAPH: Final = qn("w:p")
_TEXT_BOX: Final = qn("w:txbxContent")
_PIECES: Final = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "-"}
_WORDS: Final = qn("w:t")


def word_text(stream: BinaryIO, size: int) -> str | None:
    """The paragraphs of a ``.docx`` file in their order, those of table cells included.

    Text that is marked as deleted in Word is left out, as in print.

    :param size: of the file, in bytes
    :returns: None for a file that is no Word file, is damaged, or is larger than the limits
    """
    if size > MAX_FILE:
        return None
    try:
        root = _root(stream)
    except _DAMAGE:
        return None
    return None if root is None else "\n".join(_paragraphs(root))


def _root(stream: BinaryIO) -> etree._Element | None:
    with zipfile.ZipFile(stream) as archive, archive.open(_MAIN) as part:
        content = part.read(MAX_TEXT + 1)
    if len(content) > MAX_TEXT:
        return None
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    root = etree.fromstring(content, parser)
    return None if root.getroottree().docinfo.doctype else root


def _paragraphs(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(_PARAGRAPH):
        if next(paragraph.iterancestors(_TEXT_BOX), None) is not None:
            # It has been read with the paragraph that its box is anchored to.
            continue
        pieces = (
            (element.text or "") if element.tag == _WORDS else _PIECES.get(element.tag, "")
            for element in paragraph.iter()
        )
        if words := " ".join("".join(pieces).split()):
            yield words
