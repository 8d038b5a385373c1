"""Whole documents: the customary layout, and what other agencies make of it."""

from .build import amendments
from .build import annexes
from .build import build
from .build import CODE
from .build import CONTENT
from .build import content
from .build import control
from .build import customary
from .build import element
from .build import forms
from .build import lines
from .build import merge
from .build import notes
from .build import opening
from .build import PARTS
from .build import records
from .build import rows
from .build import signers
from .build import steps
from .build import table
from .build import TITLE
from docx.enum.style import WD_STYLE_TYPE
from eqms.exchange.word import read_procedure
import io
import json
import pytest


def read(data):
    return read_procedure(data, "thu.docx")


def checks(reading):
    return [finding.check for finding in reading.findings]


@pytest.fixture(scope="module")
def reading():
    return read(customary())


class TestCustomary:
    def test_nothing_is_left_open(self, reading):
        assert reading.findings == []

    def test_json(self, reading):
        answer = json.loads(json.dumps(reading.as_json()))
        assert list(answer) == [
            "file",
            "code",
            "title",
            "issuer",
            "revision",
            "amendment",
            "issued_on",
            "scenarios",
            "steps",
            "records",
            "legal_bases",
            "legal_texts",
            "dossier",
            "dossier_sets",
            "fees_text",
            "fees",
            "forms",
            "annexes",
            "signers",
            "warnings",
        ]
        assert answer["file"] == "thu.docx"
        assert (answer["code"], answer["title"], answer["issuer"]) == (CODE, TITLE, "SỞ VĂN HÓA")
        assert (answer["revision"], answer["amendment"]) == (3, None)
        assert answer["issued_on"] == "2026-03-09"
        assert answer["scenarios"] == [
            {
                "label": "",
                "value": 5,
                "unit": "working_day",
                "basis": "Thời gian (05 ngày làm việc)",
            }
        ]
        assert answer["steps"][0] == {
            "number": 1,
            "title": "Nhận hồ sơ:\n- Đủ: vào sổ\n- Thiếu: hướng dẫn bổ sung",
            "responsible": "Bộ phận Một cửa",
            "durations": [{"value": 0.5, "unit": "day", "text": "½ ngày"}],
            "timed_with": [None],
        }
        assert answer["records"][0] == {
            "name": "Hồ sơ đề nghị cấp phép",
            "keeper": "Phòng Nghiệp vụ",
            "retention": "5 năm",
        }
        assert answer["forms"] == ["Mẫu sổ theo dõi", "Đơn đề nghị cấp phép"]
        assert answer["signers"][2] == {
            "meaning": "approved",
            "name": "Hồ Thị Nghiệm",
            "position": "Phó Giám đốc Sở Văn hóa",
        }
        assert answer["warnings"] == []

    def test_opening_sections(self, reading):
        assert reading.purpose == "Nêu trình tự cấp phép lễ hội."
        assert reading.scope == "Áp dụng cho tổ chức có yêu cầu."
        assert reading.references == ["TCVN ISO 9001:2015", "Quy chế làm việc của Sở"]
        assert [(each.term, each.meaning) for each in reading.definitions] == [
            ("TTHC", "Thủ tục hành chính"),
            ("Lễ hội", "hoạt động văn hóa cộng đồng"),
        ]

    def test_items(self, reading):
        assert reading.dossier_sets == "01 bộ"
        assert reading.time_limit_text == "05 ngày làm việc, kể từ ngày nhận đủ hồ sơ."
        assert reading.applicants == "Tổ chức"
        assert reading.performing_body == "Sở Văn hóa tỉnh Bình Minh"
        assert reading.coordinating_body == "Công an tỉnh"
        assert reading.outcomes == ["Giấy phép"]
        assert reading.fees_text == "200.000 đồng/hồ sơ"
        assert reading.application_forms == ["Đơn đề nghị cấp phép"]
        assert reading.requirements == "Không."
        assert [basis.number for basis in reading.legal_bases] == ["", "110/2018/NĐ-CP"]

    def test_the_rest(self, reading):
        assert reading.step_notes == [
            "Thời gian tính theo giờ hành chính",
            "Có thể theo dõi trên phần mềm",
        ]
        assert reading.forms == ["Mẫu sổ theo dõi"]
        (annex,) = reading.annexes
        assert (annex.kind, annex.title) == ("form", "ĐƠN ĐỀ NGHỊ CẤP PHÉP TỔ CHỨC LỄ HỘI")
        (amendment,) = reading.amendments
        assert (amendment.number, amendment.summary) == ("01", "Rút ngắn thời hạn")

    def test_fields_are_json(self, reading):
        fields = json.loads(json.dumps(reading.as_fields()))
        assert fields["scenarios"][0]["limit"]["value"] == 5
        assert fields["legal_bases"][1]["issued_on"] == "2018-08-29"

    def test_an_open_file_will_do(self, reading):
        assert read_procedure(io.BytesIO(customary()), "thu.docx") == reading


