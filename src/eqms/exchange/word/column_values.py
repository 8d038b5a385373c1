"""What a column of work steps holds, told by its cells where its head says nothing known."""

from collections.abc import Sequence
from eqms.domain.durations import parse_duration
from eqms.exchange.word.text import key
from typing import Final
import re


_OFFICE: Final = re.compile(
    r"(?:cán bộ|công chức|viên chức|chuyên viên|nhân viên|công chứng viên|lãnh đạo|thủ trưởng"
    r"|trưởng|phó|giám đốc|chủ tịch|văn thư|bộ phận|phòng|chi cục|cục|sở|ubnd|ủy ban|uỷ ban"
    r"|trung tâm|văn phòng|tổ|ban|một cửa)\b"
)
#: A longer text tells what somebody does.
_LONGEST_OFFICE: Final = 12

#: Part of the filled cells that must fit; some say "như trên" or "giờ hành chính".
_MOST: Final = 0.7
#: One office alone may be anything.
_FEWEST: Final = 2


def role_by_values(cells: Sequence[str]) -> str | None:
    """The role of a column, ``time`` or ``responsible``, if most of its cells are of that kind.

    One merged cell may state the time of all steps.
    """
    filled = [text for text in cells if text]
    if not filled:
        return None
    if sum(parse_duration(text) is not None for text in filled) >= _MOST * len(filled):
        return "time"
    if sum(map(_is_office, filled)) >= max(_FEWEST, _MOST * len(filled)):
        return "responsible"
    return None


def _is_office(text: str) -> bool:
    words = key(text)
    return bool(_OFFICE.match(words)) and len(words.split()) <= _LONGEST_OFFICE
