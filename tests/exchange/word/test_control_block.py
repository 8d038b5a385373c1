"""The control block in its many places, signers, headers and footers."""

from .build import build
from .build import content
from .build import control
from .build import customary
from .build import lines
from .build import merge
from .build import rows
from .build import steps
from .build import table
from datetime import date
from docx.enum.section import WD_SECTION
from eqms.exchange.word import read_procedure
from eqms.exchange.word.errors import NoControlBlock
import pytest


def read(data):
    return read_procedure(data, "thu.docx")


def head_of(*block, **changes):
    """A reading of a document with this control block, and its findings about it."""
    part = block[0] if callable(block[0]) else rows(*block)
    return read(customary(control=part, margins=None, **changes))


def found(reading):
    return [finding.check for finding in reading.findings]


EXPECTED = ("QT-07", "Cấp phép lễ hội", 2, date(2026, 3, 9))


def stated(reading):
    return (reading.code, reading.title, reading.issue_no, reading.issued_on)


@pytest.mark.parametrize(
    "block",
    [
        [
            ["SỞ A", "QUY TRÌNH", "Mã hiệu: QT-07"],
            ["", "Cấp phép lễ hội", "Lần ban hành: 02"],
            ["", "", "Ngày ban hành: 09/3/2026"],
        ],
        [["SỞ A", "QUY TRÌNH\nCấp phép lễ hội", "Mã số: QT-07\nLần BH: 2\nNgày BH: 09.03.2026"]],
        [
            ["SỞ A", "QUY TRÌNH", "Mã số", "QT-07"],
            ["", "Cấp phép lễ hội", "Lần ban hành", "02"],
            ["", "", "Ngày ban hành", "ngày 09 tháng 3 năm 2026"],
        ],
        [
            ["SỞ A", "Ký hiệu", "Lần ban hành", "Ngày ban hành"],
            ["QUY TRÌNH", "QT-07", "02", "09-3-2026"],
            ["Cấp phép lễ hội", "", "", ""],
        ],
        [
            ["SỞ A", "Tên quy trình: Cấp phép lễ hội"],
            ["", "Mã hiệu QT-07"],
            ["", "Lần ban hành: 02 Ngày ban hành: 9/3/2026"],
        ],
    ],
    ids=["customary", "lines in cells", "value beside", "value below", "labelled title"],
)
def test_label_and_value(block):
    reading = head_of(*block)
    assert stated(reading) == EXPECTED
    assert reading.issuer == "SỞ A"
    assert found(reading) == []


def test_control_block_in_lines():
    reading = head_of(
        lines(
            "SỞ A",
            "QUY TRÌNH",
            "Cấp phép lễ hội".upper(),
            "Mã số: QT-07; Lần ban hành: 02",
            "Ngày ban hành: 09/3/2026",
        )
    )
    assert (reading.code, reading.issue_no, reading.issued_on) == ("QT-07", 2, date(2026, 3, 9))
    assert (reading.issuer, reading.title) == ("SỞ A", "CẤP PHÉP LỄ HỘI")


def test_control_block_in_the_page_header():
    def in_header(document):
        header = document.sections[0].header
        made = header.add_table(3, 3, document.sections[0].page_width)
        texts = [
            ["SỞ A", "QUY TRÌNH", "Mã hiệu: QT-07"],
            ["", "Cấp phép lễ hội", "Lần ban hành: 02"],
            ["", "", "Ngày ban hành: 09/3/2026"],
        ]
        for row, cells in zip(made.rows, texts, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text

    reading = read(customary(control=None, margins=in_header))
    assert stated(reading) == EXPECTED
    assert found(reading) == []


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("UBND TỈNH BÌNH MINH\nSỞ XÂY DỰNG", "SỞ XÂY DỰNG"),
        ("ỦY BAN NHÂN DÂN\nXÃ PHÚ THỊNH", "ỦY BAN NHÂN DÂN XÃ PHÚ THỊNH"),
        ("SỞ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG\n______", "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
    ],
)
def test_issuer(text, issuer):
    reading = head_of([text, "QUY TRÌNH", "Mã hiệu: QT-07"], ["", "Cấp phép", "Lần ban hành: 1"])
    assert reading.issuer == issuer


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Lần ban hành/sửa đổi: 02/01", (2, 1)),
        ("Lần ban hành: 02\nLần sửa đổi: 00", (2, 0)),
        ("Lần ban hành: 02", (2, None)),
        ("Ban hành lần: 3", (3, None)),
    ],
)
def test_issue_and_amendment_numbers(text, numbers):
    reading = head_of(
        ["SỞ A", "QUY TRÌNH\nCấp phép", f"Mã: QT-07\n{text}\nNgày ban hành: 9/3/2026"]
    )
    assert (reading.issue_no, reading.amendment_no) == numbers
    assert found(reading) == []