SHIFTED = [
    "5. NỘI DUNG",
    *CONTENT[1:14],
    "d. Cơ quan thực hiện thủ tục hành chính: Sở Văn hóa tỉnh Bình Minh",
    "đ. Cơ quan phối hợp: Công an tỉnh",
    "e. Kết quả thực hiện thủ tục hành chính: Giấy phép",
    "g. Lệ phí: 200.000 đồng/hồ sơ",
    "h. Tên mẫu đơn, mẫu tờ khai: Đơn đề nghị cấp phép",
    "i. Yêu cầu, điều kiện thực hiện thủ tục hành chính: Không.",
    "k. Căn cứ pháp lý của thủ tục hành chính:",
    *CONTENT[21:23],
    "l. Quy trình xử lý công việc:",
]
BY_NUMBER = [
    line.replace("5. NỘI DUNG", "V. Nội dung quy trình")
    .replace("a. ", "5.1. ")
    .replace("b. ", "5.2 ")
    .replace("c. ", "5.3/ ")
    for line in CONTENT
]


@pytest.mark.parametrize("reworded", [SHIFTED, BY_NUMBER], ids=["shifted letters", "numbers"])
def test_items_are_told_by_their_words(reading, reworded):
    other = read(customary(content=lines(*reworded)))
    assert other.as_json() == reading.as_json()
    assert other.coordinating_body == "Công an tỉnh"
    assert other.applicants == "Tổ chức"


def test_headings_numbered_by_word(reading):
    """Numbers Word makes by itself are in no text, and need not be."""

    def numbered_opening(document):
        opening(document)
        for paragraph in document.paragraphs:
            number, dot, words = paragraph.text.partition(". ")
            if dot and number.isdigit() and words.isupper():
                paragraph.text = words
                paragraph.style = "List Number"

    other = read(customary(contents=None, opening=numbered_opening))
    assert other.as_json() == reading.as_json()


def test_a_contents_list_may_stand_without_its_title(reading):
    untitled = lines(
        "1. MỤC ĐÍCH\t2",
        "2. PHẠM VI\t2",
        "3. TÀI LIỆU VIỆN DẪN ........ 3",
        "4. ĐỊNH NGHĨA/VIẾT TẮT\t3",
        "5. NỘI DUNG\t4",
        "6. BIỂU MẪU\t8",
        "7. HỒ SƠ LƯU TRỮ\t9",
    )
    assert read(customary(contents=untitled)) == reading


def test_a_contents_list_may_be_all_there_is():
    other = read(customary(opening=None, content=None, forms=None, records=None))
    assert checks(other).count("section_missing") == 7


