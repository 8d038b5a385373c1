"""The checks of a procedure; every defect of real procedures has its case here."""

from datetime import date
from decimal import Decimal
from eqms.domain.durations import Duration
from eqms.domain.procedure_checks import Amendment
from eqms.domain.procedure_checks import Case
from eqms.domain.procedure_checks import check
from eqms.domain.procedure_checks import Content
from eqms.domain.procedure_checks import Definition
from eqms.domain.procedure_checks import Finding
from eqms.domain.procedure_checks import Place
from eqms.domain.procedure_checks import Record
from eqms.domain.procedure_checks import Severity
from eqms.domain.procedure_checks import Step
from eqms.domain.procedure_checks.across import check_across
from eqms.domain.procedure_checks.across import Entry
from hypothesis import given
from hypothesis import strategies as st
import pytest


def days(value, unit="working_day"):
    return Duration(Decimal(value), unit, f"{value}")


def step(*durations, title="Thẩm tra", responsible="Chuyên viên", table="", times=None):
    written = times or tuple("" if one is None else f"{one.value} {one.unit}" for one in durations)
    return Step(title, responsible, written, durations, table)


def steps_of(*rows):
    return [step(*row, title=f"Việc {number}") for number, row in enumerate(rows)]


def found(name, **content):
    return [one for one in check(Content(**content)) if one.name == name]


def places(name, **content):
    return [one.place for one in found(name, **content)]


class TestSums:
    def test_the_limit_may_be_reached(self):
        steps = steps_of([days("0.5")], [days(3)], [days("0.5")], [days("0.5")], [days("0.5")])
        cases = [Case("", days(5))]
        assert not found("sum_differs", cases=cases, steps=steps)
        assert not found("sum_below", cases=cases, steps=steps)

    def test_half_a_day_more_is_found_in_its_case(self):
        cases = [Case("không xác minh", days(5)), Case("có xác minh", days(25, "day"))]
        steps = steps_of([days(3), days(20, "day")], [days("2.5"), days(2, "day")])
        (over,) = found("sum_differs", cases=cases, steps=steps)
        assert over.place == Place("scenarios", 0)
        assert over.severity is Severity.ERROR
        assert over.values["total"] == days("5.5") or over.values["total"].value == Decimal("5.5")
        assert over.values["case"] == "không xác minh"

    def test_half_a_day_less_is_only_noted_and_only_if_every_step_has_its_time(self):
        cases = [Case("", days(5))]
        (below,) = found("sum_below", cases=cases, steps=steps_of([days(2)], [days("2.5")]))
        assert below.severity is Severity.NOTE
        assert not found("sum_below", cases=cases, steps=steps_of([days(2)], [None]))

    def test_units_that_differ_are_told_and_not_guessed(self):
        cases = [Case("", days(5, "day"))]
        (mixed,) = found("mixed_units", cases=cases, steps=steps_of([days(9)], [days(1, "day")]))
        assert mixed.values["units"] == ("day", "working_day")
        assert not found("sum_differs", cases=cases, steps=steps_of([days(9)]))

    def test_plain_days_count_as_working_days_under_such_a_limit(self):
        steps = steps_of([days(3, "day")], [days(3)])
        assert found("sum_differs", cases=[Case("", days(5))], steps=steps)

    def test_a_case_without_a_limit_is_told(self):
        assert places("limit_missing", cases=[Case("khác", None)], steps=steps_of([days(9)])) == [
            Place("scenarios", 0)
        ]

    @given(st.lists(st.integers(0, 400), min_size=1), st.integers(0, 4000))
    def test_sum_and_limit_are_compared_exactly(self, quarters, limit):
        content = {
            "cases": [Case("", days(limit))],
            "steps": steps_of(*([days(Decimal(value) / 4)] for value in quarters)),
        }
        total = Decimal(sum(quarters)) / 4
        assert bool(found("sum_differs", **content)) is (total > limit)
        assert bool(found("sum_below", **content)) is (total < limit)


