"""The control block: issuer, title, code, issue and amendment number, dates.

It stands in a table on the cover, in the page header, or in lines; label and value share a cell
or stand side by side or one above the other.
"""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from eqms.exchange.word.blocks import Block
from eqms.exchange.word.blocks import Cell
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.findings import Findings
from eqms.exchange.word.model import ProcedureReading
from eqms.exchange.word.text import clean
from eqms.exchange.word.text import find_date
from eqms.exchange.word.text import flow
from eqms.exchange.word.text import key
from itertools import takewhile
from itertools import zip_longest
import re


CODE = "code"
ISSUE_AND_AMENDMENT = "issue and amendment"
ISSUE = "issue"
AMENDMENT = "amendment"
ISSUED_ON = "issued on"
EFFECTIVE_ON = "effective on"
TITLE = "title"
PAGE = "page"

_LABELS = {
    CODE: r"mã(?: (?:hiệu|số)(?: (?:tài liệu|quy trình|văn bản))?| tài liệu| quy trình| qt)?"
    r"|ký hiệu|số hiệu",
    ISSUE_AND_AMENDMENT: r"(?:lần )?(?:ban hành|bh) ?/ ?(?:lần )?(?:sửa đổi|sđ)",
    ISSUE: r"lần (?:ban hành|bh)|ban hành lần(?: thứ)?|phiên bản",
    AMENDMENT: r"lần (?:sửa đổi|sđ|soát xét)|sửa đổi lần(?: thứ)?",
    ISSUED_ON: r"ngày (?:ban hành|bh|phát hành)",
    EFFECTIVE_ON: r"(?:ngày )?(?:có )?hiệu lực(?: từ(?: ngày)?)?|ngày áp dụng",
    TITLE: r"tên (?:quy trình|tài liệu)",
    PAGE: r"(?:số )?trang(?: số)?|tổng số trang",
}
_LABEL = re.compile(
    "|".join(f"(?P<{name.replace(' ', '_')}>{words})" for name, words in _LABELS.items()), re.I
)
_LABEL_WITH_COLON = re.compile(rf"(?<![/\w])(?<!/ )(?:{'|'.join(_LABELS.values())})\s*[:：]", re.I)
_COLON = re.compile(r"\s*[:：]\s*|\s+(?=[A-ZĐ]{2}|\d)|\s*$")
_TYPE_OF_DOCUMENT = re.compile(r"(?:quy trình|thủ tục|hướng dẫn|quy định)(?: (?:iso|nội bộ|số))?")
_SUPERIOR = re.compile(r"(?:ủy|uỷ) ban|ubnd|bộ |tỉnh|thành phố")
_SUBORDINATE = re.compile(
    r"sở|chi cục|cục|phòng|ban|trung tâm|văn phòng|thanh tra|ubnd|ủy ban|uỷ ban"
)
#: Titles of pages that may follow the cover; none is the title of the document.
_OTHER_PAGE = re.compile(
    r"mục lục|(?:trang |bảng |phiếu )?(?:theo dõi|kiểm soát|sửa đổi|lịch sử|tình trạng)"
    r"|(?:danh sách|nơi|bảng) phân phối|phân phối tài liệu"
)
_LABELLED = re.compile(r"[^:]{2,30}[:：]")
_NUMBER = re.compile(r"0*(?P<number>\d{1,3})")
_TWO_NUMBERS = re.compile(r"0*(?P<issue>\d{1,3})\s*[/-]\s*0*(?P<amendment>\d{1,3})")
_TELLING = {CODE, ISSUE, ISSUE_AND_AMENDMENT, ISSUED_ON, EFFECTIVE_ON}
_RULER = re.compile(r"[_.…\s]+$")


@dataclass
class ControlBlock:
    """Labelled values of a control block, with its other cells in reading order."""

    values: dict[str, str] = field(default_factory=dict)
    others: list[list[str]] = field(default_factory=list)
    table: Table | None = None

    @property
    def found(self) -> bool:
        """Whether this is a control block: two of code, issue number and dates, or a code
        beside the words QUY TRÌNH."""
        names_type = any(not _is_no_title(line) for lines in self.others for line in lines)
        return len(_TELLING & set(self.values)) >= 2 or (CODE in self.values and names_type)


