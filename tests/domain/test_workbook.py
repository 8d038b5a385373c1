"""Tables as spreadsheets."""

from datetime import date
from datetime import datetime
from eqms.domain.workbook import as_xlsx
from eqms.domain.workbook import Head
from io import BytesIO
from openpyxl import load_workbook
import pytest


HEADS = [Head("Mã hiệu", 20), Head("Ngày", 13), Head("Lần", 8)]


def sheet_of(rows, name="Danh mục"):
    return load_workbook(BytesIO(as_xlsx(name, HEADS, rows))).active


def test_days_are_days_and_numbers_numbers():
    sheet = sheet_of([["QT 01", date(2026, 3, 1), 2], ["QT 02", None, 0]])
    assert [cell.value for cell in sheet[2]] == ["QT 01", datetime(2026, 3, 1), 2]
    assert (sheet["B2"].is_date, sheet["B2"].number_format) == (True, "dd/mm/yyyy")
    assert [cell.value for cell in sheet[3]] == ["QT 02", None, 0]


def test_the_head_stays_in_view_and_on_paper():
    sheet = sheet_of([["QT 01", None, 1]])
    assert [cell.value for cell in sheet[1]] == ["Mã hiệu", "Ngày", "Lần"]
    assert sheet["A1"].font.bold
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert sheet.column_dimensions["A"].width == 20
    assert sheet.auto_filter.ref == "A1:C2"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "#N/A"])
def test_a_text_is_no_formula(text):
    cell = sheet_of([[text, None, 1]])["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_what_no_spreadsheet_takes_is_left_out():
    sheet = sheet_of([["a\x00b\x1fc", None, 1]], name="Danh mục: [QT/01]*?" + "x" * 40)
    assert sheet["A2"].value == "abc"
    assert len(sheet.title) == 31