def test_merged_headings():
    merged = lines(
        "1. MỤC ĐÍCH VÀ PHẠM VI ÁP DỤNG",
        "Nêu trình tự cấp phép lễ hội.",
        "Áp dụng cho tổ chức có yêu cầu.",
        "2. TÀI LIỆU VIỆN DẪNĐỊNH NGHĨA/VIẾT TẮT",
        "- TCVN ISO 9001:2015.",
        "- TTHC: Thủ tục hành chính",
    )
    other = read(customary(opening=merged))
    assert other.purpose == "Nêu trình tự cấp phép lễ hội."
    assert other.scope == "Áp dụng cho tổ chức có yêu cầu."
    assert other.references == ["TCVN ISO 9001:2015"]
    assert [each.term for each in other.definitions] == ["TTHC"]
    assert checks(other) == ["sections_merged", "sections_merged"]


def test_text_on_the_line_of_its_heading():
    inline = lines("1. Mục đích: Nêu trình tự.", "2. Phạm vi áp dụng: Toàn Sở.")
    other = read(customary(opening=inline))
    assert (other.purpose, other.scope) == ("Nêu trình tự.", "Toàn Sở.")


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("signers", {"signers_missing"}),
        ("opening", {"section_missing"}),
        ("content", {"section_missing", "content_not_structured"}),
        ("steps", {"steps_missing"}),
        ("forms", {"section_missing"}),
        ("records", {"section_missing", "records_missing"}),
    ],
)
def test_a_missing_part_is_told(part, expected):
    other = read(customary(**{"notes": None, part: None}))
    assert set(checks(other)) == expected
    assert other.code == CODE


def test_a_missing_item_is_told_with_its_section():
    other = read(customary(content=lines(*(line for line in CONTENT if "Phí" not in line))))
    (finding,) = other.findings
    assert (finding.check, finding.place) == ("item_missing", "section 5")
    assert finding.message == "The item “fees” was not found in the content."


def test_content_without_its_heading_begins_at_its_first_item():
    other = read(customary(content=lines(*CONTENT[1:])))
    assert other.applicants == "Tổ chức"
    assert [each.term for each in other.definitions] == ["TTHC", "Lễ hội"]
    assert checks(other) == []


def test_content_without_items_is_kept_as_text():
    other = read(customary(content=lines("5. NỘI DUNG", "Làm theo sơ đồ."), notes=None))
    assert other.content_text == "Làm theo sơ đồ."
    assert "content_not_structured" in checks(other)
    assert len(other.steps) == 4


def test_an_unknown_table_is_told():
    other = read(customary(notes=rows(["Hạng mục", "Đơn giá"], ["Giấy", "2"])))
    (finding,) = other.findings
    assert (finding.check, finding.place) == ("unknown_table", "table 5")


def test_records_behind_the_annexes(reading):
    order = [name for name in PARTS if name != "records"] + ["records"]
    other = read(customary(order=order))
    assert other.records == reading.records
    assert [each.title for each in other.annexes] == [each.title for each in reading.annexes]


def test_records_listed_without_retention():
    def bare(document):
        document.add_paragraph("7. HỒ SƠ LƯU")
        table(document, [["TT", "Hồ sơ lưu"], ["1", "Giấy phép"]])
        document.add_paragraph("Lưu 5 năm tại phòng.")

    other = read(customary(records=bare, annexes=None))
    assert [record.name for record in other.records] == ["Giấy phép"]
    assert other.records_text == "Lưu 5 năm tại phòng."
    assert checks(other) == ["records_incomplete"]


def test_a_frame_around_everything_is_looked_through(reading):
    def framed(document):
        for part in (signers, amendments, opening, content, steps, notes, forms, records, annexes):
            part(document)
        body = document.element.body
        frame = document.add_table(1, 1)
        cell = frame.cell(0, 0)._element
        for child in list(body)[2:]:
            if child is not frame._element and child.tag != body.sectPr.tag:
                cell.append(child)
        cell.append(element("w:p"))

    other = read(build(control, lines("BÌA"), framed))
    assert other.steps[0].title == reading.steps[0].title
    assert other.records == reading.records
    assert other.legal_bases == reading.legal_bases


