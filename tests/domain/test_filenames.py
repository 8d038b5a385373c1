"""Finding the code of a document in the name of a file."""

from eqms.domain.filenames import named_in
from hypothesis import given
from hypothesis import strategies as st
import pytest


CODES = ["QT 03/CX-HCTP", "QT 04/CX-HCTP", "QT 03", "BM 01/HĐND", "STCL", "QT 1/2", "QT 12"]


@pytest.mark.parametrize(
    ("filename", "codes"),
    [
        ("QT 03-CX-HCTP.pdf", ["QT 03/CX-HCTP"]),
        ("qt03_cx_hctp.PDF", ["QT 03/CX-HCTP"]),
        ("QT3.CX.HCTP.pdf", ["QT 03/CX-HCTP"]),
        ("QT03CXHCTP.pdf", ["QT 03/CX-HCTP"]),
        ("Bản ký QT 03 - CX - HCTP (đã đóng dấu).pdf", ["QT 03/CX-HCTP"]),
        ("2026-11-25 QT 04-CX-HCTP ký số.pdf", ["QT 04/CX-HCTP"]),
        ("QT 03.pdf", ["QT 03"]),
        ("BM 01-HDND.tif", ["BM 01/HĐND"]),
        ("bm 01 hđnd", ["BM 01/HĐND"]),
        ("Sổ tay STCL 2026.pdf", ["STCL"]),
        ("QT 03-CX-HCTP, QT 04-CX-HCTP.pdf", ["QT 03/CX-HCTP", "QT 04/CX-HCTP"]),
        ("QT 03-CX-HCTP và STCL.pdf", ["QT 03/CX-HCTP", "STCL"]),
        ("QT 03-CX-HCTP (trước là QT 03).pdf", ["QT 03/CX-HCTP", "QT 03"]),
        ("QT 12.pdf", ["QT 1/2", "QT 12"]),
        ("QT 031.pdf", []),
        ("QT 05-CX-HCTP.pdf", []),
        ("aSTCLb.pdf", []),
        ("scan0001.pdf", []),
        ("", []),
    ],
)
def test_the_codes_in_a_name(filename, codes):
    assert list(named_in(filename, CODES).codes) == codes


def test_one_code_is_an_answer_and_two_are_a_doubt():
    assert named_in("STCL.pdf", CODES).code == "STCL"
    assert named_in("QT 12.pdf", CODES).code is None
    assert named_in("x.pdf", CODES).code is None


def test_two_documents_with_one_code_are_a_doubt():
    assert named_in("STCL.pdf", ["STCL", "STCL"]).code is None


@given(
    st.sampled_from(CODES[:4]), st.text("abcđ -_().", max_size=12), st.text(" -_().", max_size=5)
)
def test_what_stands_around_a_code_does_not_matter(code, before, after):
    name = f"{before} {code.replace('/', '-')}{after}.pdf"
    assert code in named_in(name, CODES).codes
