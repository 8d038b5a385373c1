from datetime import date
from eqms.domain.official_dates import written_out
import pytest


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 7, 7), "ngày 07 tháng 7 năm 2025"),
        (date(2025, 1, 31), "ngày 31 tháng 01 năm 2025"),
        (date(2026, 2, 1), "ngày 01 tháng 02 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
        (None, "ngày …… tháng …… năm ……"),
    ],
)
def test_days_and_the_first_months_have_two_digits(day, words):
    assert written_out(day) == words