def all_in_one_table(document):
    """Section 5 as one table that ends with the work steps, as many agencies have it."""
    document.add_paragraph("5. NỘI DUNG QUY TRÌNH")
    body = [
        ["5.1", "Cơ sở pháp lý", "", "", ""],
        ["", "- Luật Xây dựng năm 2014;\n- Luật Đất đai năm 2024", "", "", ""],
        ["5.2", "Thành phần hồ sơ", "", "Bản chính", "Bản sao"],
        ["", "Đơn đề nghị", "", "x", ""],
        ["", "Bản vẽ", "", "", "x"],
        ["5.3", "Số lượng hồ sơ", "", "", ""],
        ["", "02 bộ", "", "", ""],
        ["5.4", "Thời gian xử lý", "", "", ""],
        ["", "20 ngày kể từ ngày nhận đủ hồ sơ", "", "", ""],
        ["5.5", "Nơi tiếp nhận và trả kết quả", "", "", ""],
        ["", "Bộ phận Một cửa", "", "", ""],
        ["5.6", "Lệ phí", "", "", ""],
        ["", "75.000 đồng", "", "", ""],
        ["5.7", "Quy trình xử lý công việc", "", "", ""],
        ["TT", "Trình tự", "Trách nhiệm", "Thời gian", "Biểu mẫu/Kết quả"],
        ["B1", "Tiếp nhận", "Một cửa", "½ ngày", "BM.01"],
        ["B2", "Thẩm định", "Chuyên viên", "18 ngày", "Tờ trình"],
        ["B3", "Ký duyệt", "Lãnh đạo", "1,5 ngày", "Giấy phép"],
        ["5.8", "Yêu cầu, điều kiện", "", "", ""],
        ["", "Phù hợp quy hoạch", "", "", ""],
    ]
    made = table(document, body)
    for row, (number, *_) in enumerate(body):
        if number.startswith("5.") and number != "5.2":
            merge(made, (row, 1), (row, 4))


def test_content_laid_out_as_one_table():
    other = read(customary(content=all_in_one_table, steps=None, notes=None))
    assert [basis.title for basis in other.legal_bases] == ["Luật Xây dựng", "Luật Đất đai"]
    assert [paper.text for paper in other.dossier] == [
        "Đơn đề nghị (bản chính)",
        "Bản vẽ (bản sao)",
    ]
    assert other.dossier_sets == "02 bộ"
    assert other.reception == "Bộ phận Một cửa"
    assert other.fees_text == "75.000 đồng"
    assert other.requirements == "Phù hợp quy hoạch"
    assert [step.number for step in other.steps] == [1, 2, 3]
    assert [step.output for step in other.steps] == ["BM.01", "Tờ trình", "Giấy phép"]
    (scenario,) = other.scenarios
    assert (scenario.limit.value, scenario.limit.unit) == (20, "day")
    assert set(checks(other)) == {"item_missing"}


def test_definitions_and_forms_in_tables():
    def tabled_definitions(document):
        opening(document)
        table(document, [["STT", "Từ viết tắt", "Giải thích"], ["1", "UBND", "Ủy ban nhân dân"]])

    def tabled_forms(document):
        forms(document)
        table(document, [["TT", "Mã hiệu", "Tên biểu mẫu"], ["1", "BM.01", "Phiếu hẹn"]])

    other = read(customary(opening=tabled_definitions, forms=tabled_forms))
    assert "UBND" in [each.term for each in other.definitions]
    assert other.forms == ["Mẫu sổ theo dõi", "Phiếu hẹn"]
    assert checks(other) == []


def test_a_line_that_defines_nothing_is_kept_and_told():
    def vague(document):
        opening(document)
        document.add_paragraph("Các từ khác theo quy định.")

    other = read(customary(opening=vague))
    assert other.definitions[-1].meaning == "Các từ khác theo quy định."
    assert checks(other) == ["definition_not_understood"]