@pytest.mark.parametrize(
    ("without", "check"),
    [
        ("Mã hiệu: QT-07", "code_missing"),
        ("Lần ban hành: 02", "issue_number_missing"),
        ("Ngày ban hành: 09/3/2026", "date_missing"),
    ],
)
def test_what_the_block_does_not_say(without, check):
    texts = ["Mã hiệu: QT-07", "Lần ban hành: 02", "Ngày ban hành: 09/3/2026"]
    reading = head_of(
        ["SỞ A", "QUY TRÌNH\nCấp phép", "\n".join(text for text in texts if text != without)]
    )
    assert found(reading) == [check]


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Ngày ban hành: …/…/2026", "date_not_understood"),
        ("Ngày ban hành: 31/02/2026", "date_not_understood"),
        ("Ngày ban hành: 09/3/26", "date_not_understood"),
    ],
)
def test_dates_that_are_none(text, check):
    reading = head_of(["SỞ A", "QUY TRÌNH\nCấp phép", f"Mã hiệu: QT-07\nLần ban hành: 02\n{text}"])
    assert reading.issued_on is None
    assert found(reading) == [check]


def test_numbers_that_are_none():
    reading = head_of(
        [
            "SỞ A",
            "QUY TRÌNH\nCấp phép",
            "Mã: QT-07\nLần ban hành: mới\nLần sửa đổi: x\nNgày ban hành: 9/3/2026",
        ]
    )
    assert (reading.issue_no, reading.amendment_no) == (None, None)
    assert found(reading) == ["issue_number_not_understood", "amendment_not_understood"]


def test_a_block_without_title_and_issuer():
    reading = head_of(["Mã hiệu: QT-07", "Lần ban hành: 02", "Ngày ban hành: 9/3/2026"])
    assert found(reading) == ["title_missing", "issuer_missing"]


def test_a_document_without_control_block_is_refused():
    with pytest.raises(NoControlBlock) as caught:
        read(build(lines("Báo cáo tháng"), content, steps))
    assert caught.value.code == "no_control_block"


def test_one_label_is_no_control_block():
    with pytest.raises(NoControlBlock):
        read(build(lines("Ngày ban hành: 01/02/2026"), content))


def signed_by_rows(document):
    table(
        document,
        [
            ["", "Chức vụ", "Họ và tên", "Chữ ký"],
            ["Người viết", "Chuyên viên", "Đỗ Thị Thử", ""],
            ["Người kiểm tra", "Trưởng phòng", "Lý Văn Mẫu", ""],
            ["Người duyệt", "Giám đốc", "", ""],
        ],
    )


def test_signers_in_rows():
    reading = read(customary(signers=signed_by_rows))
    assert [(each.meaning, each.name, each.position) for each in reading.signers] == [
        ("drafted", "Đỗ Thị Thử", "Chuyên viên"),
        ("reviewed", "Lý Văn Mẫu", "Trưởng phòng"),
        ("approved", "", "Giám đốc"),
    ]
    assert found(reading) == ["signer_not_understood"]


NAMES_BELOW = [
    ["NGƯỜI SOẠN THẢO", "NGƯỜI KIỂM TRA", "NGƯỜI PHÊ DUYỆT"],
    [
        "(Đã ký)\nĐỗ Thị Thử\nChuyên viên",
        "Lý Văn Mẫu\nTrưởng phòng",
        "Hồ Nghiệm\nGiám đốc",
    ],
]
NAMES_INSIDE = [
    [
        "Soạn thảo\nChuyên viên\nĐỗ Thị Thử",
        "Xem xét\nTrưởng phòng\nLý Văn Mẫu",
        "Phê duyệt\nGiám đốc\nHồ Nghiệm",
    ]
]


@pytest.mark.parametrize("below", [NAMES_BELOW, NAMES_INSIDE], ids=["below", "inside"])
def test_signers_without_labels(below):
    reading = read(customary(signers=rows(*below)))
    assert [(each.meaning, each.name, each.position) for each in reading.signers] == [
        ("drafted", "Đỗ Thị Thử", "Chuyên viên"),
        ("reviewed", "Lý Văn Mẫu", "Trưởng phòng"),
        ("approved", "Hồ Nghiệm", "Giám đốc"),
    ]
    assert found(reading) == []


