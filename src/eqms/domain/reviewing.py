"""When a document is reviewed for suitability again (ISO 9001:2015, 7.5.2 c)."""

from calendar import monthrange
from datetime import date


def next_review(last: date, months: int) -> date:
    """The day so many months after ``last``; the last day of a month that has no such day.

    :param last: the day of the last review, or since when the document is in force
    :param months: the review interval, 1 or more
    """
    count = last.month - 1 + months
    year, month = last.year + count // 12, count % 12 + 1
    return date(year, month, min(last.day, monthrange(year, month)[1]))
