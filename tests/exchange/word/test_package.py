"""Files that are no procedures, or no friends."""

from .build import customary
from eqms.exchange.word import read_procedure
from eqms.exchange.word import UnreadableFile
from eqms.exchange.word.errors import CannotConvert
from eqms.exchange.word.errors import DamagedFile
from eqms.exchange.word.errors import EmptyFile
from eqms.exchange.word.errors import EncryptedFile
from eqms.exchange.word.errors import FileTooLarge
from eqms.exchange.word.errors import ForbiddenXml
from eqms.exchange.word.errors import NoControlBlock
from eqms.exchange.word.errors import NotWord
from eqms.exchange.word.errors import OldWord
from eqms.exchange.word.errors import OtherWordFormat
from eqms.exchange.word.errors import ZipBomb
from eqms.exchange.word.package import MEGABYTE
from itertools import pairwise
import eqms.exchange.word.package as package
import io
import pytest
import re
import struct
import tracemalloc
import zipfile
import zlib


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def repacked(change=None, **added):
    """A procedure whose archive is written anew; *change* maps name and content."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(customary())) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if change is not None:
                content = change(name, content)
            if content is not None:
                target.writestr(name, content)
        for name, content in added.items():
            target.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def in_part(part, old, new):
    return lambda name, content: content.replace(old, new) if name == part else content


def without(part):
    return lambda name, content: None if name == part else content


def refused(data):
    with pytest.raises(UnreadableFile) as caught:
        read_procedure(data, "thu.docx")
    return caught.value


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"%PDF-1.7 ...", NotWord),
        (b"{\\rtf1 ...}", NotWord),
        ("Quy trình cấp phép".encode(), NotWord),
        (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
        (OLE + "Workbook".encode("utf-16-le"), NotWord),
        (b"PK\x03\x04 and no more", DamagedFile),
    ],
    ids=["empty", "pdf", "rtf", "text", "encrypted", "xls", "stub"],
)
def test_other_files(data, error):
    assert type(refused(data)) is error


def test_a_pdf_is_named():
    assert refused(b"%PDF-1.7").params == {"kind": "a PDF file"}


def test_a_truncated_file():
    data = customary()
    assert type(refused(data[: len(data) // 2])) is DamagedFile


def test_a_bit_turned_over():
    data = bytearray(customary())
    at = data.index(b"word/document.xml") + 200
    data[at] ^= 0xFF
    assert type(refused(bytes(data))) is DamagedFile


def test_broken_xml():
    assert type(refused(repacked(in_part("word/document.xml", b"</w:body>", b"")))) is DamagedFile


def test_a_missing_part():
    assert type(refused(repacked(without("word/document.xml")))) is DamagedFile


def test_a_document_without_a_body():
    body = re.compile(rb"<w:body>.*</w:body>", re.S)

    def change(name, content):
        return body.sub(b"", content) if name == "word/document.xml" else content

    assert type(refused(repacked(change))) is DamagedFile


def test_a_missing_page_footer():
    reference = b'w:footerReference w:type="default" r:id="'
    change = in_part("word/document.xml", reference, reference + b"lost")
    assert type(refused(repacked(change))) is DamagedFile


def test_a_zip_that_is_no_office_file():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("anh.txt", "x")
    assert refused(stream.getvalue()).params == {"kind": "a zip archive"}


@pytest.mark.parametrize(
    ("kind", "error"),
    [(MACROS, OtherWordFormat), (TEMPLATE, OtherWordFormat), ("application/xlsx", NotWord)],
)
def test_other_office_files(kind, error):
    change = in_part("[Content_Types].xml", MAIN.encode(), kind.encode())
    assert type(refused(repacked(change))) is error


def test_strict_open_xml():
    old, new = b"http://schemas.openxmlformats.org/officeDocument", b"http://purl.oclc.org/ooxml"
    assert type(refused(repacked(in_part("_rels/.rels", old, new)))) is OtherWordFormat


def test_a_locked_archive():
    data = bytearray(customary())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(signature, at + 4)
    assert type(refused(bytes(data))) is EncryptedFile


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_entities_are_refused(encoding):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    error = refused(repacked(word__extra_xml=laughs.encode(encoding)))
    assert type(error) is ForbiddenXml
    assert error.params == {"part": "word/extra.xml"}


def test_entities_are_not_even_looked_at():
    """In an attribute a parser would expand them whatever it was told."""
    names = [f"e{level}" for level in range(12)]
    pairs = pairwise(names)
    nested = "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">' for name, inner in pairs)
    bomb = f'<!DOCTYPE x [{nested}<!ENTITY {names[-1]} "ha">]><x a="&{names[0]};"/>'
    assert type(refused(repacked(word__extra_xml=bomb))) is ForbiddenXml


def test_an_external_entity_is_refused():
    spy = '<!DOCTYPE x SYSTEM "file:///etc/hostname"><x/>'
    assert type(refused(repacked(word__extra_xml=spy))) is ForbiddenXml


def test_too_many_parts(monkeypatch):
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    assert type(refused(customary())) is ZipBomb


def test_a_part_that_grows_too_much():
    error = refused(repacked(word__media__anh=bytes(8 * MEGABYTE)))
    assert type(error) is ZipBomb
    assert "word/media/anh" in error.message


def test_too_much_xml(monkeypatch):
    monkeypatch.setattr(package, "MAX_XML", 1000)
    assert type(refused(customary())) is ZipBomb


def test_too_much_altogether(monkeypatch):
    monkeypatch.setattr(package, "MAX_TOTAL", 10_000)
    assert type(refused(customary())) is ZipBomb


def test_too_large_a_file(monkeypatch):
    monkeypatch.setattr(package, "MAX_FILE", 100)
    assert type(refused(customary())) is FileTooLarge
    assert type(refused(io.BytesIO(customary()).read())) is FileTooLarge


def lying(data, name, claimed):
    """The archive with the claim that the part unpacks to no more than the given bytes."""
    data = bytearray(data)
    size, check = len(claimed), zlib.crc32(claimed)
    for signature, sizes, names in ((b"PK\x03\x04", 14, 30), (b"PK\x01\x02", 16, 46)):
        at = data.find(signature)
        while at >= 0:
            if data[at + names : at + names + len(name)] == name:
                struct.pack_into("<I", data, at + sizes, check)
                struct.pack_into("<I", data, at + sizes + 8, size)
            at = data.find(signature, at + 4)
    return bytes(data)


def test_a_lie_about_the_size_costs_no_memory():
    part = "docProps/thumbnail.jpeg"
    bomb = repacked(lambda name, content: bytes(200 * MEGABYTE) if name == part else content)
    harmless = lying(bomb, part.encode(), bytes(10))
    tracemalloc.start()
    try:
        reading = read_procedure(harmless, "thu.docx")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert reading.code
    assert peak < 20 * MEGABYTE


def test_messages_say_what_to_do():
    for error in (
        EmptyFile(),
        FileTooLarge(limit=64),
        NotWord(kind="a PDF file"),
        OldWord(),
        CannotConvert(),
        OtherWordFormat(kind="a Word template (.dotx)"),
        EncryptedFile(),
        ZipBomb(reason="more than 128 MB"),
        ForbiddenXml(part="word/document.xml"),
        DamagedFile(reason="the archive is broken"),
        NoControlBlock(),
    ):
        assert error.code != UnreadableFile.code
        assert "{" not in error.message
        assert str(error) == error.message
        assert any(word in error.message.lower() for word in ("send", "save"))
