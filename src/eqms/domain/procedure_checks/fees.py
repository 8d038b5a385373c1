"""Fees that are no longer due."""

from collections.abc import Iterator
from datetime import date
from datetime import timedelta
from eqms.domain.procedure_checks.model import Content
from eqms.domain.procedure_checks.model import Finding
from eqms.domain.procedure_checks.model import Place
from typing import Final
import re


_UNTIL: Final = re.compile(
    r"\b(?:áp dụng|thực hiện|có hiệu lực|hiệu lực)\s+(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})",
    re.IGNORECASE,
)


def fees_past(content: Content) -> Iterator[Finding]:
    """Fees with a last day, each from the day after it on; also where only the words tell it.

    What words and rows say alike is told of the rows.
    """
    for row, last in enumerate(content.fees_until):
        if last is not None:
            yield _past(Place("fees", row), last)
    told = {day for text in content.texts.get("fees_text", ()) for day in _days(text)}
    for day in sorted(told.difference(content.fees_until)):
        yield _past(Place("fees_text"), day)


def _past(place: Place, last: date) -> Finding:
    return Finding("fee_past", place, {"day": last}, since=last + timedelta(days=1))


def _days(text: str) -> Iterator[date]:
    for found in _UNTIL.finditer(text):
        try:
            yield date(int(found["year"]), int(found["month"]), int(found["day"]))
        except ValueError:
            continue