def find_control_block(front: Sequence[Block], headers: Sequence[Block]) -> ControlBlock | None:
    """Look on the cover, then in the page headers, then among the lines of the cover."""
    for block in (*front, *headers):
        if isinstance(block, Table) and (read := _of_table(block)).found:
            return read
    for blocks in (front, headers):
        if (read := _of_lines(blocks)).found:
            return read
    return None


def labelled_values(blocks: Sequence[Block]) -> dict[str, str]:
    """The labelled values anywhere in *blocks*, such as those of a page footer."""
    values = dict(_of_lines(blocks).values)
    for block in blocks:
        if isinstance(block, Table):
            values |= _of_table(block).values
    return values


def read_control_block(
    block: ControlBlock, front: Sequence[Block], reading: ProcedureReading, findings: Findings
) -> None:
    """Put what the block says into the reading."""
    values, place = block.values, "control block"
    reading.code = values.get(CODE, "")
    cover = _cover(front)
    cells = [kept for lines in (block.others if block.table else cover) if (kept := _plain(lines))]
    reading.issuer = _issuer(cells)
    reading.title = values.get(TITLE) or _title(cells) or _second(cells) or _title(cover)
    _read_numbers(values, reading, findings)
    for name in ("code", "title", "issuer"):
        if not getattr(reading, name):
            findings.add(f"{name}_missing", place)
    reading.effective_on = find_date(values.get(EFFECTIVE_ON, ""))
    stated = values.get(ISSUED_ON, "")
    reading.issued_on = find_date(stated)
    if not stated:
        findings.add("date_missing", place)
    elif reading.issued_on is None:
        findings.add("date_not_understood", place, text=stated)


def issue_number(text: str) -> int | None:
    """The number of a "Lần ban hành", without its leading zero."""
    found = _NUMBER.fullmatch(text.strip(" ."))
    return int(found["number"]) if found else None


def _read_numbers(values: dict[str, str], reading: ProcedureReading, findings: Findings) -> None:
    place = "control block"
    issue, amendment = values.get(ISSUE, ""), values.get(AMENDMENT, "")
    if both := values.get(ISSUE_AND_AMENDMENT, ""):
        if found := _TWO_NUMBERS.fullmatch(both):
            issue, amendment = found["issue"], found["amendment"]
        else:
            issue = both
    reading.issue_no = issue_number(issue)
    reading.amendment_no = issue_number(amendment)
    if not issue:
        findings.add("issue_number_missing", place)
    elif reading.issue_no is None:
        findings.add("issue_number_not_understood", place, text=issue)
    if amendment and reading.amendment_no is None:
        findings.add("amendment_not_understood", place, text=amendment)


def _label(line: str) -> tuple[str, str] | None:
    """The label a line begins with, and what follows its colon."""
    if (label := _LABEL.match(line)) is None:
        return None
    if (colon := _COLON.match(line, label.end())) is None:
        return None
    name = (label.lastgroup or "").replace("_", " ")
    return name, line[colon.end() :].strip()


def _of_table(table: Table) -> ControlBlock:
    block = ControlBlock(table=table)
    taken: set[Cell] = set()
    for cell in table.cells():
        lines = [line for raw in cell.lines for line in _split_labels(raw)]
        if cell in taken or not lines:
            continue
        if not any(_label(line) for line in lines):
            block.others.append(cell.lines)
            continue
        for index, line in enumerate(lines):
            if (found := _label(line)) is None:
                continue
            name, value = found
            if not value and index + 1 < len(lines) and not _label(lines[index + 1]):
                value = lines[index + 1]
            if not value and (beside := _beside(table, cell)) is not None:
                taken.add(beside)
                value = flow(beside.lines)
            block.values.setdefault(name, value)
    return block


