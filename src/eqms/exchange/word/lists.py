"""Plain lists of a procedure: references, definitions, forms, records, amendments."""

from collections.abc import Iterable
from collections.abc import Iterator
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.findings import Findings
from eqms.exchange.word.model import Amendment
from eqms.exchange.word.model import Definition
from eqms.exchange.word.model import Record
from eqms.exchange.word.sections import Section
from eqms.exchange.word.tables import Head
from eqms.exchange.word.tables import read_head
from eqms.exchange.word.text import clean
from eqms.exchange.word.text import flow
from eqms.exchange.word.text import key
from eqms.exchange.word.text import split_bullet
from eqms.exchange.word.text import split_marker
import re


_NOTHING = re.compile(r"/?\s*không( có)?( quy định)?")
_POINTER = re.compile(r"xem (tại )?(mục|phần)\b")
_TERM = (re.compile(r"\s+:\s*|\s*:\s+"), re.compile(r"\t+"), re.compile(r"\s+(?:là|[-–=])\s+"))
_NOTE = re.compile(r"\s*ghi chú\s*:?\s*", re.I)
_NEXT_FORM = re.compile(
    r"\s*[;/]\s*(?=(?:Tờ khai|Mẫu|Đơn|Văn bản|Giấy|Biểu mẫu|Biên bản|Phiếu|Bản khai|Báo cáo)\b)"
)
_MAX_TERM = 60


def entries(lines: Iterable[str]) -> list[str]:
    """Entries of a list without their dashes, numbers and closing signs; "Không" is none."""
    bare = (split_marker(line)[1].strip(" ;.") for line in lines)
    return [entry for entry in bare if entry and not _NOTHING.fullmatch(key(entry))]


def lines_of(section: Section) -> list[str]:
    """The lines of the paragraphs of a section, as printed."""
    paragraphs = (block for block in section.blocks if isinstance(block, Paragraph))
    return [line for each in paragraphs for line in each.line.split("\n") if line]


def tables_of(section: Section) -> list[Table]:
    """The tables of a section."""
    return [block for block in section.blocks if isinstance(block, Table)]


def read_forms(section: Section) -> list[str]:
    """Forms (biểu mẫu) of their section; a line that only points elsewhere is none."""
    lines = lines_of(section)
    for table in tables_of(section):
        lines += [cells[0] for cells in _columns(table, ("record", "form", "title"))]
    return [entry for entry in entries(lines) if not _POINTER.match(key(entry))]


def read_application_forms(lines: Iterable[str]) -> list[str]:
    """Forms the applicant fills in; a line may name several, one after the other."""
    return [form for entry in entries(lines) for form in _NEXT_FORM.split(entry)]


def read_notes(lines: Iterable[str]) -> list[str]:
    """The notes under the table of work steps, without the word "Ghi chú"."""
    return entries(_NOTE.sub("", split_bullet(line)[1]) for line in lines)


def read_definitions(section: Section, findings: Findings) -> tuple[list[Definition], list[str]]:
    """Terms and abbreviations, and the lines that are none.

    Under a heading of their own every line should be one, so that others are reported.
    """
    found = [
        Definition(*cells)
        for table in tables_of(section)
        for cells in _columns(table, ("term",), ("meaning", "description", "title"))
    ]
    others = []
    for line in _raw_lines(section):
        if (definition := _definition(line)) is not None:
            found.append(definition)
            continue
        others.append(clean(line))
        if len(section.names) == 1:
            found.append(Definition("", clean(line)))
            findings.add("definition_not_understood", section.place, text=clean(line))
    return found, others


def read_records(table: Table, findings: Findings) -> list[Record]:
    """Records to keep (hồ sơ lưu), one per row."""
    roles = (("record", "form", "title"), ("keeper", "responsible"), ("retention", "time"))
    records = []
    head = read_head(table, 0)
    if not {"keeper", "retention"} <= set(head.roles.values()):
        findings.add("records_incomplete", f"table {table.number}")
    for row in range(head.end, len(table.grid)):
        name, keeper, retention = (_text(table, head, row, names) for names in roles)
        if name:
            records.append(Record(name, keeper, retention))
        elif keeper or retention:
            findings.add("row_not_understood", table.place(row), text=f"{keeper} {retention}")
    return records


def read_amendments(table: Table) -> list[Amendment]:
    """Rows of the amendment sheet that say something; a fresh sheet has only empty ones."""
    head = read_head(table, 0)
    columns = (
        [column for column in head.columns("amendment") if _says(head, column, "lần")],
        [column for column in head.columns("amendment") if _says(head, column, "nội dung")],
        [column for column in head.words if _says(head, column, "cơ sở", "căn cứ", "lý do")],
    )
    found = []
    for row in range(head.end, len(table.grid)):
        texts = [_at(table, row, each[0]) if each else "" for each in columns]
        if any(texts):
            found.append(Amendment(*texts))
    return found


def _raw_lines(section: Section) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, Paragraph):
            for line in block.raw.split("\n"):
                if clean(line):
                    yield line


def _definition(line: str) -> Definition | None:
    words = split_bullet(line.strip())[1]
    for pattern in _TERM:
        term, *meaning = map(clean, pattern.split(words, maxsplit=1))
        if meaning and meaning[0] and 0 < len(term) <= _MAX_TERM:
            return Definition(term, meaning[0])
    return None


def _columns(table: Table, *roles: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    head = read_head(table, 0)
    for row in range(head.end, len(table.grid)):
        cells = tuple(_text(table, head, row, names) for names in roles)
        if all(cells):
            yield cells


def _text(table: Table, head: Head, row: int, roles: tuple[str, ...]) -> str:
    columns = (head.column(role) for role in roles)
    return next((_at(table, row, column) for column in columns if column is not None), "")


def _at(table: Table, row: int, column: int) -> str:
    cell = table.at(row, column)
    return "" if cell is None else flow(cell.lines)


def _says(head: Head, column: int, *words: str) -> bool:
    said = key(" ".join(cell.text for cell in head.words[column]))
    return any(word in said for word in words)
