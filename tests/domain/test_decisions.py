"""Rows and dates of issue decisions."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.domain import clock
from eqms.domain.decisions import Action
from eqms.domain.decisions import check_rows
from eqms.domain.decisions import DecisionError
from eqms.domain.decisions import duplicates
from eqms.domain.decisions import proposed_action
from eqms.domain.decisions import Row
from eqms.domain.decisions import start_of
from eqms.domain.numbering import PaperNumber
from hypothesis import given
from hypothesis import strategies as st
from zoneinfo import ZoneInfo
import pytest


ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ENTERED = datetime(2026, 3, 10, 3, tzinfo=UTC)
TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("number", "before", "action"),
    [
        ("01/00", None, Action.NEW),
        ("06/00", None, Action.NEW),
        ("01/01", "01/00", Action.AMENDED),
        ("02/00", "01/07", Action.REISSUED),
        ("01/03", "02/00", Action.AMENDED),
    ],
)
def test_what_issuing_is_called_follows_from_the_numbers(number, before, action):
    before = before and PaperNumber.parse(before)
    assert proposed_action(PaperNumber.parse(number), before) is action


@pytest.mark.parametrize(
    "fields",
    [
        ("d", None, Action.NEW),
        ("d", "r", Action.ABOLISHED),
        ("d", "r", Action.NEW, "other"),
    ],
)
def test_a_row_that_contradicts_itself(fields):
    with pytest.raises(DecisionError):
        Row(*fields)


def test_no_document_twice_and_never_without_rows():
    issued, abolished = Row("a", "r", Action.NEW), Row("b", None, Action.ABOLISHED)
    check_rows([issued, abolished])
    with pytest.raises(DecisionError):
        check_rows([])
    with pytest.raises(DecisionError, match="more than one row: a"):
        check_rows([issued, abolished, Row("a", None, Action.ABOLISHED)])


@given(st.lists(st.sampled_from("abcd")))
def test_duplicates(values):
    assert set(duplicates(values)) == {value for value in values if values.count(value) > 1}


@pytest.mark.parametrize(
    ("decided_on", "in_force_on", "has_file", "start"),
    [
        (TODAY, None, False, ENTERED),
        (TODAY, None, True, ENTERED),
        (TODAY, TODAY, True, ENTERED),
        (date(2026, 3, 9), None, False, ENTERED),
        (date(2026, 3, 9), None, True, clock.start_of_day(date(2026, 3, 9), ZONE)),
        (date(2026, 3, 1), date(2026, 3, 5), True, clock.start_of_day(date(2026, 3, 5), ZONE)),
        (TODAY, date(2026, 3, 15), False, clock.start_of_day(date(2026, 3, 15), ZONE)),
    ],
)
def test_from_when_it_holds(decided_on, in_force_on, has_file, start):
    assert start_of(decided_on, in_force_on, ENTERED, ZONE, has_file) == start


@pytest.mark.parametrize(
    ("decided_on", "in_force_on", "has_file"),
    [
        (TODAY + timedelta(1), None, True),
        (TODAY, TODAY - timedelta(1), True),
        (date(2026, 3, 1), date(2026, 3, 5), False),
    ],
)
def test_dates_that_cannot_be(decided_on, in_force_on, has_file):
    with pytest.raises(DecisionError):
        start_of(decided_on, in_force_on, ENTERED, ZONE, has_file)


@given(st.dates(date(2026, 1, 1), TODAY), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_without_the_file_nothing_is_back_dated(decided_on, in_force_on):
    try:
        start = start_of(decided_on, in_force_on, ENTERED, ZONE, has_file=False)
    except DecisionError:
        return
    assert start >= ENTERED
