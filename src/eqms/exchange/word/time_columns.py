"""The time columns of a step table: the case of each, its limit, and the unit of its cells."""

from dataclasses import dataclass
from eqms.domain.durations import Duration
from eqms.domain.durations import find_durations
from eqms.domain.durations import parse_duration
from eqms.domain.durations import parse_quantity
from eqms.domain.durations import parse_unit
from eqms.exchange.word.tables import Head
import re


_TIME_WORDS = re.compile(
    r"^(?:tổng\s+)?(?:thời\s+(?:gian|hạn|lượng)|t\.?g\b|tiến độ|số(?=\s+(?:ngày|giờ)))"
    r"(?:\s+(?:thực hiện|giải quyết|xử lý|hoàn thành))?",
    re.I,
)
_UNIT_IN_HEAD = re.compile(
    r"\(?\s*(?:(?:tính theo|theo|đơn vị(?: tính)?\s*:?)\s*)?"
    r"(?P<unit>ngày làm việc|ngày|giờ làm việc|giờ|phút)\s*\)?\s*$",
    re.I,
)
_UNIT_IN_NOTE = re.compile(
    r"đơn vị(?:\s+tính)?(?:\s+thời gian)?\s*(?:là|:)\s*(?P<unit>ngày làm việc|ngày|giờ|phút)", re.I
)


@dataclass
class TimeColumn:
    """A column of times. ``limits`` are the durations its own head states."""

    column: int
    label: str
    limits: tuple[Duration, ...]
    unit: str | None
    head: str


def read_time_columns(head: Head) -> list[TimeColumn]:
    """The time columns of a step table, from left to right."""
    return [_time_column(head, column) for column in head.columns("time")]


def read_time(
    text: str, column: TimeColumn, unit_of_note: str | None
) -> tuple[Duration | None, bool]:
    """The time a cell states, and whether its unit had to be taken from the note under the table.

    A cell may hold the bare number where the head, or else the note, names the unit.
    """
    if (duration := parse_duration(text)) is not None:
        return duration, False
    unit = column.unit or unit_of_note
    quantity = parse_quantity(text)
    if quantity is None or unit is None:
        return None, False
    return Duration(quantity, unit, text), column.unit is None


def unit_in_note(notes: str) -> str | None:
    """The unit of all times, as a note under the table states it."""
    found = _UNIT_IN_NOTE.search(notes)
    return parse_unit(found["unit"]) if found else None


def _time_column(head: Head, column: int) -> TimeColumn:
    words: list[str] = []
    limits: tuple[Duration, ...] = ()
    unit = None
    for cell in head.words[column]:
        text = " ".join(cell.text.split())
        words.append(text)
        if cell.colspan == 1 and (found := find_durations(text)):
            limits = found
        elif stated := _UNIT_IN_HEAD.search(text):
            unit = parse_unit(stated["unit"])
    if unit is None and len({limit.unit for limit in limits}) == 1:
        unit = limits[0].unit
    label = " – ".join(filter(None, map(_label, words)))
    return TimeColumn(column, label, limits, unit, " – ".join(words))


def _label(text: str) -> str:
    """What a head says besides "time", the limit and the unit: the case."""
    text = _TIME_WORDS.sub("", text)
    for duration in find_durations(text):
        text = text.replace(duration.text, "")
    return _UNIT_IN_HEAD.sub("", text).replace("()", "").strip(" .,;:()-–")
