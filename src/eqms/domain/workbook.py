"""Tables as XLSX (ISO/IEC 29500): real days and numbers, and no text that a spreadsheet computes.

Rows are written as they come, so that a long list takes no room in memory.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from typing import Any
from typing import Final
import re


Cell = str | int | date | None

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_DAY: Final = "dd/mm/yyyy"
_LONGEST: Final = 32_767
"""More characters no cell takes."""

_NOT_IN_NAME: Final = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Head:
    """Heading of a column and its width in characters."""

    text: str
    width: int


def as_xlsx(name: str, heads: Sequence[Head], rows: Iterable[Iterable[Cell]]) -> bytes:
    """A workbook of one sheet: the heads stay in view, rows can be filtered, A4 across.

    Texts are texts whatever they begin with; a text that a spreadsheet would take for a formula
    when somebody edits it carries the mark that keeps it one (OWASP: CSV injection).

    :param name: of the sheet; what cannot stand in it is left out
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_NOT_IN_NAME.sub(" ", name)[:31])
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    for number, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = head.width
    sheet.append([_head(sheet, head.text) for head in heads])
    count = 1
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{count}"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _head(sheet: Any, text: str) -> Any:
    cell = _cell(sheet, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _cell(sheet: Any, value: Cell) -> Any:
    if not isinstance(value, str):
        cell = WriteOnlyCell(sheet, value=value)
        if isinstance(value, date):
            cell.number_format = _DAY
        return cell
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST])
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
