"""Text of Word made plain: one Unicode form, no invisible characters, numbers and bullets apart."""

from collections.abc import Iterable
from datetime import date
import re
import unicodedata


#: Capital letters, for use inside a character class; ``re`` has no property for them.
CAPITALS = "A-Z" + "".join(
    filter(str.isupper, map(chr, (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA))))
)

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_HYPHENS = str.maketrans({"\u2011": "-", "\u2010": "-"})
_BULLET = re.compile(r"\s*(?P<bullet>[-–—+*•●▪◦·✓→])\)?\s*")
_LABEL = re.compile(
    r"\s*(?:(?:Mục|Phần)\s+)?(?:"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđA-ZĐ])\s*[.)/:]+\s*(?=\D|$)"
    rf"|(?P<spaced>\d{{1,2}}(?:\.\d{{1,2}})*|[a-zđ])\s+(?=[{CAPITALS}])"
    r")"
)
_ENTRY = re.compile(r"\s*(?P<number>\d{1,2}|[a-zđ])\s*[.)]\s+")
_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
_LONG_DATE = re.compile(r"(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})(?!\d)", re.I)
_BREAKS_BEFORE = re.compile(r"[-–+*•]|\d+[.)]|[a-zđ][.)]")


def visible(text: str) -> str:
    """NFC, without characters that nobody sees; tabs and line breaks stay."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_HYPHENS)


def clean(text: str) -> str:
    """Visible text with single spaces; lines stay lines, empty ones go."""
    return "\n".join(line for raw in visible(text).split("\n") if (line := " ".join(raw.split())))


def key(text: str) -> str:
    """What heads, headings and labels are compared by."""
    return " ".join(clean(text).casefold().split()).strip(" .:;*,-–_…")


def split_label(text: str) -> tuple[str, str]:
    """Split the number or letter typed before a heading from its words: "5. NỘI DUNG"."""
    if (found := _LABEL.match(text)) is None:
        return "", text
    return found["number"] or found["spaced"], text[found.end() :]


def split_bullet(text: str) -> tuple[str, str]:
    """Split the dash, plus or star a line begins with from its words."""
    if (found := _BULLET.match(text)) is None:
        return "", text
    return found["bullet"], text[found.end() :]


def split_marker(text: str) -> tuple[str, str]:
    """Split the dash or the "1." an entry of a list begins with from its words.

    A bare number stays: "01 Giấy phép" counts papers.
    """
    bullet, words = split_bullet(text)
    if bullet or (found := _ENTRY.match(text)) is None:
        return bullet, words
    return found["number"], text[found.end() :]


def flow(lines: Iterable[str]) -> str:
    """Join lines of a narrow cell: a line that only wrapped flows on, a listed one stays."""
    joined = ""
    for line in lines:
        listed = joined.endswith((";", ":", ".")) or _BREAKS_BEFORE.match(line)
        joined += f"\n{line}" if joined and listed else f" {line}" if joined else line
    return joined


def find_date(text: str) -> date | None:
    """The one date of a text ("07/7/2025", "07 tháng 7 năm 2025"), if it exists in the calendar."""
    found = [*_DATE.findall(text), *_LONG_DATE.findall(text)]
    if len(found) != 1:
        return None
    day, month, year = map(int, found[0])
    try:
        return date(year, month, day)
    except ValueError:
        return None
