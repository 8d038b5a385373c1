"""Tables take what people write, and say in which row what is wrong."""

from eqms.procedures.content import IProcedureContent
from eqms.procedures.fields import Amount
from eqms.procedures.fields import Day
from eqms.procedures.fields import InvalidInput
from eqms.procedures.fields import Quantity
from eqms.procedures.fields import WebAddress
from zope.schema.interfaces import ValidationError
import pytest


def take(name, rows):
    """Clean and validate rows as form and REST do; returns what is stored."""
    field = IProcedureContent[name]
    cleaned = field.cleaned(rows)
    field.validate(cleaned)
    return cleaned


def refusal(name, rows):
    with pytest.raises(InvalidInput) as refused:
        take(name, rows)
    return refused.value.doc().default, refused.value.doc().mapping


@pytest.mark.parametrize(
    ("written", "stored"),
    [("8000", 8000), ("8.000", 8000), ("1 200 000", 1_200_000), ("8,000", 8000), ("0", 0)],
)
def test_amounts_as_people_write_them(written, stored):
    assert Amount().fromUnicode(written) == stored


@pytest.mark.parametrize("written", ["8.00", "-1", "8.5", "tám", "1.000,000", "8.0000", ""])
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(ValidationError):
        Amount().fromUnicode(written)


@pytest.mark.parametrize("value", [True, -1, 1.5, "x"])
def test_what_is_no_amount_is_not_stored(value):
    with pytest.raises(ValidationError):
        Amount().validate(value)


@pytest.mark.parametrize(
    ("written", "stored"),
    [("2025-07-01", "2025-07-01"), ("1/7/2025", "2025-07-01"), ("01.07.2025", "2025-07-01")],
)
def test_days_as_people_write_them(written, stored):
    assert Day().fromUnicode(written) == stored


@pytest.mark.parametrize("written", ["31/02/2025", "2025", "07/2025", "mai", "20250701"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValidationError):
        Day().fromUnicode(written)


@pytest.mark.parametrize(
    ("written", "stored"), [("05", "5"), ("1,5", "1.5"), ("½", "0.5"), ("25", "25"), ("10", "10")]
)
def test_quantities_as_people_write_them(written, stored):
    assert Quantity().fromUnicode(written) == stored


@pytest.mark.parametrize("written", ["-1", "nhiều", "5 ngày"])
def test_what_is_no_quantity_is_refused(written):
    with pytest.raises(ValidationError):
        Quantity().fromUnicode(written)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example", "ftp://a.b", 'https://a" onclick="x']
)
def test_a_link_runs_nothing(address):
    with pytest.raises(ValidationError):
        WebAddress().validate(address)


def test_missing_columns_get_their_defaults():
    assert take("steps", [{"title": "Tiếp nhận"}]) == [
        {"title": "Tiếp nhận", "responsible": "", "times": [], "output": "", "case": ""}
    ]


def test_the_default_of_a_column_is_not_shared():
    first, second = take("steps", [{"title": "a"}, {"title": "b"}])
    first["times"].append("½ ngày")
    assert second["times"] == []
    assert take("steps", [{"title": "c"}])[0]["times"] == []


def test_rows_left_empty_are_dropped():
    rows = [{"kind": "submit", "text": ""}, {"text": "Tờ khai"}, {}]
    assert take("dossier", rows) == [{"text": "Tờ khai", "kind": "submit"}]


def test_what_is_generated_is_taken_back_without_a_word():
    step = {"title": "Tiếp nhận", "number": 4, "durations": [None]}
    assert "number" not in take("steps", [step])[0]


def test_lines_end_one_way():
    assert take("steps", [{"title": "a\r\n- b"}])[0]["title"] == "a\n- b"


@pytest.mark.parametrize(
    ("name", "row", "column"),
    [
        ("steps", {"responsible": "Văn thư"}, "title"),
        ("steps", {"title": "a", "times": "½ ngày"}, "times"),
        ("steps", {"title": "a", "times": [1]}, "times"),
        ("steps", {"title": 5}, "title"),
        ("scenarios", {"value": "nhiều"}, "value"),
        ("scenarios", {"value": "5", "unit": "fortnight"}, "unit"),
        ("scenarios", {"value": "5", "ceiling": "yes"}, "ceiling"),
        ("fees", {"amount": -1}, "amount"),
        ("fees", {"amount": 5000, "valid_to": "31/02/2025"}, "valid_to"),
        ("fees", {"unit": "trang"}, "amount"),
        ("application_forms", {"name": "Tờ khai", "link": "javascript:1"}, "link"),
        ("steps", {"title": "a", "titel": "b"}, "titel"),
    ],
)
def test_a_refusal_names_row_and_column(name, row, column):
    good = {"steps": {"title": "x"}, "scenarios": {"value": "1"}, "fees": {"amount": 1}}
    rows = [good.get(name, {"name": "x"}), row]
    text, mapping = refusal(name, rows)
    assert text == "Row ${number}: ${reason}"
    assert mapping["number"] == 2
    assert column in mapping["reason"]


@pytest.mark.parametrize("rows", [["x"], [None], [[1]]])
def test_a_row_is_an_object(rows):
    assert refusal("steps", rows)[1]["number"] == 1


def test_a_table_is_a_list():
    with pytest.raises(ValidationError):
        IProcedureContent["steps"].validate({"title": "x"})


def test_a_fee_does_not_end_before_it_begins():
    from types import SimpleNamespace

    fee = {"amount": 1, "valid_from": "2025-07-02", "valid_to": "2025-07-01"}
    with pytest.raises(InvalidInput):
        IProcedureContent.validateInvariants(SimpleNamespace(fees=[{"amount": 2}, fee]))
