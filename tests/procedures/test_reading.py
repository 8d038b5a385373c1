"""What is made from the content when it is shown: letters, numbers, columns, fees of the day."""

from datetime import date
from decimal import Decimal
from eqms.procedures.fees import fees_on
from eqms.procedures.letters import letters
from eqms.procedures.steps import durations
from eqms.procedures.steps import numbered
from eqms.procedures.steps import tables
from types import SimpleNamespace


def test_letters_follow_what_is_there():
    everything = SimpleNamespace(
        dossier=[1],
        time_limit_text="x",
        applicants="x",
        performing_body="x",
        coordinating_body="x",
        outcomes=["x"],
        fees_text="x",
        application_forms=[1],
        requirements="x",
        legal_bases=[1],
        steps=[1],
    )
    assert " ".join(letters(everything).values()) == ("5.a 5.b 5.c 5.d 5.đ 5.e 5.g 5.h 5.i 5.k 5.l")
    everything.coordinating_body = ""
    assert letters(everything)["steps"] == "5.k"
    assert letters(everything)["outcomes"] == "5.đ"
    assert "coordinating" not in letters(everything)


def test_steps_are_numbered_anew_in_each_table():
    steps = [{"case": "A"}, {"case": "A"}, {"case": "B"}, {"case": "A"}]
    assert [number for number, _step in numbered(steps)] == [1, 2, 1, 3]


def test_a_table_has_the_columns_that_its_steps_have_times_for():
    steps = [
        {"case": "", "times": ["½ ngày", "1 ngày"]},
        {"case": "", "times": ["½ ngày"]},
        {"case": "Lưu động", "times": ["", "", "2 ngày"]},
        {"case": "Không có thời gian", "times": []},
    ]
    assert [(table.caption, table.columns, len(table.steps)) for table in tables(steps)] == [
        ("", [0, 1], 2),
        ("Lưu động", [2], 1),
        ("Không có thời gian", [], 1),
    ]


def test_times_are_read_in_the_order_of_the_cases():
    scenarios = [{"unit": "working_day"}, {"unit": "day"}, {"unit": "day"}]
    half, bare, missing = durations({"times": ["½ ngày làm việc", "1,5"]}, scenarios)
    assert (half.value, half.unit) == (Decimal("0.5"), "working_day")
    assert (bare.value, bare.unit, bare.text) == (Decimal("1.5"), "day", "1,5")
    assert missing is None


def test_a_time_without_a_case_is_read_too():
    (found,) = durations({"times": ["02 giờ"]}, [])
    assert (found.value, found.unit) == (2, "hour")
    assert durations({"times": ["2"]}, []) == [None]


def test_fees_are_sorted_by_the_day():
    always = {"amount": 1}
    until = {"amount": 2, "valid_to": "2025-06-30"}
    since = {"amount": 3, "valid_from": "2025-07-01"}
    fees = [always, until, since]
    before, after = fees_on(fees, date(2025, 6, 30)), fees_on(fees, date(2025, 7, 1))
    assert (before.current, before.coming, before.past) == ([always, until], [since], [])
    assert (after.current, after.coming, after.past) == ([always, since], [], [until])
