"""Opening a ``.docx`` file that anybody may have sent.

The archive is measured member by member before a parser sees it: nothing is expanded beyond the
limits below, whatever sizes the archive claims, and no part may declare entities.
"""

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from eqms.exchange.word.errors import DamagedFile
from eqms.exchange.word.errors import EmptyFile
from eqms.exchange.word.errors import EncryptedFile
from eqms.exchange.word.errors import FileTooLarge
from eqms.exchange.word.errors import ForbiddenXml
from eqms.exchange.word.errors import NotWord
from eqms.exchange.word.errors import OldWord
from eqms.exchange.word.errors import OtherWordFormat
from eqms.exchange.word.errors import ZipBomb
from io import BytesIO
from lxml import etree
from typing import BinaryIO
import zipfile
import zlib


MEGABYTE = 1024 * 1024
MAX_FILE = 64 * MEGABYTE
MAX_PARTS = 2000
MAX_TOTAL = 128 * MEGABYTE
MAX_XML = 16 * MEGABYTE
#: XML of Word shrinks some thirty times, a bomb a thousand. Small parts may do as they like.
MAX_RATIO = 200
RATIO_FROM = MEGABYTE

_BITE = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED_ENTRY = 0x1
_XML_SUFFIXES = (".xml", ".rels", ".vml")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_KINDS = {
    b"%PDF": "a PDF file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8": "a picture",
}
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = f"{_TYPES}document.main+xml"
_OTHER_MAINS = {
    f"{_TYPES}template.main+xml": "a Word template (.dotx)",
    "application/vnd.ms-word.document.macroEnabled.main+xml": "a document with macros (.docm)",
}


def open_document(source: BinaryIO | bytes) -> WordDocument:
    """Open a Word document after checking that it is one and that it is safe to unpack.

    Raises a subclass of :class:`~eqms.exchange.word.errors.UnreadableFile`.
    """
    package = checked_package(source)
    try:
        document = Document(package)
    except (KeyError, ValueError, AttributeError, PackageNotFoundError) as error:
        raise DamagedFile(reason="parts of the document are missing") from error
    if document.element.body is None:
        raise DamagedFile(reason="the document has no body")
    return document


def checked_package(source: BinaryIO | bytes) -> BytesIO:
    """The parts of a Word document that is safe to unpack, in a new archive.

    Raises a subclass of :class:`~eqms.exchange.word.errors.UnreadableFile`.
    """
    data = bytes_of(source)
    _check_kind(data)
    parts = _unpack(data)
    _check_content_types(parts)
    return _repack(parts)


def is_old_word(data: bytes) -> bool:
    """Whether this is an unprotected document of Word 97-2003."""
    return (
        data.startswith(_OLE)
        and "WordDocument".encode("utf-16-le") in data
        and "EncryptedPackage".encode("utf-16-le") not in data
    )


def bytes_of(source: BinaryIO | bytes) -> bytes:
    """The bytes of a file that is neither empty nor larger than a procedure can be."""
    data = source if isinstance(source, bytes) else source.read(MAX_FILE + 1)
    if not data:
        raise EmptyFile
    if len(data) > MAX_FILE:
        raise FileTooLarge(limit=MAX_FILE // MEGABYTE)
    return data


def _check_kind(data: bytes) -> None:
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedFile
        if is_old_word(data):
            raise OldWord
        raise NotWord(kind="an old Office file")
    if not data.startswith(_ZIP):
        kinds = (kind for magic, kind in _KINDS.items() if data.startswith(magic))
        raise NotWord(kind=next(kinds, "another kind of file"))


def _unpack(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_sizes(archive.infolist())
            parts = {member.filename: _content(archive, member) for member in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise DamagedFile(reason="the archive is broken") from error
    for name, content in parts.items():
        if name.lower().endswith(_XML_SUFFIXES):
            _check_xml(name, content)
    return parts


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_PARTS:
        raise ZipBomb(reason=f"more than {MAX_PARTS} parts")
    if any(member.flag_bits & _ENCRYPTED_ENTRY for member in members):
        raise EncryptedFile
    if sum(member.file_size for member in members) > MAX_TOTAL:
        raise ZipBomb(reason=f"more than {MAX_TOTAL // MEGABYTE} MB")
    for member in members:
        size = member.file_size
        if size > RATIO_FROM and size > MAX_RATIO * member.compress_size:
            raise ZipBomb(reason=f"{member.filename} grows more than {MAX_RATIO} times")
        if size > MAX_XML and member.filename.lower().endswith(_XML_SUFFIXES):
            raise ZipBomb(reason=f"{member.filename} has more than {MAX_XML // MEGABYTE} MB")


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Unpack in small bites: a lie about the size costs no memory, and reading stops at it."""
    content = bytearray()
    with archive.open(member) as stream:
        while bite := stream.read(_BITE):
            content += bite
    return bytes(content)


def _check_xml(part: str, content: bytes) -> None:
    if any(doctype in content for doctype in _DOCTYPES):
        raise ForbiddenXml(part=part)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedFile(reason=f"{part} is not well-formed") from error
    if root.getroottree().docinfo.doctype:
        raise ForbiddenXml(part=part)


def _repack(parts: dict[str, bytes]) -> BytesIO:
    """An archive of what was measured, so that no second reader can see anything else."""
    measured = BytesIO()
    with zipfile.ZipFile(measured, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    measured.seek(0)
    return measured


def _check_content_types(parts: dict[str, bytes]) -> None:
    if (content_types := parts.get("[Content_Types].xml")) is None:
        raise NotWord(kind="a zip archive")
    declared = {element.get("ContentType") for element in etree.fromstring(content_types)}
    if _MAIN not in declared:
        kind = next((_OTHER_MAINS[found] for found in declared if found in _OTHER_MAINS), None)
        if kind is None:
            raise NotWord(kind="another Office file")
        raise OtherWordFormat(kind=kind)
    if b"purl.oclc.org/ooxml" in parts.get("_rels/.rels", b""):
        raise OtherWordFormat(kind="a Strict Open XML document")
