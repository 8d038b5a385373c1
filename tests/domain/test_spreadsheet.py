"""Tables that a spreadsheet shows and never computes."""

from datetime import date
from eqms.domain.spreadsheet import as_csv
from eqms.domain.spreadsheet import harmless
import csv
import pytest


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝HYPERLINK()"]
)
def test_a_formula_becomes_text(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "QT 01/CX", "a=b", "1-2", "Đăng ký"])
def test_other_text_stays(text):
    assert harmless(text) == text


def test_a_table_comes_back_as_it_was():
    rows = [["Mã", 'Tên "mới"'], ["QT 01", "dòng một\ndòng hai, và ba"]]
    data = as_csv(rows)
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True))) == rows


def test_days_and_numbers_are_written_so_that_nobody_mistakes_them():
    assert as_csv([[date(2026, 3, 1), 2, None, "-2"]])[3:] == b"2026-03-01,2,,'-2\r\n"