class TestSteps:
    def test_nobody_responsible_and_no_time(self):
        steps = [step(days(1)), step(None, title="Ký", responsible=" ")]
        content = {"cases": [Case("", days(1))], "steps": steps}
        assert places("step_responsible_missing", **content) == [Place("steps", 1)]
        assert places("step_time_missing", **content) == [Place("steps", 1)]

    def test_a_step_of_one_case_needs_no_time_in_the_other(self):
        content = {
            "cases": [Case("A", days(1)), Case("B", days(2))],
            "steps": [step(None, days(2))],
        }
        assert not found("step_time_missing", **content)

    def test_one_time_for_several_steps(self):
        together = step(None, title="Ký", times=("Tính chung với bước 1",))
        stamped = step(None, title="Đóng dấu", times=("Tính chung với bước 1",))
        content = {"cases": [Case("A", days(1))], "steps": [step(days(1)), together, stamped]}
        (group,) = found("time_for_group", **content)
        assert (group.place, group.values["count"]) == (Place("steps", 0), 3)
        assert group.values["case"] == "A"
        assert not found("step_time_missing", **content)
        assert not found("time_not_understood", **content)
        assert not found("sum_below", **content)

    def test_a_time_that_is_none(self):
        steps = [step(None, times=("nhanh nhất có thể",))]
        assert places("time_not_understood", cases=[Case("", days(1))], steps=steps) == [
            Place("steps", 0)
        ]

    def test_a_step_that_stands_there_twice(self):
        steps = [step(days(1)), step(days(1), table="B"), step(days(1))]
        assert places("step_repeated", steps=steps) == [Place("steps", 2)]

    def test_no_steps(self):
        assert places("steps_missing") == [Place("steps")]


class TestRecords:
    BIRTHS = Record("Sổ đăng ký khai sinh", "UBND xã", "Vĩnh viễn")

    def test_the_register_of_births_in_a_procedure_about_marriage(self):
        content = {
            "title": "Đăng ký kết hôn",
            "records": [
                Record("Bộ hồ sơ theo Mục 5.a", "UBND xã", "Vĩnh viễn"),
                self.BIRTHS,
                Record(
                    "Kết quả giải quyết thủ tục hành chính: Giấy khai sinh (bản photo)",
                    "UBND xã",
                    "Vĩnh viễn",
                ),
            ],
            "texts": {
                "steps": ["Ghi vào Sổ đăng ký kết hôn, nam, nữ cùng ký tên"],
                "fees_text": ["Miễn lệ phí đăng ký khai sinh đúng hạn"],
                "legal_bases": ["Nghị định về khai sinh điện tử"],
            },
        }
        assert places("record_of_other", **content) == [Place("records", 1), Place("records", 2)]

    @pytest.mark.parametrize(
        ("title", "texts"),
        [
            ("Đăng ký lại khai sinh có yếu tố nước ngoài", {}),
            ("Khai  SINH lưu động", {}),
            ("Ghi vào Sổ hộ tịch việc khác", {"application_forms": ["Tờ khai ghi việc khai sinh"]}),
            ("Ghi chú hộ tịch", {"steps": ["Ghi vào Sổ đăng ký khai sinh"]}),
        ],
    )
    def test_a_register_that_the_procedure_speaks_of(self, title, texts):
        assert not found("record_of_other", title=title, records=[self.BIRTHS], texts=texts)

    @pytest.mark.parametrize(
        "name",
        [
            "Sổ theo dõi hồ sơ",
            "Sổ theo dõi công văn đến",
            "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
            "Bộ hồ sơ theo mục 5.a",
            "Sổ đăng ký nhận cha, mẹ, con",
        ],
    )
    def test_what_every_office_keeps(self, name):
        records = [Record(name, "Văn thư", "1 năm")]
        title = "Đăng ký nhận cha, mẹ, con"
        assert not found("record_of_other", title=title, records=records)

    def test_neither_keeper_nor_time(self):
        records = [self.BIRTHS, Record("Sổ theo dõi hồ sơ", "", "1 năm")]
        assert places("records_incomplete", records=records) == [Place("records", 1)]


