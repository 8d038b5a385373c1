"""The table of signers: soạn thảo, xem xét, phê duyệt, with name and position."""

from collections import Counter
from collections.abc import Callable
from eqms.exchange.word.blocks import Cell
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.findings import Findings
from eqms.exchange.word.model import Signer
from eqms.exchange.word.tables import meaning_of
from eqms.exchange.word.text import key
import re


_NAME = re.compile(r"họ (và )?tên|người ký")
_POSITION = re.compile(r"chức (vụ|danh)")


def read_signers(table: Table, findings: Findings) -> list[Signer]:
    """The signers, whether they are columns (the custom) or rows of the table."""
    cells = [cell for cell in table.cells() if _meaning(cell)]
    counts = Counter(cell.row for cell in cells)
    row = next((row for row, count in counts.items() if count >= 2), None)
    headings = [cell for cell in cells if row in {None, cell.row}]
    signers = []
    for cell in headings:
        find = _beside(table, cell) if row is None else _below(table, cell)
        heading = " ".join(cell.lines)
        signer = Signer(_meaning(cell) or heading, heading, find(_NAME), find(_POSITION))
        signers.append(signer)
        if not (signer.name and signer.position):
            place = table.place(cell.row)
            findings.add("signer_not_understood", place, heading=signer.heading)
    return signers


def _meaning(cell: Cell) -> str | None:
    return meaning_of(" ".join(cell.lines)) if cell.lines else None


def _below(table: Table, heading: Cell) -> Callable[[re.Pattern[str]], str]:
    def find(label: re.Pattern[str]) -> str:
        for row in range(heading.row + 1, len(table.grid)):
            first = table.at(row, 0)
            if first is not None and label.match(key(first.text)):
                return _words(table.at(row, heading.column))
        return ""

    return find


def _beside(table: Table, heading: Cell) -> Callable[[re.Pattern[str]], str]:
    def find(label: re.Pattern[str]) -> str:
        for column in range(table.width):
            top = table.at(0, column)
            if top is not None and label.match(key(top.text)):
                return _words(table.at(heading.row, column))
        return ""

    return find


def _words(cell: Cell | None) -> str:
    return "" if cell is None else " ".join(cell.lines)