def _beside(table: Table, cell: Cell) -> Cell | None:
    """The cell with the value of a label: to the right, else below."""
    for row, column in (
        (cell.row, cell.column + cell.colspan),
        (cell.row + cell.rowspan, cell.column),
    ):
        other = table.at(row, column)
        if other is not None and other.lines and not _label(other.lines[0]):
            return other
    return None


def _of_lines(blocks: Sequence[Block]) -> ControlBlock:
    block = ControlBlock()
    lines = [
        line
        for paragraph in blocks
        if isinstance(paragraph, Paragraph)
        for raw in paragraph.text.split("\n")
        for line in _split_labels(raw)
    ]
    for line, below in zip_longest(lines, lines[1:], fillvalue=""):
        if (found := _label(line)) is None:
            continue
        name, value = found
        if not value and name in _TELLING and not _label(below):
            value = below
        if value:
            block.values.setdefault(name, value)
    return block


def _split_labels(line: str) -> Iterator[str]:
    """Split "Lần ban hành: 02 Ngày ban hành: 07/7/2025" before each label that has a colon."""
    starts = [
        found.start()
        for found in _LABEL.finditer(line)
        if re.match(r"\s*[:：]", line[found.end() :])
        and not line[: found.start()].endswith(("/", "/ "))
    ]
    for start, end in zip([0, *starts], [*starts, len(line)], strict=True):
        if part := line[start:end].strip(" ;,-–|"):
            yield part


def _title(groups: Sequence[Sequence[str]]) -> str:
    """The words below (or, within one cell, after) the word QUY TRÌNH that stands alone."""
    for index, lines in enumerate(groups):
        for position, line in enumerate(lines):
            words = key(line)
            if not _TYPE_OF_DOCUMENT.match(words):
                continue
            if not _TYPE_OF_DOCUMENT.fullmatch(words):
                return clean(" ".join(lines[position:]))
            following = groups[index + 1] if index + 1 < len(groups) else []
            return clean(" ".join(lines[position + 1 :] or following))
    return ""


def _plain(lines: Sequence[str]) -> list[str]:
    """Lines without those of a label that is not known ("Người kiểm soát: …"): no title at all."""
    return [line for line in lines if not _LABELLED.match(line) or not _is_no_title(line)]


def _second(groups: Sequence[Sequence[str]]) -> str:
    """The words of the cell that is left when there are but two, the first being the issuer's."""
    return clean(" ".join(groups[1])) if len(groups) == 2 else ""


def _cover(front: Sequence[Block]) -> list[list[str]]:
    """The lines of the cover, grouped between empty ones."""
    groups: list[list[str]] = [[]]
    for block in front:
        if not isinstance(block, Paragraph) or _OTHER_PAGE.match(key(block.text)):
            groups.append([])
        elif block.text and (block.text.isupper() or _names_or_follows(block.text, groups)):
            groups[-1] += block.text.split("\n")
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def _names_or_follows(text: str, groups: Sequence[Sequence[str]]) -> bool:
    """Whether a line says QUY TRÌNH, or stands below one that says no more.

    Titles need no capitals.
    """
    if _LABEL_WITH_COLON.match(text):
        return False
    before = next((group[-1] for group in reversed(groups) if group), "")
    return not _is_no_title(text) or bool(_TYPE_OF_DOCUMENT.fullmatch(key(before)))


def _issuer(groups: Sequence[Sequence[str]]) -> str:
    """The first cell that is no title; under a superior body the one that issues counts."""
    for group in groups:
        lines = list(takewhile(_is_no_title, filter(without_ruler, group)))
        if len(lines) > 1 and _SUPERIOR.match(key(lines[0])) and _SUBORDINATE.match(key(lines[1])):
            lines = lines[1:]
        if lines:
            return " ".join(lines)
    return ""


def _is_no_title(line: str) -> bool:
    return not _TYPE_OF_DOCUMENT.match(key(line))


def without_ruler(text: str) -> str:
    """Text without the row of underscores that draws a line under it."""
    return _RULER.sub("", text)
