"""Durations: what officials write, what is too vague to count, and sums."""

from decimal import Decimal
from eqms.domain.durations import Duration
from eqms.domain.durations import find_durations
from eqms.domain.durations import format_duration
from eqms.domain.durations import parse_duration
from eqms.domain.durations import parse_quantity
from eqms.domain.durations import parse_unit
from eqms.domain.durations import start_event
from eqms.domain.durations import total
from eqms.domain.durations import total_against
from eqms.domain.durations import UNITS
from hypothesis import given
from hypothesis import strategies as st
import pytest
import unicodedata


UNDERSTOOD = {
    "½ ngày": ("0.5", "day"),
    "1/2 ngày": ("0.5", "day"),
    "1\u20442 ngày": ("0.5", "day"),
    "nửa ngày": ("0.5", "day"),
    "0,5 ngày": ("0.5", "day"),
    "¼ ngày": ("0.25", "day"),
    "1 ½ ngày": ("1.5", "day"),
    "1½ ngày": ("1.5", "day"),
    "1 1/2 ngày": ("1.5", "day"),
    "1,5 ngày": ("1.5", "day"),
    "1 ngày rưỡi": ("1.5", "day"),
    "2.5 ngày": ("2.5", "day"),
    "05 ngày": ("5", "day"),
    "năm ngày": ("5", "day"),
    "hai mươi lăm ngày": ("25", "day"),
    "mười hai ngày": ("12", "day"),
    "ba mươi ngày": ("30", "day"),
    "05 ngày làm việc": ("5", "working_day"),
    "05  NGÀY LÀM VIỆC": ("5", "working_day"),
    "0.5 ngày làm việc": ("0.5", "working_day"),
    "01 giờ": ("1", "hour"),
    "04 giờ làm việc": ("4", "hour"),
    "2 tiếng": ("2", "hour"),
    "30 phút": ("30", "minute"),
    "một tuần": ("1", "week"),
    "3 tháng": ("3", "month"),
    "2 năm": ("2", "year"),
    "03 (ba) ngày": ("3", "day"),
    "02 (hai) ngày làm việc": ("2", "working_day"),
    "01 ngày/hồ sơ": ("1", "day"),
    "Không quá 02 ngày": ("2", "day"),
    "Tối đa: 3 ngày": ("3", "day"),
    "Trong vòng 24 giờ": ("24", "hour"),
    "trong thời hạn 05 ngày": ("5", "day"),
    "15 ngày, kể từ ngày được lấy ý kiến": ("15", "day"),
    "10 ngày kể từ ngày 01 tháng 7 năm 2025": ("10", "day"),
    "10 ngày kể từ ngày 01/7/2025": ("10", "day"),
    "Trong ngày": ("1", "working_day"),
    "Ngay trong ngày làm việc": ("1", "working_day"),
    "Ngay trong ngày tiếp nhận hồ sơ": ("1", "working_day"),
    "Trong ngày, sau 15 giờ thì trả vào ngày làm việc tiếp theo": ("1", "working_day"),
}

NOT_UNDERSTOOD = [
    "",
    "ngày",
    "05",
    "Giờ hành chính",
    "Theo lịch hẹn",
    "3-5 ngày",
    "05 ngày - 06",
    "từ 3 đến 5 ngày",
    "5 ngày hoặc 10 ngày",
    "05 ngày/10 ngày",
    "1 ngày 4 giờ",
    "½ ngày (4 giờ)",
    "khoảng 3 ngày",
    "1/3 ngày",
    "01/02 ngày",
    "1.000 ngày",
    "03 (năm) ngày",
    "03 (vài) ngày",
    "trong ngày làm việc tiếp theo",
    "Trong ngày 05/7/2025",
    "ngày 05 tháng 7 năm 2025",
]


