"""Heads that the reader does not know, and first words that look like heads: nothing strays."""

from .build import CODE
from .build import CONTENT
from .build import customary
from .build import forms
from .build import lines
from .build import opening
from .build import rows
from .build import STEPS
from .build import STEPS_HEAD
from .build import TITLE
from eqms.exchange.word import read_procedure
from eqms.exchange.word.column_values import role_by_values
import pytest


def read(**changes):
    return read_procedure(customary(**changes), "thu.docx")


def checks(reading):
    return [finding.check for finding in reading.findings]


class TestSections:
    def test_one_that_is_not_known_ends_the_one_before(self):
        def more(document):
            forms(document)
            document.add_paragraph("7. KIỂM SOÁT RỦI RO")
            document.add_paragraph("- Mất hồ sơ;")

        reading = read(forms=more, records=None, annexes=None)
        assert reading.forms == read().forms
        assert reading.content_text.splitlines() == ["KIỂM SOÁT RỦI RO", "- Mất hồ sơ;"]
        found = next(each for each in reading.findings if each.check == "section_unknown")
        assert (found.place, found.params["text"]) == ("section 7", "KIỂM SOÁT RỦI RO")

    def test_a_list_in_capitals_is_no_heading(self):
        wanted = ["ĐƠN ĐỀ NGHỊ", "TỜ KHAI"]
        reading = read(forms=lines("6. BIỂU MẪU", *(f"{n}. {t}" for n, t in enumerate(wanted, 1))))
        assert reading.forms == wanted
        assert "section_unknown" not in checks(reading)

    def test_records_under_other_words(self):
        reading = read(forms=lines("6. BIỂU MẪU", "- Mẫu sổ;", "7. LƯU HỒ SƠ"))
        assert reading.forms == ["Mẫu sổ"]

    def test_legal_bases_before_the_content(self):
        bases = "Luật Di sản văn hóa số 45/2024/QH15 ngày 23/11/2024"

        def more(document):
            opening(document)
            document.add_paragraph("5. CĂN CỨ PHÁP LÝ")
            document.add_paragraph(f"- {bases};")

        rest = [text for text in CONTENT if "pháp lý" not in text and "110/2018" not in text]
        reading = read(opening=more, content=lines(*rest))
        assert bases in [basis.text for basis in reading.legal_bases]
        assert bases not in str(reading.definitions)


class TestSteps:
    def test_an_office_called_like_an_item_ends_no_steps(self):
        def row(number, title, _who, *rest):
            return [number, "Bộ phận tiếp nhận và trả kết quả", title, *rest]

        head = [STEPS_HEAD[0], STEPS_HEAD[2], STEPS_HEAD[1], *STEPS_HEAD[3:]]
        reading = read(steps=rows(head, *(row(*each) for each in STEPS)))
        assert len(reading.steps) == len(STEPS)
        assert {step.responsible for step in reading.steps} == {"Bộ phận tiếp nhận và trả kết quả"}

    def test_a_table_without_any_is_told(self):
        reading = read(steps=rows(STEPS_HEAD))
        assert reading.steps == []
        assert "steps_missing" in checks(reading)


class TestControlBlock:
    def test_in_lines_with_the_value_below(self):
        cover = lines(
            "SỞ VĂN HÓA", "QUY TRÌNH", TITLE, f"Mã hiệu: {CODE}", "Lần ban hành:", "03",
            "Ngày ban hành: 09/3/2026",
        )  # fmt: skip
        reading = read(control=cover)
        assert (reading.code, reading.title, reading.issue_no) == (CODE, TITLE, 3)

    def test_the_next_heading_is_no_title(self):
        cover = lines("SỞ VĂN HÓA", f"Mã hiệu: {CODE}", "Ngày ban hành: 09/3/2026")
        reading = read(control=cover)
        assert reading.title == ""
        assert "title_missing" in checks(reading)


class TestColumns:
    def test_who_and_how_long_are_told_by_the_cells(self):
        reading = read(steps=rows(["TT", "Công đoạn, nội dung", "Ghi nhận", "Khoảng"], *STEPS))
        usual = read()
        facts = [(step.responsible, step.durations) for step in reading.steps]
        assert facts == [(step.responsible, step.durations) for step in usual.steps]
        guessed = [each for each in reading.findings if each.check == "column_guessed"]
        assert [each.params["text"] for each in guessed] == ["Ghi nhận", "Khoảng"]

    @pytest.mark.parametrize(
        ("cells", "role"),
        [
            (["01 ngày", "", "½ ngày"], "time"),
            (["03 ngày"], "time"),
            (["Chuyên viên", "Lãnh đạo Sở", "Văn thư"], "responsible"),
            (["Chuyên viên"], None),
            (
                ["Cán bộ một cửa kiểm tra hồ sơ, nếu đủ thì ghi vào sổ theo dõi và hẹn ngày"] * 2,
                None,
            ),
            (["BM 01", "BM 02"], None),
            (["", ""], None),
        ],
    )
    def test_role_by_values(self, cells, role):
        assert role_by_values(cells) == role
