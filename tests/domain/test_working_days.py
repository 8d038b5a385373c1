"""Working days and the day on which a result is due."""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from decimal import Decimal
from eqms.domain.durations import Duration
from eqms.domain.working_days import cut_off_in
from eqms.domain.working_days import due
from eqms.domain.working_days import Limit
from eqms.domain.working_days import NotReckonable
from eqms.domain.working_days import parse_days
from eqms.domain.working_days import parse_hour
from eqms.domain.working_days import parse_hours
from eqms.domain.working_days import WorkingCalendar
from hypothesis import given
from hypothesis import strategies as st
import pytest


CALENDAR = WorkingCalendar(
    off=parse_days(["02/01/2026 nghỉ Tết Dương lịch (hoán đổi)"]),
    worked=parse_days(["10/01/2026 làm bù ngày 02/01/2026"]),
)

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2029, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)
DAYS = st.dates(date(2020, 1, 1), date(2029, 12, 31))


def limit(value, unit="working_day", cut_off=None, in_day=False):
    return Limit(Duration(Decimal(value), unit, ""), cut_off, in_day)


def due_on(received, *args, **kw):
    return due(CALENDAR, datetime.fromisoformat(received), limit(*args, **kw)).day


class TestCalendar:
    @pytest.mark.parametrize(
        ("day", "worked"),
        [
            ("2026-03-02", True),  # Monday
            ("2026-03-07", False),  # Saturday
            ("2026-02-17", False),  # first day of the lunar year
            ("2026-02-20", False),
            ("2026-02-23", True),
            ("2026-04-26", False),  # the Kings' day is a Sunday …
            ("2026-04-27", False),  # … and Monday is off in its place
            ("2026-09-02", False),
            ("2025-05-02", False),  # swapped with …
            ("2025-04-26", True),  # … this Saturday
            ("2026-01-02", False),
            ("2026-01-10", True),
        ],
    )
    def test_days(self, day, worked):
        assert CALENDAR.is_working(date.fromisoformat(day)) is worked

    def test_a_day_that_is_listed_twice_is_worked(self):
        day = date(2026, 9, 2)
        assert WorkingCalendar(off={day: ""}, worked={day: ""}).is_working(day)

    def test_the_days_of_a_year(self):
        off = CALENDAR.holidays(2026)
        assert off[date(2026, 9, 2)] == "Quốc khánh"
        assert off[date(2026, 1, 2)] == "nghỉ Tết Dương lịch (hoán đổi)"
        assert date(2026, 3, 7) not in off
        assert CALENDAR.swapped(2026)[date(2026, 1, 10)] == "làm bù ngày 02/01/2026"
        assert list(off) == sorted(off)

    @pytest.mark.parametrize("year", [1999, 2101])
    def test_years_of_which_nothing_is_known(self, year):
        with pytest.raises(NotReckonable):
            CALENDAR.is_working(date(year, 5, 5))

    @given(DAYS, st.integers(0, 40))
    def test_between_are_as_many_working_days(self, day, count):
        end = CALENDAR.after(day, count)
        between = [day + timedelta(n) for n in range(1, (end - day).days + 1)]
        assert sum(map(CALENDAR.is_working, between)) == count
        assert count == 0 or CALENDAR.is_working(end)

    @given(DAYS, st.integers(0, 20), st.integers(0, 20))
    def test_it_adds_up(self, day, first, second):
        assert CALENDAR.after(CALENDAR.after(day, first), second) == CALENDAR.after(
            day, first + second
        )