def test_signers_whose_name_is_not_certain():
    below = [["Soạn thảo", "Phê duyệt"], ["Đỗ Thị Thử\nLý Văn Mẫu", "ký"]]
    reading = read(customary(signers=rows(*below)))
    assert [(each.name, each.position) for each in reading.signers] == [("", ""), ("", "")]
    assert found(reading) == ["signer_not_understood", "signer_not_understood"]


def other_margins(document):
    first = document.sections[0]
    first.header.paragraphs[0].text = "Tên quy trình: Cấp phép quảng cáo ________"
    second = document.add_section(WD_SECTION.NEW_PAGE)
    second.footer.is_linked_to_previous = False
    second.footer.paragraphs[0].text = "Ngày hiệu lực: 01/01/2025   Lần ban hành: 2"
    second.different_first_page_header_footer = False
    second.first_page_footer.paragraphs[0].text = "Lần ban hành: 9"


def test_headers_and_footers_that_were_forgotten():
    reading = read(customary(margins=other_margins))
    assert [(each.check, each.place) for each in reading.findings] == [
        ("header_differs", "header, part 1 of the file"),
        ("footer_differs", "footer, part 2 of the file"),
        ("footer_differs", "footer, part 2 of the file"),
    ]
    assert reading.findings[1].message == (
        "The page footer says lần ban hành “2”, the control block “3”."
    )


def test_the_effective_date_of_the_block_is_what_footers_are_held_against():
    def effective(document):
        control(document)
        made = document.tables[0]
        made.cell(2, 2).text = "Ngày ban hành: 09/3/2026\nNgày hiệu lực: 01/4/2026"

    reading = read(customary(control=effective))
    assert reading.effective_on == date(2026, 4, 1)
    (finding,) = reading.findings
    assert (finding.check, finding.params["what"]) == ("footer_differs", "ngày hiệu lực")


def test_merged_cells_around_the_title():
    def merged(document):
        made = table(
            document,
            [
                ["SỞ A", "QUY TRÌNH\nCấp phép lễ hội", "Mã hiệu: QT-07", ""],
                ["", "", "Lần ban hành:", "02"],
                ["", "", "Ngày ban hành: 09/3/2026", ""],
            ],
        )
        merge(made, (0, 0), (2, 0))
        merge(made, (0, 1), (2, 1))
        merge(made, (0, 2), (0, 3))
        merge(made, (2, 2), (2, 3))

    assert stated(head_of(merged)) == EXPECTED


def test_a_title_on_the_line_of_its_kind():
    reading = head_of(["SỞ A", "QUY TRÌNH TIẾP CÔNG DÂN", "Mã hiệu: QT-07\nLần ban hành: 02"])
    assert reading.title == "QUY TRÌNH TIẾP CÔNG DÂN"


def test_a_code_needs_company_to_be_a_control_block():
    with pytest.raises(NoControlBlock):
        read(build(rows(["Báo cáo", "Mã số: 12"]), content))
    assert read(build(rows(["SỞ A", "QUY TRÌNH\nX", "Mã số: 12"]), content)).code == "12"


def test_a_footer_with_another_code():
    def other_code(document):
        document.sections[0].footer.paragraphs[0].text = "Mã hiệu: QT-VH-70"

    (finding,) = read(customary(margins=other_code)).findings
    assert finding.params == {"what": "mã hiệu", "found": "QT-VH-70", "stated": "QT-VH-07"}


def test_issue_and_amendment_under_one_label_need_not_both_be_given():
    reading = head_of(
        ["SỞ A", "QUY TRÌNH\nX", "Mã: QT-07\nLần ban hành/sửa đổi: 04\nNgày BH: 1/2/2026"]
    )
    assert (reading.issue_no, reading.amendment_no) == (4, None)


def test_without_a_control_block_the_rest_can_still_be_read():
    reading = read_procedure(
        customary(control=None, margins=None), "thu.docx", without_control_block=True
    )
    assert (reading.code, reading.issued_on) == ("", None)
    assert len(reading.steps) == 4
    assert "control_block_missing" in {finding.check for finding in reading.findings}


def test_a_label_that_is_not_known_makes_no_title():
    def control(document):
        table(document, [["SỞ A", "Lần ban hành: 02"], ["Số đăng bạ: 77", "Mã hiệu: QT-07"]])

    reading = read(customary(control=control, margins=None))
    assert "đăng bạ" not in reading.title