def test_long_quotations_are_shortened():
    long = "Theo lịch " * 60
    other = read(
        customary(
            steps=rows(["TT", "Công việc", "Trách nhiệm", "Thời gian"], *[["1", "x", "y", long]])
        )
    )
    message = next(each.message for each in other.findings if each.check == "time_not_understood")
    assert len(message) < 250


def test_known_tables_are_not_told():
    others = [
        [["MỤC LỤC", "Trang"], ["1. Mục đích", "2"]],
        [["TT", "Nơi nhận", "Số bản"], ["1", "Phòng Nghiệp vụ", "1"]],
    ]

    def known(document):
        for other in others:
            table(document, other)
            document.add_paragraph()

    assert checks(read(customary(contents=known))) == []


def test_text_before_the_first_item_is_kept_and_told():
    other = read(customary(content=lines(CONTENT[0], "Lời dẫn.", *CONTENT[1:])))
    assert other.content_text == "Lời dẫn."
    assert checks(other) == ["text_not_assigned"]


def test_a_record_without_a_name_is_told():
    def nameless(document):
        document.add_paragraph("7. HỒ SƠ LƯU")
        head = ["TT", "Tên hồ sơ", "Nơi lưu", "Thời gian lưu"]
        table(document, [head, ["1", "Sổ", "Văn thư", "1 năm"], ["2", "", "Văn thư", "5 năm"]])

    other = read(customary(records=nameless))
    assert [record.name for record in other.records] == ["Sổ"]
    assert checks(other) == ["row_not_understood"]


def test_a_list_of_headings_in_the_text_is_no_contents_list():
    """Three empty sections in a row are real when they do not come again."""
    other = read(customary(opening=lines("1. MỤC ĐÍCH", "2. PHẠM VI", "3. TÀI LIỆU VIỆN DẪN")))
    missing = {each.params["section"] for each in other.findings if each.check == "section_missing"}
    assert missing == {"definitions"}


def test_a_titled_contents_list_ends_where_the_text_begins(reading):
    """No table stands between: the first heading that comes again begins the text."""
    other = read(customary(signers=None, amendments=None))
    assert other.purpose == reading.purpose
    assert other.records == reading.records
    assert checks(other) == ["signers_missing"]


def test_a_contents_list_made_by_word(reading):
    def made_by_word(document):
        style = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        for text in ("1. MỤC ĐÍCH", "5. NỘI DUNG"):
            document.add_paragraph(text, style)
        document.add_paragraph("5.a Hồ sơ", style)

    assert read(customary(contents=made_by_word)) == reading


def test_numbers_of_two_levels_begin_no_section(reading):
    forms_in_content = [
        "5.7. Biểu mẫu:" + line.removeprefix("g. Mẫu đơn, mẫu tờ khai:") if "g. " in line else line
        for line in CONTENT
    ]
    assert read(customary(content=lines(*forms_in_content))).as_json() == reading.as_json()


def test_dashes_begin_no_item(reading):
    at = next(index for index, line in enumerate(CONTENT) if line.startswith("i."))
    dashed = [*CONTENT[:at], "- Thời hạn giải quyết: theo phiếu hẹn.", *CONTENT[at:]]
    other = read(customary(content=lines(*dashed)))
    assert other.time_limit_text == reading.time_limit_text
    assert other.requirements == "Không.\n- Thời hạn giải quyết: theo phiếu hẹn."


def test_other_tables_in_an_item_are_kept_as_text_and_told():
    def with_fees(document):
        at = next(index for index, line in enumerate(CONTENT) if line.startswith("e."))
        lines(*CONTENT[:at], "e. Phí, lệ phí:")(document)
        table(document, [["Việc", "Mức thu"], ["Cấp mới", "200.000 đồng"]])
        lines(*CONTENT[at + 1 :])(document)

    other = read(customary(content=with_fees))
    assert other.fees_text == "Việc | Mức thu\nCấp mới | 200.000 đồng"
    assert checks(other) == ["unknown_table"]
    assert len(other.steps) == 4
    assert len(other.step_notes) == 2