class TestWorkingDays:
    def test_the_first_day_is_not_counted(self):
        assert due_on("2026-03-02T08:00", 1) == date(2026, 3, 3)
        assert due_on("2026-03-02T08:00", 5) == date(2026, 3, 9)

    def test_holidays_and_swapped_days(self):
        assert due_on("2026-02-13T08:00", 1) == date(2026, 2, 23)
        assert due_on("2026-01-09T08:00", 1) == date(2026, 1, 10)

    def test_after_the_cut_off_it_counts_as_received_on_the_next_working_day(self):
        cut = {"cut_off": time(15)}
        assert due_on("2026-03-06T15:00", 1, **cut) == date(2026, 3, 9)
        assert due_on("2026-03-06T15:00:01", 1, **cut) == date(2026, 3, 10)
        assert due_on("2026-03-06T23:00", 1) == date(2026, 3, 9)

    def test_within_the_day(self):
        assert due_on("2026-03-02T14:59", 1, cut_off=time(15), in_day=True) == date(2026, 3, 2)
        assert due_on("2026-03-02T15:01", 1, cut_off=time(15), in_day=True) == date(2026, 3, 3)

    def test_received_on_a_day_off(self):
        found = due(CALENDAR, datetime(2026, 3, 7, 16), limit(2, cut_off=time(15)))
        assert (found.counted_from, found.day) == (date(2026, 3, 9), date(2026, 3, 11))

    def test_a_part_of_a_day_ends_with_the_day(self):
        assert due_on("2026-03-02T08:00", "0.5") == date(2026, 3, 3)
        assert due_on("2026-03-02T08:00", "1.5") == date(2026, 3, 4)


class TestCalendarDays:
    def test_every_day_counts_but_the_last_is_worked(self):
        assert due_on("2026-03-02T08:00", 3, "day") == date(2026, 3, 5)
        assert due_on("2026-03-02T08:00", 5, "day") == date(2026, 3, 9)
        assert due_on("2026-04-01T08:00", 25, "day") == date(2026, 4, 28)

    def test_weeks_months_and_years_end_on_the_day_that_corresponds(self):
        assert due_on("2026-03-04T08:00", 2, "week") == date(2026, 3, 18)
        assert due_on("2026-03-04T08:00", 1, "month") == date(2026, 4, 6)
        # 31/8 to 2/9 are off: it counts as received on 3/9, and 3/10 is a Saturday.
        assert due_on("2026-08-31T08:00", 1, "month") == date(2026, 10, 5)
        assert due_on("2024-02-29T08:00", 1, "year") == date(2025, 2, 28)

    def test_a_month_without_such_a_day_ends_with_its_last(self):
        assert due_on("2025-12-31T08:00", 2, "month") == date(2026, 3, 2)  # 28/2 is a Saturday
        assert due_on("2026-03-31T08:00", 1, "month") == date(2026, 5, 4)  # 30/4, 1/5, weekend

    @pytest.mark.parametrize("unit", ["week", "month", "year"])
    def test_half_a_month_is_no_day(self, unit):
        with pytest.raises(NotReckonable):
            due_on("2026-03-02T08:00", "1.5", unit)

    @pytest.mark.parametrize("unit", ["hour", "working_day", "day", "week", "month", "year"])
    def test_nor_are_a_million(self, unit):
        with pytest.raises(NotReckonable):
            due_on("2026-03-02T08:00", 10**9, unit)


class TestHours:
    @pytest.mark.parametrize(
        ("received", "value", "unit", "day", "hour"),
        [
            ("2026-03-02T08:00", 2, "hour", "2026-03-02", time(10)),
            ("2026-03-02T11:00", 2, "hour", "2026-03-02", time(15)),
            ("2026-03-02T06:00", "0.5", "hour", "2026-03-02", time(8)),
            ("2026-03-02T12:00", 4, "hour", "2026-03-02", time(17, 30)),
            ("2026-03-06T17:00", 1, "hour", "2026-03-09", time(8)),
            ("2026-03-06T20:00", 8, "hour", "2026-03-09", time(17, 30)),
            ("2026-03-02T08:00", 45, "minute", "2026-03-02", time(8, 45)),
        ],
    )
    def test_they_run_in_office_hours_from_the_moment(self, received, value, unit, day, hour):
        found = due(CALENDAR, datetime.fromisoformat(received), limit(value, unit))
        assert (found.day, found.hour) == (date.fromisoformat(day), hour)

    def test_after_the_cut_off_they_run_from_the_next_morning(self):
        found = due(CALENDAR, datetime(2026, 3, 6, 15, 30), limit(2, "hour", time(15)))
        assert (found.day, found.hour) == (date(2026, 3, 9), time(9, 30))

    @given(MOMENTS, st.integers(1, 60))
    def test_they_end_in_office_hours(self, received, value):
        found = due(CALENDAR, received, limit(value, "hour"))
        assert CALENDAR.is_working(found.day)
        assert any(opens <= found.hour <= closes for opens, closes in CALENDAR.hours)
        assert found.day >= found.counted_from >= received.date()

    @given(MOMENTS, st.integers(1, 20))
    def test_eight_hours_from_the_morning_are_the_whole_day(self, received, days):
        morning = datetime.combine(CALENDAR.working_day_from(received.date()), time(7))
        found = due(CALENDAR, morning, limit(8 * days, "hour"))
        assert found.day == CALENDAR.after(morning.date(), days - 1)