class TestWording:
    def test_an_abbreviation_defined_twice(self):
        rows = [Definition("TTHC", "Thủ tục hành chính"), Definition("TTHC", "thủ tục")]
        assert places("abbreviation_repeated", definitions=rows) == [Place("definitions", 1)]

    def test_abbreviations_never_used_are_one_finding(self):
        rows = [
            Definition("UBND", "Ủy ban nhân dân"),
            Definition("CV", "Công văn"),
            Definition("MHK", "Mẫu hộ khẩu"),
            Definition("CQ", "Cơ quan, UBND"),
        ]
        texts = {
            "scope": ["CQ tiếp nhận, không phải CVX"],
            "definitions": ["CV: Công văn", "MHK: Mẫu hộ khẩu"],
        }
        (unused,) = found("abbreviation_unused", definitions=rows, texts=texts)
        assert unused.values["terms"] == ("CV", "MHK")

    def test_a_programme_that_is_over(self):
        texts = {"definitions": ["UBND", "Đề án  30: Đề án đơn giản hóa"], "scope": ["Đề án 300"]}
        assert places("stale_citation", texts=texts) == [Place("definitions", 1)]

    def test_sections_without_a_word(self):
        texts = {"purpose": [" \n"], "scope": ["Cấp xã"], "references": [], "forms": ["Mẫu sổ"]}
        empty = [place.field for place in places("section_empty", texts=texts)]
        assert empty == ["purpose", "references", "definitions", "records"]

    @pytest.mark.parametrize(
        ("issue", "amendment", "rows", "missing"),
        [
            (1, 0, [], False),
            (0, 0, [], False),
            (2, 0, [], True),
            (1, 1, [], True),
            (2, 0, [Amendment("02/00", "Sửa thời hạn", "")], True),
            (2, 0, [Amendment("02/00", "Sửa thời hạn", "NĐ 07/2025/NĐ-CP")], False),
        ],
    )
    def test_the_amendment_sheet_is_kept_from_the_second_number_on(
        self, issue, amendment, rows, missing
    ):
        content = {"issue_no": issue, "amendment_no": amendment, "amendments": rows}
        assert bool(found("amendment_missing", **content)) is missing


class TestAttachments:
    FEES = (
        "8.000 đồng (áp dụng tại 32 xã, phường tại Phụ lục 1 kèm theo).\n"
        "5.000 đồng (áp dụng tại 28 xã, phường tại Phụ lục 2 kèm theo)."
    )

    def test_annexes_that_are_not_there(self):
        (missing,) = found("annex_missing", texts={"fees_text": [self.FEES]})
        assert missing.values["numbers"] == ("1", "2")
        (missing,) = found(
            "annex_missing", texts={"fees_text": [self.FEES]}, annexes=["Phụ lục 1: 32 xã"]
        )
        assert missing.values["numbers"] == ("2",)

    @pytest.mark.parametrize(
        ("text", "annexes"),
        [
            (FEES, ["PHỤ LỤC 1", "Phụ lục số 2"]),
            (FEES, ["PHỤ LỤC Mức thu lệ phí tại các đơn vị"]),
            ("theo mẫu tại Phụ lục II ban hành kèm theo Thông tư 04/2020/TT-BTP", []),
            ("không có phụ lục nào", []),
        ],
    )
    def test_annexes_that_are_there_or_not_meant(self, text, annexes):
        assert not found("annex_missing", texts={"fees_text": [text]}, annexes=annexes)

    def test_two_things_in_one_annex(self):
        text = f"{self.FEES}\nMiễn lệ phí (áp dụng tại 43 xã, phường tại Phụ lục 2 kèm theo)."
        (odd,) = found("annex_inconsistent", texts={"fees_text": [text]})
        assert odd.values == {"what": "43 xã, phường", "number": "2"}

    def test_one_thing_in_two_annexes(self):
        text = f"{self.FEES}\nMiễn lệ phí (áp dụng tại 28 xã, phường tại Phụ lục 3)."
        assert found("annex_inconsistent", texts={"fees_text": [text]})
        assert not found("annex_inconsistent", texts={"fees_text": [self.FEES]})

    def test_a_form_that_nobody_named(self):
        texts = {
            "dossier": [
                "Giấy chứng sinh",
                "Tờ khai đăng ký khai sinh theo mẫu (nếu nộp trực tiếp)",
                "- Đơn xin nhận con nuôi theo mẫu.",
            ],
            "application_forms": ["Tờ khai đăng ký khai sinh (nộp trực tiếp)"],
        }
        (missing,) = found("form_missing", texts=texts)
        assert missing.place == Place("dossier", 2)
        assert missing.values["form"] == "Đơn xin nhận con nuôi"
        assert not found("form_missing", texts=texts, annexes=["ĐƠN XIN NHẬN CON NUÔI"])


