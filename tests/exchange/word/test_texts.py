"""Papers, legal texts, limits and annex titles as sentences have them."""

from datetime import date
from eqms.exchange.word import findings
from eqms.exchange.word.annexes import kind_of_annex
from eqms.exchange.word.annexes import read_annexes
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.dossier import read_dossier
from eqms.exchange.word.dossier import sets_in
from eqms.exchange.word.legal import read_legal_bases
from eqms.exchange.word.limits import stated_limits
from eqms.exchange.word.lists import entries
from eqms.exchange.word.text import find_date
from eqms.exchange.word.text import flow
from eqms.exchange.word.text import split_label
from pathlib import Path
import pytest


def papers(*lines):
    return [(each.kind, each.text) for each in read_dossier(lines)]


def test_headings_give_the_kind():
    assert papers(
        "* Giấy tờ phải nộp:",
        "- Đơn;",
        "* Giấy tờ phải xuất trình",
        "- Thẻ căn cước;",
        "Nộp qua bưu điện thì gửi bản sao.",
        "* Lưu ý: bản rõ nét",
        "- Bản dịch phải công chứng.",
    ) == [
        ("submit", "Đơn"),
        ("present", "Thẻ căn cước"),
        ("note", "Nộp qua bưu điện thì gửi bản sao."),
        ("note", "bản rõ nét"),
        ("note", "Bản dịch phải công chứng."),
    ]


def test_without_headings_the_verbs_do():
    assert papers(
        "Người yêu cầu phải xuất trình các giấy tờ sau:", "- Thẻ căn cước;", "- Giấy ủy quyền."
    ) == [
        ("note", "Người yêu cầu phải xuất trình các giấy tờ sau:"),
        ("present", "Thẻ căn cước"),
        ("present", "Giấy ủy quyền."),
    ]
    assert papers("+ Nộp trực tiếp thì xuất trình bản chính", "+ Gửi bưu điện thì gửi bản sao") == [
        ("present", "Nộp trực tiếp thì xuất trình bản chính"),
        ("submit", "Gửi bưu điện thì gửi bản sao"),
    ]
    assert papers("Bản chính giấy tờ cần sao.") == [("submit", "Bản chính giấy tờ cần sao.")]


def test_a_plus_belongs_to_the_dash_above_but_not_over_a_heading():
    assert papers("- Đơn, gồm:", "+ bản vẽ;", "* Giấy tờ phải xuất trình:", "+ Thẻ") == [
        ("submit", "Đơn, gồm:\n+ bản vẽ"),
        ("present", "Thẻ"),
    ]


def test_both_verbs_tell_nothing():
    assert papers("- Người yêu cầu nộp/xuất trình các giấy tờ sau:", "- Đơn") == [
        ("note", "Người yêu cầu nộp/xuất trình các giấy tờ sau:"),
        ("submit", "Đơn"),
    ]


def test_numbered_papers_keep_their_count():
    assert papers("1. 02 ảnh chân dung", "2. 01 Tờ khai") == [
        ("submit", "02 ảnh chân dung"),
        ("submit", "01 Tờ khai"),
    ]


@pytest.mark.parametrize(
    ("lines", "sets"),
    [
        (["nộp 01 (một) bộ hồ sơ, gồm:"], "01 (một) bộ"),
        (["02 bộ"], "02 bộ"),
        (["01 bộ gốc", "02 bộ sao"], ""),
        (["Đơn"], ""),
    ],
)
def test_sets(lines, sets):
    assert sets_in(lines) == sets


def test_legal_texts():
    law, decree, circular, unknown = read_legal_bases(
        [
            "- Luật Hộ tịch năm 2014; Nghị định 15/2021/NĐ-CP của Chính phủ ngày 03/3/2021;",
            "- Thông tư liên tịch số 01/2015/TTLT-BTP-BCA ngày 30/02/2015 sửa đổi, bổ sung mẫu sổ.",
            "Các văn bản khác",
        ]
    )
    assert (law.kind, law.title, law.year) == ("Luật", "Luật Hộ tịch", 2014)
    assert (decree.kind, decree.number) == ("Nghị định", "15/2021/NĐ-CP")
    assert (decree.issuer, decree.issued_on) == ("Chính phủ", date(2021, 3, 3))
    assert circular.kind == "Thông tư liên tịch"
    assert circular.number == "01/2015/TTLT-BTP-BCA"
    assert circular.issued_on is None
    assert circular.title == "sửa đổi, bổ sung mẫu sổ"
    assert (unknown.text, unknown.kind) == ("Các văn bản khác", "")


