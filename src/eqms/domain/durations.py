"""Durations as Vietnamese procedures write them: "½ ngày", "05 ngày làm việc", "1,5 ngày".

A procedure states its times in the author's own unit, and the unit carries legal meaning:
"25 ngày" counts calendar days, "05 ngày làm việc" counts working days. Nothing here converts one
unit into another. What cannot be read with certainty is ``None``, never a guess.

Decisions:

* A plain "ngày" is ``day``, also in a table whose head says "ngày làm việc". Only
  :func:`total_against` counts such days together with the working days of the limit they stand
  under, because the head names the unit of its column.
* "Trong ngày" and "ngay trong ngày" (an in-day limit) is one ``working_day``: the answer is due
  before the working day of reception ends. "Trong ngày làm việc tiếp theo" is another limit (the
  next day) and is not understood.
* Clock hours ("sau 15 giờ") and dates ("ngày 05 tháng 7") are not durations.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
import re
import unicodedata


#: Units of time, as stored; ``day`` is the plain "ngày" of the author.
UNITS = ("minute", "hour", "working_day", "day", "week", "month", "year")

_UNIT_WORDS = {
    "ngày làm việc": "working_day",
    "ngày": "day",
    "giờ làm việc": "hour",
    "giờ": "hour",
    "tiếng": "hour",
    "phút": "minute",
    "tuần": "week",
    "tháng": "month",
    "năm": "year",
}
_FORMATS = {
    "vi": {
        "minute": "phút",
        "hour": "giờ",
        "working_day": "ngày làm việc",
        "day": "ngày",
        "week": "tuần",
        "month": "tháng",
        "year": "năm",
    },
    "en": {unit: unit.replace("_", " ") for unit in UNITS},
}
_FRACTIONS = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"),
    "⅞": Decimal("0.875"),
}
_DIGIT_WORDS = {
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}

_WORD_NUMBER = (
    r"(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười)"
    r"(?: (?:mươi|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín))*"
)
_SIGN = "".join(_FRACTIONS)
_NUMBER = (
    rf"(?:\d+ ?)?[{_SIGN}]"
    r"|(?:\d+ )?[1-9]\d?/(?:2|4|5|8|10)(?!\d)"
    r"|\d+[.,]\d{1,2}(?!\d)"
    r"|\d+(?![\d.,/]\d)"
    rf"|nửa|{_WORD_NUMBER}"
)
_UNIT = "|".join(_UNIT_WORDS)
_QUANTITY = rf"(?P<number>{_NUMBER}) ?(?:\((?P<gloss>[^()]*)\) ?)?(?P<unit>{_UNIT})\b"

_AT_START = re.compile(_QUANTITY, re.I)
_ANYWHERE = re.compile(rf"(?<![\w{_SIGN}])(?<!\d[/.,]){_QUANTITY}", re.I)
_BARE = re.compile(rf"(?P<number>{_NUMBER})(?: ?\((?P<gloss>[^()]*)\))?", re.I)
_LEAD = re.compile(
    r"(?:[-–:≤~ ]|không quá|tối đa|chậm nhất(?: là)?|trong(?: vòng| thời hạn)?(?! ngày\b)"
    r"|thời hạn(?: giải quyết)?|thời gian)*",
    re.I,
)
_NEXT = r"(?:làm việc )?(?:tiếp theo|kế tiếp|hôm sau|sau)\b"
_IN_DAY = re.compile(rf"(?:ngay )?trong ngày(?! ?\d| {_NEXT})(?: làm việc)?\b", re.I)
_DATE = re.compile(
    r"ngày \d{1,2} tháng \d{1,2}(?: năm \d{4})?|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|năm \d{4}", re.I
)
_CLOCK = re.compile(r"(?:sau|trước|lúc|từ|đến) \d{1,2} ?(?:giờ|h)(?: ?\d{2}(?: phút)?)?", re.I)
_RANGE = re.compile(r" ?(?:[-–]|đến|tới|hoặc|hay) ?\d", re.I)
_START = re.compile(
    r"\b(?:kể|tính) từ (?:khi )?(?P<event>(?:ngày|thời điểm|lúc|khi|nhận)\b[^.;:()]*)", re.I
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in the unit its author chose.

    ``text`` is the whole text it was read from ("15 ngày, kể từ ngày được lấy ý kiến"), which may
    say more than the length, for instance the event the time starts at.
    """

    value: Decimal
    unit: str
    text: str

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"unknown unit of time: {self.unit!r}")
        if not self.value.is_finite() or self.value < 0:
            raise ValueError(f"not a length of time: {self.value}")


def parse_duration(text: str) -> Duration | None:
    """Read a text that states one duration; ``None`` if it states none, several, or a range."""
    kept = _tidy(text)
    words = _LEAD.sub("", kept, count=1)
    if in_day := _IN_DAY.match(words):
        return None if _mentions_duration(words[in_day.end() :]) else _in_day(kept)
    if (found := _AT_START.match(words)) is None:
        return None
    value = _value(found["number"], found["gloss"])
    tail = words[found.end() :]
    if value is not None and tail.casefold().startswith(" rưỡi"):
        value += Decimal("0.5")
    if value is None or _RANGE.match(tail) or _mentions_duration(tail):
        return None
    return Duration(value, _unit(found), kept)


def start_event(text: str) -> str:
    """What a time is counted from: "15 ngày, kể từ ngày được lấy ý kiến" from "ngày được lấy ý
    kiến"; empty where the text does not say."""
    found = _START.search(_tidy(text))
    return found["event"].rstrip(" ,") if found else ""


