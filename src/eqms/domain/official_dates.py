"""Days as they are written out in Vietnamese administrative texts."""

from datetime import date
from typing import Final


BLANK: Final = "ngày …… tháng …… năm ……"
"""Where the day is not known yet and will be written by hand."""


def written_out(day: date | None) -> str:
    """``ngày 07 tháng 7 năm 2025``; days below 10 and the months 1 and 2 have two digits.

    Decree 30/2020/NĐ-CP, Appendix I, part I, II.4.b.
    """
    if day is None:
        return BLANK
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"