def test_the_law_with_its_number():
    (law,) = read_legal_bases(["Luật Xây dựng số 50/2014/QH13 ngày 18/6/2014"])
    assert (law.number, law.issued_on) == ("50/2014/QH13", date(2014, 6, 18))


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        (
            "05 ngày làm việc. Trường hợp phải xác minh thì không quá 25 ngày.",
            [("", "05 ngày làm việc"), ("Trường hợp phải xác minh thì không quá", "25 ngày")],
        ),
        (
            "Ngay trong ngày, trường hợp nhận sau 15 giờ thì trong ngày làm việc tiếp theo.",
            [("", "Ngay trong ngày")],
        ),
        ("03 ngày; trường hợp xác minh thì kéo dài thêm không quá 03 ngày", [("", "03 ngày")]),
        ("Trong 02 ngày hoặc 05 ngày", [("", None)]),
        ("Theo thỏa thuận", []),
    ],
)
def test_limits(text, limits):
    found = [(each.condition, each.duration and each.duration.text) for each in stated_limits(text)]
    assert found == limits


def test_annexes():
    blocks = [
        Paragraph(text, position=position)
        for position, text in enumerate(
            (
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "TỜ KHAI",
                "ĐĂNG KÝ LỄ HỘI (1)",
                "I. THÔNG TIN",
                "Kính gửi",
                "ÔNG BÀ",
                "PHỤ LỤC 2",
                "Danh sách xã",
                "TỜ KHAI",
                "ĐĂNG KÝ LỄ HỘI",
            ),
            start=7,
        )
    ]
    annexes = [(each.kind, each.title, each.start, each.end) for each in read_annexes(blocks)]
    assert annexes == [
        ("form", "TỜ KHAI ĐĂNG KÝ LỄ HỘI", 7, 13),
        ("list", "PHỤ LỤC 2 Danh sách xã", 13, 15),
    ]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("TỜ KHAI ĐĂNG KÝ LỄ HỘI", "form"),
        ("MẪU ĐƠN XIN PHÉP", "form"),
        ("PHỤ LỤC II MẪU ĐƠN XIN PHÉP", "form"),
        ("NỘI DUNG MẪU HỘ TỊCH ĐIỆN TỬ TƯƠNG TÁC KẾT HÔN", "electronic"),
        ("MẪU ĐIỆN TỬ TƯƠNG TÁC", "electronic"),
        ("PHỤ LỤC I DANH SÁCH CÁC XÃ", "list"),
        ("DANH MỤC HỒ SƠ", "list"),
    ],
)
def test_kinds_of_annexes(title, kind):
    assert kind_of_annex(title) == kind


def test_lists_leave_out_what_says_nothing():
    assert entries(["- Không.", "/Không có", "a) Đơn;", "01 Giấy phép", ""]) == [
        "Đơn",
        "01 Giấy phép",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("07/7/2025", date(2025, 7, 7)),
        ("ngày 09 tháng 12 năm 2022", date(2022, 12, 9)),
        ("7 . 7 . 2025", date(2025, 7, 7)),
        ("31/4/2025", None),
        ("01/7/2025 hoặc 02/7/2025", None),
        ("", None),
    ],
)
def test_dates(text, day):
    assert find_date(text) == day


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("5. NỘI DUNG", "5", "NỘI DUNG"),
        ("5.2. Thời hạn", "5.2", "Thời hạn"),
        ("IV/ Định nghĩa", "IV", "Định nghĩa"),
        ("đ. Kết quả", "đ", "Kết quả"),
        ("g.Tên mẫu đơn", "g", "Tên mẫu đơn"),
        ("c Đối tượng", "c", "Đối tượng"),
        ("Mục 3. Phí", "3", "Phí"),
        ("8.000 đồng", "", "8.000 đồng"),
        ("Phí", "", "Phí"),
        ("1.5 đồng", "", "1.5 đồng"),
    ],
)
def test_labels(text, label, words):
    assert split_label(text) == (label, words)


def test_wrapped_lines_flow_and_listed_ones_stay():
    assert flow(["Lãnh đạo Ủy ban", "nhân dân xã"]) == "Lãnh đạo Ủy ban nhân dân xã"
    assert flow(["Sổ gồm:", "- một", "- hai"]) == "Sổ gồm:\n- một\n- hai"


def test_every_check_has_a_message_and_is_made_somewhere():
    made_from_names = {"code_missing", "title_missing", "issuer_missing"}
    folder = Path(findings.__file__).parent
    sources = [path.read_text() for path in folder.glob("*.py") if path.name != "findings.py"]
    for check in set(findings.MESSAGES) - made_from_names:
        assert any(f'"{check}"' in source for source in sources), check