@pytest.mark.parametrize("text", UNDERSTOOD)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_understood(text, form):
    value, unit = UNDERSTOOD[text]
    found = parse_duration(unicodedata.normalize(form, text))
    assert found is not None
    assert (found.value, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_not_understood(text):
    assert parse_duration(text) is None


def test_the_whole_text_is_kept_clean():
    found = parse_duration("  15\u00a0ngày\u200b,\n kể từ ngày được lấy ý kiến ")
    assert found == Duration(Decimal(15), "day", "15 ngày, kể từ ngày được lấy ý kiến")


def test_a_duration_has_a_known_unit_and_a_length():
    with pytest.raises(ValueError, match="unknown unit"):
        Duration(Decimal(1), "fortnight", "")
    for length in ("-1", "NaN", "Infinity"):
        with pytest.raises(ValueError, match="not a length"):
            Duration(Decimal(length), "day", "")


def test_durations_of_a_sentence():
    sentence = "05 ngày làm việc. Trường hợp phải xác minh thì không quá 25 ngày."
    found = find_durations(sentence)
    assert [(each.value, each.unit, each.text) for each in found] == [
        (5, "working_day", "05 ngày làm việc"),
        (25, "day", "25 ngày"),
    ]


def test_clock_hours_and_dates_are_no_durations():
    sentence = (
        "Ngay trong ngày; sau 15 giờ thì trong ngày làm việc tiếp theo (từ ngày 01/7/2025, "
        "ngày 05 tháng 7 năm 2025)"
    )
    assert [each.text for each in find_durations(sentence)] == ["Ngay trong ngày"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1/2", "0.5"), ("01", "1"), ("0,5", "0.5"), (" 03 (ba) ", "3"), ("x", None), ("1 2", None)],
)
def test_bare_quantities(text, value):
    assert parse_quantity(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "unit"),
    [("(ngày)", "day"), ("Ngày làm việc", "working_day"), ("giờ:", "hour"), ("lần", None)],
)
def test_units_without_a_number(text, unit):
    assert parse_unit(text) == unit


@pytest.mark.parametrize(
    ("value", "unit", "vi", "en"),
    [
        ("0.5", "day", "½ ngày", "½ day"),
        ("1.5", "day", "1,5 ngày", "1.5 days"),
        ("0.25", "day", "0,25 ngày", "0.25 day"),
        ("5", "working_day", "05 ngày làm việc", "5 working days"),
        ("5.00", "working_day", "05 ngày làm việc", "5 working days"),
        ("1", "hour", "01 giờ", "1 hour"),
        ("30", "minute", "30 phút", "30 minutes"),
        ("100", "day", "100 ngày", "100 days"),
        ("0", "day", "00 ngày", "0 days"),
    ],
)
def test_customary_forms(value, unit, vi, en):
    assert format_duration(Decimal(value), unit) == vi
    assert format_duration(Decimal(value), unit, "en") == en


def made(value, unit):
    return Duration(Decimal(value), unit, "")


def test_units_are_summed_apart():
    assert total([made(1, "day"), made("0.5", "day"), made(4, "hour")]) == {"day": 1.5, "hour": 4}
    assert total([]) == {}


def test_plain_days_count_as_the_working_days_of_their_head():
    steps = [made("0.5", "day"), made(3, "working_day"), made("1.5", "day")]
    assert total_against(steps, "working_day") == 5


@pytest.mark.parametrize(
    ("units", "limit"),
    [
        (["working_day"], "day"),
        (["day", "hour"], "working_day"),
        (["day"], "hour"),
        (["day"], "month"),
        (["month"], "day"),
    ],
)
def test_units_are_never_converted(units, limit):
    assert total_against([made(1, unit) for unit in units], limit) is None


quarters = st.integers(min_value=0, max_value=4000).map(lambda number: Decimal(number) / 4)
durations = st.builds(made, quarters, st.sampled_from(UNITS))


@given(quarters, st.sampled_from(UNITS))
def test_what_is_written_is_read_back(value, unit):
    found = parse_duration(format_duration(value, unit))
    assert found is not None
    assert (found.value, found.unit) == (value, unit)


@given(st.lists(durations), st.lists(durations))
def test_sums_add_up(one, other):
    both, first, second = total([*one, *other]), total(one), total(other)
    assert both == {unit: first.get(unit, 0) + second.get(unit, 0) for unit in {*first, *second}}


@given(st.lists(durations), st.sampled_from(UNITS))
def test_a_sum_against_a_limit_counts_everything_or_nothing(steps, unit):
    summed = total_against(steps, unit)
    if summed is not None:
        assert summed == sum(step.value for step in steps)
        plain_days = {"day"} if unit == "working_day" else set()
        assert {step.unit for step in steps} <= {unit} | plain_days


@given(st.text(alphabet="0123456789½¼/,.-–() ngàylmvcưởihútrob\n\u00a0", max_size=30))
def test_any_text_is_a_duration_or_none(text):
    found = parse_duration(text)
    if found is not None:
        assert found.unit in UNITS
        assert found.text == " ".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("15 ngày, kể từ ngày được lấy ý kiến", "ngày được lấy ý kiến"),
        (
            "1,5 ngày, kể từ ngày hết hạn thay đổi ý kiến đồng ý.",
            "ngày hết hạn thay đổi ý kiến đồng ý",
        ),
        ("trong 05 ngày làm việc kể từ khi nhận đủ hồ sơ hợp lệ", "nhận đủ hồ sơ hợp lệ"),
        ("03 ngày tính từ thời điểm nộp; trường hợp khác", "thời điểm nộp"),
        ("05 ngày", ""),
    ],
)
def test_what_a_time_is_counted_from(text, event):
    assert start_event(text) == event
