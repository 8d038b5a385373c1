"""Page headers and footers, which repeat the control block and are often forgotten."""

from collections.abc import Iterator
from docx.document import Document
from docx.section import Section
from eqms.exchange.word.block_reader import BlockReader
from eqms.exchange.word.blocks import Block
from eqms.exchange.word.blocks import flat_paragraphs
from eqms.exchange.word.control_block import AMENDMENT
from eqms.exchange.word.control_block import CODE
from eqms.exchange.word.control_block import EFFECTIVE_ON
from eqms.exchange.word.control_block import ISSUE
from eqms.exchange.word.control_block import issue_number
from eqms.exchange.word.control_block import ISSUED_ON
from eqms.exchange.word.control_block import labelled_values
from eqms.exchange.word.control_block import TITLE
from eqms.exchange.word.control_block import without_ruler
from eqms.exchange.word.errors import DamagedFile
from eqms.exchange.word.findings import Findings
from eqms.exchange.word.model import ProcedureReading
from eqms.exchange.word.text import find_date
from eqms.exchange.word.text import key
from typing import Any


Margins = list[tuple[str, list[Block]]]


def read_headers(document: Document, reader: BlockReader) -> Margins:
    """Every page header that is printed, with its place."""
    return _margins(document, reader, "header")


def read_footers(document: Document, reader: BlockReader) -> Margins:
    """Every page footer that is printed, with its place."""
    return _margins(document, reader, "footer")


def header_titles(headers: Margins) -> list[tuple[str, str]]:
    """Where a header gives the title of the procedure, and the title."""
    titles = []
    for place, blocks in headers:
        text = " ".join(each.text for each in flat_paragraphs(blocks))
        title = labelled_values(blocks).get(TITLE) or text.partition(":")[2]
        if key(text).startswith(("tên quy trình", "tên tài liệu")):
            titles.append((place, without_ruler(title)))
    return titles


def check_margins(
    headers: Margins, footers: Margins, reading: ProcedureReading, findings: Findings
) -> None:
    """Tell where headers and footers differ from the control block."""
    for place, title in header_titles(headers):
        if reading.title and key(title) != key(reading.title):
            params = {"what": "tên quy trình", "found": title, "stated": reading.title}
            findings.add("header_differs", place, **params)
    for check, margins in (("header_differs", headers), ("footer_differs", footers)):
        for place, blocks in margins:
            for difference in _differences(labelled_values(blocks), reading):
                findings.add(check, place, **difference)


def _differences(values: dict[str, str], reading: ProcedureReading) -> Iterator[dict[str, object]]:
    for name, words, stated in (
        (ISSUE, "lần ban hành", reading.issue_no),
        (AMENDMENT, "lần sửa đổi", reading.amendment_no),
    ):
        number = issue_number(values.get(name, ""))
        if number is not None and stated is not None and number != stated:
            yield {"what": words, "found": number, "stated": stated}
    for name, words, day in (
        (ISSUED_ON, "ngày ban hành", reading.issued_on),
        (EFFECTIVE_ON, "ngày hiệu lực", reading.effective_on or reading.issued_on),
    ):
        found = find_date(values.get(name, ""))
        if found is not None and day is not None and found != day:
            yield {"what": words, "found": f"{found:%d/%m/%Y}", "stated": f"{day:%d/%m/%Y}"}
    code = values.get(CODE, "")
    if code and reading.code and key(code) != key(reading.code):
        yield {"what": "mã hiệu", "found": code, "stated": reading.code}


def _margins(document: Document, reader: BlockReader, kind: str) -> Margins:
    even = document.settings.odd_and_even_pages_header_footer
    margins = []
    for number, section in enumerate(document.sections, start=1):
        for name in _printed(section, even):
            part = getattr(section, f"{name}{kind}")
            if not part.is_linked_to_previous:
                place = f"{name.replace('_', ' ')}{kind}, part {number} of the file"
                margins.append((place, reader.part(_root(part))))
    return margins


def _root(part: Any) -> Any:
    try:
        return part._element
    except KeyError as error:
        raise DamagedFile(reason="a page header or footer is missing") from error


def _printed(section: Section, even: bool) -> list[str]:
    first = ["first_page_"] if section.different_first_page_header_footer else []
    return [*first, "", *(["even_page_"] if even else [])]
