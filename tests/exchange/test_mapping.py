"""From the reading of a Word file to the fields of a revision."""

from datetime import date
from decimal import Decimal
from eqms.domain.durations import Duration
from eqms.exchange.mapping import field_and_level
from eqms.exchange.mapping import GAP
from eqms.exchange.mapping import revision_fields
from eqms.exchange.word import model
from eqms.exchange.word import ProcedureReading
import pytest


def fields(**values):
    return revision_fields(ProcedureReading("x.docx", **values))


def days(value, unit="day", text=None):
    return Duration(Decimal(value), unit, text or f"{value} ngày")


def step(title, *durations, timed_with=None, **values):
    values = {"number": None, "responsible": "Chuyên viên", **values}
    return model.Step(
        title=title,
        durations=list(durations),
        timed_with=timed_with or [None] * len(durations),
        **values,
    )


def test_what_is_not_stated_is_the_first_issue_without_amendment():
    values = fields()
    assert (values["issue_no"], values["amendment_no"]) == (1, 0)
    assert values["text"] is None
    assert values["steps"] == values["records"] == values["scenarios"] == []


def test_numbers_stay_as_on_paper():
    values = fields(issue_no=0, amendment_no=2)
    assert (values["issue_no"], values["amendment_no"]) == (0, 2)


def test_limits_keep_their_number_and_unit():
    limit = Duration(Decimal("2.5"), "working_day", "không quá 2,5 ngày làm việc")
    [scenario] = fields(scenarios=[model.Scenario("có xác minh", limit, "Thời gian\ncó xác minh")])[
        "scenarios"
    ]
    assert scenario == {
        "label": "có xác minh",
        "basis": "Thời gian có xác minh",
        "value": "2.5",
        "unit": "working_day",
        "ceiling": True,
    }


def test_a_limit_that_was_not_understood_is_left_open():
    [scenario] = fields(scenarios=[model.Scenario("", None, "Theo quy định")])["scenarios"]
    assert scenario == {"label": "", "basis": "Theo quy định"}


def test_times_are_in_the_words_of_the_author():
    [row] = fields(steps=[step("Tiếp nhận", days("0.5", text="½ ngày"), None)])["steps"]
    assert row["times"] == ["½ ngày", ""]


def test_a_unit_that_stood_elsewhere_is_written_out():
    times = [days(2, "hour", "02"), days(1, "working_day", "1 ngày")]
    [row] = fields(steps=[step("Tiếp nhận", *times)])["steps"]
    assert row["times"] == ["02 giờ", "01 ngày làm việc"]


def test_a_time_for_several_steps_is_told_by_the_number_of_the_first():
    steps = [
        step("Một", days(1), case="A"),
        step("Hai", days(2), case="B"),
        step("Ba", None, timed_with=[1], case="B"),
    ]
    assert [row["times"] for row in fields(steps=steps)["steps"]] == [
        ["1 ngày"],
        ["2 ngày"],
        ["Tính chung với bước 1"],
    ]


def test_who_coordinates_stands_with_who_does_it():
    [row] = fields(steps=[step("Một", coordinating="Công an")])["steps"]
    assert row["responsible"] == "Chuyên viên\nPhối hợp: Công an"


@pytest.mark.parametrize(
    ("values", "name", "column"),
    [
        ({"steps": [step("", days(1))]}, "steps", "title"),
        ({"records": [model.Record("", "Văn thư", "5 năm")]}, "records", "name"),
        ({"definitions": [model.Definition("", "Ủy ban nhân dân")]}, "definitions", "term"),
    ],
)
def test_a_row_without_its_name_shows_a_gap(values, name, column):
    [row] = fields(**values)[name]
    assert row[column] == GAP


def test_legal_bases_keep_number_and_day():
    basis = model.LegalBasis("Luật …", number="60/2014/QH13", issued_on=date(2014, 11, 20))
    [row] = fields(legal_bases=[basis])["legal_bases"]
    assert (row["number"], row["issued_on"]) == ("60/2014/QH13", "2014-11-20")


def test_other_text_is_escaped():
    annexes = [
        model.Annex("Mẫu <1>", "form", "", 0, 1),
        model.Annex("Bảng", "list", "<p>xã</p>", 1, 2),
    ]
    assert fields(content_text="a < b\n\nc", annexes=annexes)["text"] == (
        "<p>a &lt; b</p><p>c</p><h3>Phụ lục</h3><ul><li>Mẫu &lt;1&gt;</li><li>Bảng</li></ul>"
        "<h3>Bảng</h3><p>xã</p>"
    )


def test_fees_become_rows():
    fee = model.Fee(4000, "Khai sinh", "32 xã", "online", "bản", None, date(2025, 12, 31))
    [row] = fields(fees=[fee], fee_exemptions=["Miễn A", "Miễn B"])["fees"]
    assert (row["amount"], row["channel"], row["valid_to"]) == (4000, "online", "2025-12-31")
    assert (row["territory"], row["unit"], row["note"]) == ("32 xã", "bản", "Khai sinh")


class TestFieldAndLevel:
    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("QT 03/CX-HCTP", ("HCTP", "CX")),
            ("qt 03 / ct-ct", ("CT", "CT")),
            ("QT 03/CX", (None, "CX")),
            ("QT 03/HCTP", ("HCTP", None)),
            ("QT 03", (None, None)),
            ("QT-VH-07", (None, None)),
            ("QT 03/XX-HCTP", (None, None)),
        ],
    )
    def test_they_stand_in_the_code(self, agency, code, expected):
        assert field_and_level(agency, "Procedure", code) == expected

    def test_by_the_pattern_of_the_agency(self, agency):
        agency.code_patterns = {"Procedure": "{agency}-{field}-{seq:03}"}
        assert field_and_level(agency, "Procedure", "STP-HT-012") == ("HT", None)
        assert field_and_level(agency, "Procedure", "QT 03/CX-HCTP") == (None, None)

    def test_without_a_pattern_nothing_is_known(self, agency):
        assert field_and_level(agency, "NoSuchType", "QT 03/CX-HCTP") == (None, None)
