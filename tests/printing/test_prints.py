"""What stands on the pages, read back from the PDF."""

from cast import issue
from datetime import datetime
from datetime import UTC
from eqms.domain import clock
from eqms.printing.pages import layout
from eqms.printing.pages import pages
from eqms.printing.pages import Stamps
from eqms.printing.rendering import pdf_of
from io import BytesIO
from printing.reading import ADDRESS
from printing.reading import fill
from printing.reading import texts
from pypdf import PdfReader
import pytest
import re


MORNING = datetime(2025, 7, 6, 18, 0, tzinfo=UTC)
"""01:00 of 7 July in Vietnam."""

STAMPS = Stamps(across="DỰ THẢO", below="BẢN IN KHÔNG KIỂM SOÁT")


@pytest.fixture
def revision(document):
    revision = fill(document["rev-1"])
    with clock.frozen(MORNING):
        issue(revision)
    return revision


@pytest.fixture
def printed(revision):
    return pdf_of(pages(revision, STAMPS, ADDRESS))


class TestPrint:
    def test_the_control_block_and_the_stamps_are_on_every_page(self, printed):
        read = texts(printed)
        assert len(read) > 2
        for number, text in enumerate(read, 1):
            assert "SỞ TƯ PHÁP" in text
            assert "Mã hiệu: QT 01/CX-HCTP" in text
            assert "Lần ban hành: 01, sửa đổi: 00" in text
            assert "ngày 07 tháng 7 năm 2025" in text
            assert f"Trang: {number}/{len(read)}" in text
            assert "DỰ THẢO" in text
            assert "BẢN IN KHÔNG KIỂM SOÁT" in text

    def test_signers_contents_and_sections(self, printed):
        first, second, *rest = texts(printed)
        assert "Soạn thảo Xem xét Phê duyệt" in first
        for name in ("Lê Thị Soạn", "Trần Văn Xét", "Phạm Thị Duyệt"):
            assert name in first
        assert "Đã xác nhận trên phần mềm" in first
        assert re.search(r"7\. Hồ sơ cần lưu ?\.+ \d", first)
        assert "TRANG THEO DÕI SỬA ĐỔI TÀI LIỆU" in second
        for line in (
            "1. MỤC ĐÍCH",
            "a. Thành phần, số lượng hồ sơ",
            "c. Cơ quan phối hợp",
            "đ. Quy trình các bước",
            "7. HỒ SƠ CẦN LƯU",
            "½ ngày",
            "Lưu đồ các bước xử lý công việc",
            "Bắt đầu",
            "Kết thúc",
        ):
            assert line in " ".join(rest)

    def test_it_is_tagged_archivable_and_has_its_fonts_inside(self, printed):
        reader = PdfReader(BytesIO(printed))
        catalog = reader.trailer["/Root"]
        assert catalog["/MarkInfo"]["/Marked"]
        assert catalog["/Lang"] == "vi"
        assert reader.metadata.title == "QT 01/CX-HCTP Đăng ký khai sinh"
        metadata = catalog["/Metadata"].get_data().decode()
        assert re.search(r'part="2" \S*conformance="A"', metadata)
        fonts = [
            font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            for page in reader.pages
            for font in page["/Resources"]["/Font"].values()
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)


def test_what_people_wrote_stays_text(document):
    revision = fill(
        document["rev-1"],
        purpose="<script>alert(1)</script> & <b>",
        outcomes=["<img src=x onerror=alert(1)>"],
    )
    revision.title = "<u>Đăng ký</u>"
    html = pages(revision, STAMPS, ADDRESS)
    assert "<script" not in html
    assert "<u>" not in html
    assert "<img src=x" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in html


def test_paper_leads_nowhere_if_nobody_knows_the_address(revision):
    assert "@@validity" in pages(revision, STAMPS, ADDRESS)
    assert "@@validity" not in pages(revision, STAMPS, "")


def test_an_unfinished_draft_has_no_code(document):
    assert "@@validity" not in pages(document["rev-1"], STAMPS, ADDRESS)


@pytest.mark.parametrize("words", [1, 10, 25, 90])
def test_the_longest_title_stays_in_its_block(document, words):
    revision = document["rev-1"]
    revision.title = " ".join(["nghiêng"] * words)[:500]
    read = texts(pdf_of(pages(revision, STAMPS, "")))
    assert all(text.count("nghiêng") >= revision.title.count("nghiêng") for text in read)


def test_a_long_title_gets_smaller_letters_and_a_higher_block():
    short, long = (
        layout({"title": title, "code": "QT 01", "superior": "", "agency": "Sở Tư pháp"})
        for title in ("Đăng ký khai sinh", "Đăng ký khai sinh " * 20)
    )
    assert short.title_size > long.title_size
    assert short.height < long.height