class TestFees:
    def test_a_fee_counts_from_the_day_after_its_last(self):
        (past,) = found("fee_past", fees_until=[None, date(2025, 12, 31)])
        assert past.place == Place("fees", 1)
        assert not past.holds_on(date(2025, 12, 31))
        assert past.holds_on(date(2026, 1, 1))

    def test_what_rows_and_words_say_alike_is_told_once(self):
        last, text = date(2025, 12, 31), "4.000 đồng (áp dụng đến 31/12/2025)"
        assert places("fee_past", fees_until=[last], texts={"fees_text": [text]}) == [
            Place("fees", 0)
        ]

    @pytest.mark.parametrize(
        ("text", "last"),
        [
            ("nộp trực tuyến (áp dụng đến 31/12/2025): 4.000 đồng", date(2025, 12, 31)),
            ("áp dụng đến hết ngày 1.7.2026", date(2026, 7, 1)),
            ("áp dụng đến 31/02/2026", None),
            ("ban hành ngày 31/12/2025", None),
        ],
    )
    def test_words_tell_the_last_day_too(self, text, last):
        days = [one.values["day"] for one in found("fee_past", texts={"fees_text": [text]})]
        assert days == ([] if last is None else [last])


def test_a_finding_has_the_name_of_a_check():
    with pytest.raises(ValueError, match="nonsense"):
        Finding("nonsense", Place("steps"))


@given(st.text(), st.text())
def test_no_text_makes_a_check_fail(title, text):
    names = ("dossier", "fees_text", "steps", "definitions", "records", "scope")
    check(
        Content(
            title=title,
            definitions=[Definition(text, title)],
            records=[Record(text, "", ""), Record(f"Sổ {text}", "", "")],
            steps=[Step(text, title, (text,), (None,))],
            cases=[Case(text, None)],
            texts={name: [text, title] for name in names},
        )
    )


class TestAcross:
    def entry(self, key, code="QT 01/CX-HCTP", scope="hộ tịch", day=date(2025, 7, 7)):
        return Entry(key, code, scope, "Sở Tư pháp", day)

    def test_one_code_on_three_procedures(self):
        entries = [
            self.entry("khai sinh"),
            self.entry("chứng thực", scope="chứng thực"),
            self.entry("kết hôn", code="qt 01/cx-hctp"),
            self.entry("khai tử", code="QT 15/CX-HCTP"),
        ]
        found = check_across(entries)
        told = {
            key: [(one.name, one.values["count"]) for one in ones] for key, ones in found.items()
        }
        assert told == {
            "khai sinh": [("code_in_scope", 1), ("code_elsewhere", 1)],
            "kết hôn": [("code_in_scope", 1), ("code_elsewhere", 1)],
            "chứng thực": [("code_elsewhere", 2)],
        }

    def test_no_code_is_shared_by_nobody(self):
        assert not check_across([self.entry("a", code=""), self.entry("b", code="")])

    def test_a_date_unlike_that_of_the_set(self):
        entries = [self.entry(f"{n}", code=f"QT {n}") for n in range(9)]
        odd = self.entry("odd", code="QT 10", day=date(2025, 7, 1))
        older = self.entry("older", code="QT 11", day=date(2024, 7, 1))
        none = self.entry("none", code="QT 12", day=None)
        found = check_across([*entries, odd, older, none])
        assert [(key, ones[0].name) for key, ones in found.items()] == [
            ("odd", "issue_date_differs")
        ]

    def test_few_or_scattered_dates_are_no_set(self):
        few = [self.entry(f"{n}", code=f"QT {n}", day=date(2025, 7, 1 + n // 3)) for n in range(4)]
        assert not check_across(few)
        scattered = [
            self.entry(f"{n}", code=f"QT {n}", day=date(2025, 7, 1 + n % 3)) for n in range(30)
        ]
        assert not check_across(scattered)
