"""The table of signers: soạn thảo, xem xét, phê duyệt, with name and position."""

from collections import Counter
from collections.abc import Iterable
from eqms.exchange.word.blocks import Cell
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.findings import Findings
from eqms.exchange.word.model import Signer
from eqms.exchange.word.tables import meaning_of
from eqms.exchange.word.text import CAPITALS
from eqms.exchange.word.text import key
import re


_NAME = re.compile(r"họ (và )?tên|người ký")
_POSITION = re.compile(r"chức (vụ|danh)")
_OFFICE = re.compile(
    r"(quyền |phó )?(chuyên viên|trưởng|phó|giám đốc|chủ tịch|chánh|cục trưởng|cán bộ|công chức"
    r"|thư ký|kế toán|viên chức)"
)
_PERSON = re.compile(rf"[{CAPITALS}]\w*( [{CAPITALS}]\w*){{1,5}}")


def read_signers(table: Table, findings: Findings) -> list[Signer]:
    """The signers, whether they are columns (the custom) or rows of the table.

    Where no label says which line is the name, a line must look like one and be the only one.
    """
    cells = [cell for cell in table.cells() if cell.lines and meaning_of(cell.lines[0])]
    counts = Counter(cell.row for cell in cells)
    row = next((row for row, count in counts.items() if count >= 2), None)
    signers = []
    for cell in cells:
        if row not in {None, cell.row}:
            continue
        name, position = _of_row(table, cell) if row is None else _of_column(table, cell)
        heading = cell.lines[0]
        signers.append(Signer(meaning_of(heading) or heading, heading, name, position))
        if not (name and position):
            findings.add("signer_not_understood", table.place(cell.row), heading=heading)
    return signers


def _of_row(table: Table, heading: Cell) -> tuple[str, str]:
    """Name and position in the row of a heading, told by the heads of the columns."""
    places = [(table.at(0, column), table.at(heading.row, column)) for column in range(table.width)]
    return _labelled(places, _NAME), _labelled(places, _POSITION)


def _of_column(table: Table, heading: Cell) -> tuple[str, str]:
    """Name and position below a heading, told by the labels at the left, else by their look."""
    below = range(heading.row + heading.rowspan, len(table.grid))
    places = [(table.at(row, 0), table.at(row, heading.column)) for row in below]
    name, position = _labelled(places, _NAME), _labelled(places, _POSITION)
    if name or position:
        return name, position
    cells = (cell for _, cell in places if cell is not None)
    return _by_look([*heading.lines[1:], *(line for cell in cells for line in cell.lines)])


def _labelled(places: Iterable[tuple[Cell | None, Cell | None]], label: re.Pattern[str]) -> str:
    for head, cell in places:
        if head is not None and cell is not None and label.match(key(head.text)):
            return " ".join(cell.lines)
    return ""


def _by_look(lines: list[str]) -> tuple[str, str]:
    offices = [line for line in lines if _OFFICE.match(key(line))]
    persons = [line for line in lines if _PERSON.fullmatch(line) and line not in offices]
    return persons[0] if len(persons) == 1 else "", " ".join(offices)