def find_durations(text: str) -> tuple[Duration, ...]:
    """All durations a sentence mentions, in order; each with its own words as ``text``."""
    return tuple(_find(_tidy(text)))


def parse_quantity(text: str) -> Decimal | None:
    """Read a bare number, as in a column whose head names the unit ("1/2", "01", "0,5")."""
    found = _BARE.fullmatch(_tidy(text))
    return _value(found["number"], found["gloss"]) if found else None


def parse_unit(text: str) -> str | None:
    """The unit a text names without a number: "(ngày làm việc)" is ``working_day``."""
    return _UNIT_WORDS.get(_tidy(text).casefold().strip("() :"))


def says_in_day(text: str) -> bool:
    """Whether a sentence sets an in-day limit somewhere: "Ngay trong ngày tiếp nhận hồ sơ …"."""
    return bool(_IN_DAY.search(_tidy(text)))


def format_duration(value: Decimal, unit: str, lang: str = "vi") -> str:
    """A duration in the customary form of *lang* ("vi" or "en").

    Vietnamese offices write whole numbers below ten with a leading zero and the half as a sign:
    "05 ngày làm việc", "½ ngày", "1,5 ngày". English: "5 working days", "½ day", "1.5 days".
    """
    words = _FORMATS[lang][unit]
    if value == Decimal("0.5"):
        return f"½ {words}"
    whole = value == value.to_integral_value()
    plain = f"{value.to_integral_value() if whole else value.normalize():f}"
    if lang == "vi":
        return f"{plain.zfill(2) if whole else plain.replace('.', ',')} {words}"
    return f"{plain} {words}" if 0 < value <= 1 else f"{plain} {words}s"


def total(durations: Iterable[Duration]) -> Mapping[str, Decimal]:
    """Sum per unit. More than one key means mixed units, which are left side by side."""
    sums: dict[str, Decimal] = {}
    for duration in durations:
        sums[duration.unit] = sums.get(duration.unit, Decimal(0)) + duration.value
    return sums


def total_against(durations: Iterable[Duration], unit: str) -> Decimal | None:
    """The sum as it is held against a limit stated in *unit*, or ``None`` for mixed units.

    Under a limit in working days a plain "ngày" counts as one of them: the head of the column has
    said which days are meant. The reverse does not hold: working days never fill calendar days.
    """
    sums = total(durations)
    accepted = {unit, "day"} if unit == "working_day" else {unit}
    return sum(sums.values(), Decimal(0)) if sums.keys() <= accepted else None


def _tidy(text: str) -> str:
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\u2044", "/")
    return " ".join(text.split())


def _in_day(text: str) -> Duration:
    return Duration(Decimal(1), "working_day", text)


def _find(text: str) -> Iterator[Duration]:
    words = _without_dates_and_clocks(text)
    for found in sorted((*_ANYWHERE.finditer(words), *_IN_DAY.finditer(words)), key=_start):
        if found.re is _IN_DAY:
            yield _in_day(found[0])
        elif (value := _value(found["number"], found["gloss"])) is not None:
            yield Duration(value, _unit(found), found[0])


def _start(found: re.Match[str]) -> int:
    return found.start()


def _unit(found: re.Match[str]) -> str:
    return _UNIT_WORDS[found["unit"].casefold()]


def _mentions_duration(words: str) -> bool:
    words = _without_dates_and_clocks(words)
    return bool(_ANYWHERE.search(words) or _IN_DAY.search(words))


def _without_dates_and_clocks(words: str) -> str:
    """Blank out dates and clock hours, keeping every other character at its place."""
    for pattern in (_DATE, _CLOCK):
        words = pattern.sub(lambda found: "#" * len(found[0]), words)
    return words


def _value(number: str, gloss: str | None) -> Decimal | None:
    """The value of a number, given that a spelled repetition beside it ("03 (ba)") agrees."""
    value = _number(number.casefold())
    if not gloss or not any(map(str.isalpha, gloss)):
        return value
    return value if value is not None and _spelled(gloss) == value else None


def _number(number: str) -> Decimal | None:
    if number == "nửa":
        return Decimal("0.5")
    if number[0].isalpha():
        spelled = _spelled(number)
        return None if spelled is None else Decimal(spelled)
    if number[-1] in _FRACTIONS:
        return Decimal(number[:-1].strip() or 0) + _FRACTIONS[number[-1]]
    if "/" in number:
        whole, _, fraction = number.rpartition(" ")
        above, below = fraction.split("/")
        return Decimal(whole or 0) + Decimal(above) / Decimal(below)
    return Decimal(number.replace(",", "."))


def _spelled(words: str) -> int | None:
    """The value of a spelled number up to ninety-nine ("hai mươi lăm")."""
    match words.casefold().split():
        case ["mười"]:
            return 10
        case ["mười", unit] if unit in _DIGIT_WORDS:
            return 10 + _DIGIT_WORDS[unit]
        case [digit] if digit in _DIGIT_WORDS:
            return _DIGIT_WORDS[digit]
        case [tens, "mươi"] if tens in _DIGIT_WORDS:
            return 10 * _DIGIT_WORDS[tens]
        case [tens, "mươi", unit] if tens in _DIGIT_WORDS and unit in _DIGIT_WORDS:
            return 10 * _DIGIT_WORDS[tens] + _DIGIT_WORDS[unit]
    return None