class TestAlways:
    @given(
        MOMENTS,
        st.sampled_from(["working_day", "day", "week", "month"]),
        st.integers(1, 30),
        st.sampled_from([None, time(15)]),
    )
    def test_the_result_is_due_on_a_working_day_after_the_reception(
        self, received, unit, value, cut_off
    ):
        found = due(CALENDAR, received, limit(value, unit, cut_off))
        assert CALENDAR.is_working(found.counted_from)
        assert CALENDAR.is_working(found.day)
        assert received.date() <= found.counted_from < found.day

    @given(MOMENTS, MOMENTS, st.sampled_from(["working_day", "day", "hour"]), st.integers(1, 30))
    def test_who_comes_later_is_not_served_earlier(self, one, other, unit, value):
        first, second = (
            due(CALENDAR, moment, limit(value, unit, time(15))) for moment in sorted((one, other))
        )
        assert (first.day, first.hour or time.max) <= (second.day, second.hour or time.max)

    @given(MOMENTS, st.integers(1, 30))
    def test_working_days_are_never_fewer_than_days(self, received, value):
        assert due(CALENDAR, received, limit(value)).day >= due(
            CALENDAR, received, limit(value, "day")
        ).counted_from + timedelta(value)


class TestReading:
    def test_days_with_reasons(self):
        assert parse_days(["02/01/2026 hoán đổi", "", " 3/9/2027 "]) == {
            date(2026, 1, 2): "hoán đổi",
            date(2027, 9, 3): "",
        }

    @pytest.mark.parametrize("line", ["31/02/2026", "2026-01-02", "mai", "01/01/1899 x"])
    def test_no_day(self, line):
        with pytest.raises(ValueError, match=line[:5]):
            parse_days([line])

    @pytest.mark.parametrize(
        ("text", "hour"),
        [
            ("15:00", time(15)),
            ("15h", time(15)),
            ("15h30", time(15, 30)),
            ("15 giờ", time(15)),
            ("15 giờ 30", time(15, 30)),
            ("15", time(15)),
            ("25:00", None),
            ("", None),
            ("chiều", None),
        ],
    )
    def test_hours(self, text, hour):
        assert parse_hour(text) == hour

    @pytest.mark.parametrize(
        ("sentence", "hour"),
        [
            ("trường hợp nhận hồ sơ sau 15 giờ mà không giải quyết được ngay", time(15)),
            ("tiếp nhận sau 15h30", time(15, 30)),
            ("sau 15:00 thì trả vào ngày làm việc tiếp theo", time(15)),
            ("sau 15 ngày làm việc", None),
            ("Trong ngày", None),
        ],
    )
    def test_a_cut_off_hour_in_a_sentence(self, sentence, hour):
        assert cut_off_in(sentence) == hour

    def test_office_hours(self):
        assert parse_hours("07:00-11:30, 13:30–17:00") == (
            (time(7), time(11, 30)),
            (time(13, 30), time(17)),
        )

    @pytest.mark.parametrize("text", ["", "7-", "11:30-07:00", "07:00-11:30, 11:00-17:00"])
    def test_no_office_hours(self, text):
        with pytest.raises(ValueError):
            parse_hours(text)
