"""How legal texts and standards are called, so that every way of citing one finds it.

A text is told apart by its number: "123/2015/NĐ-CP", "60/2014/QH13", "TCVN ISO 9001:2015". Three
things stand in the way:

* A number without a year ("101/QĐ-BKHCN") begins anew each year, so the year of issue belongs to
  its name.
* A number of a local body ("12/2020/QĐ-UBND") is given in every province and commune, so the place
  belongs to its name.
* Laws are cited by name and year, with or without their number: "Luật Hộ tịch năm 2014".

A text therefore has several keys. Those in ``sure`` mean this text alone; the first of them is its
identity. Those in ``vague`` are what a citation says that leaves out the year or the place: it may
mean another text as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from eqms.domain.vietnamese import fold
from eqms.domain.vietnamese import nfc
from types import MappingProxyType
from typing import Final
import re


KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "constitution": "Hiến pháp",
        "code": "Bộ luật",
        "law": "Luật",
        "ordinance": "Pháp lệnh",
        "joint_resolution": "Nghị quyết liên tịch",
        "resolution": "Nghị quyết",
        "decree": "Nghị định",
        "decision": "Quyết định",
        "joint_circular": "Thông tư liên tịch",
        "circular": "Thông tư",
        "directive": "Chỉ thị",
        "official_letter": "Công văn",
        "plan": "Kế hoạch",
        "consolidated": "Văn bản hợp nhất",
        "standard": "Tiêu chuẩn",
        "technical_regulation": "Quy chuẩn kỹ thuật",
    }
)
"""Kinds of legal texts (Luật Ban hành văn bản quy phạm pháp luật 2025, Điều 4) and of others that
procedures rest on, with the word that citations begin with; of two that begin alike the longer
one stands first. Text of no known kind is ``other``.
"""


class Validity(StrEnum):
    """State of validity of a text (tình trạng hiệu lực), as the national databases say it."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    PARTLY_EXPIRED = "partly_expired"
    EXPIRED = "expired"


_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_LEAD: Final = re.compile(r"^(?:[\s.,;:/-]|so(?![a-z]))+")
_SEPARATOR: Final = re.compile(r"\s*([/:-])\s*")
_YEAR_INSIDE: Final = re.compile(r"[/:]((?:19|20)\d{2})(?![\d])")
_LOCAL: Final = re.compile(r"-(?:ubnd|hdnd)\d*$")
_PLACE: Final = re.compile(
    r"\b(?:tỉnh|thành phố|TP\.?|huyện|quận|thị xã|thị trấn|xã|phường)\s+(?P<rest>\S.*)", re.DOTALL
)
_YEAR_SAID: Final = re.compile(r"\b(?:năm\s+|/)?((?:19|20)\d{2})\b")
_DATED: Final = re.compile(
    r"(?:\bngày\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*|\bnăm\s+)((?:19|20)\d{2})\b", re.IGNORECASE
)
_LAW: Final = re.compile(r"(?:hien phap|bo luat|luat|phap lenh)\b")
_NAME_ENDS: Final = re.compile(
    r"\s*(?:,?\s*\bso\s*:?\s*\d|,?\s*\bnam\s+\d|,?\s*\bngay\s+\d|\(|;).*"
)
_YEAR_AT_END: Final = re.compile(r"[\s,]+(?:19|20)\d{2}\s*$")
_ABOUT: Final = re.compile(
    r"\s(?:quy\s+đ[iị]nh|về|sửa đổi|hướng dẫn|ban hành|bãi bỏ|công bố|phê duyệt|phân cấp"
    r"|thông qua|hợp nhất)\b",
    re.IGNORECASE,
)
"""Where a citation begins to say what the text is about, which may name other texts."""

_NUMBER: Final = re.compile(
    r"\d+\w*(?:/\d{4})?/[A-ZĐ][\w&]*(?:-[A-ZĐ][\w&]*)*"
    r"|(?:TCVN|QCVN|TCCS|ISO)(?:[ /](?:ISO|IEC))*[ ]\d+(?:-\d+)?:\d{4}(?:/[A-ZĐ]+)?"
)
_STANDARDS: Final = ("standard", "technical_regulation")


@dataclass(frozen=True, slots=True)
class Keys:
    """What a text is called; all folded. Empty where nothing tells it apart."""

    sure: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()


def keys_of(
    number: str = "", name: str = "", *, issuer: str = "", issued_on: date | None = None
) -> Keys:
    """The keys of a text.

    :param number: as printed; "số" before it, spaces and kinds of dashes do not matter
    :param name: what it is called with its kind, or the words of a citation: "Luật Hộ tịch năm
        2014", "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ …"; a number in it counts
        where ``number`` is empty
    :param issuer: who issued it, where the name does not say
    """
    key = number_key(number or number_in(name))
    bare = [key] if key else []
    year = _year(key, name, issued_on)
    marks = []
    if key and not _YEAR_INSIDE.search(key) and (of := _issued_in(name, issued_on)):
        marks.append(f"@{of}")
    if key and _LOCAL.search(key) and (place := _place(issuer) or _place(name)):
        marks.append(f"@{place}")
    sure = [key + "".join(marks) for key in bare]
    vague = [key + mark for key in bare for mark in ("", *marks)] if marks else []
    if law := _law(name, year):
        sure.append(law)
    return Keys(tuple(sure), tuple(dict.fromkeys(key for key in vague if key not in sure)))


def kind_of(text: str) -> str:
    """The kind that a citation begins with; ``other`` if it is none of them."""
    folded = fold(text)
    return next((kind for kind, word in KINDS.items() if _begins(folded, word)), "other")


def cited_as(kind: str, number: str, title: str) -> str:
    """A text as it is cited in one line: "Nghị định số 123/2015/NĐ-CP: Chi tiết thi hành …"."""
    word = KINDS.get(kind, "")
    if number and number_key(number) in number_key(title):
        return title
    if word and _begins(fold(title), word):
        return f"{title} số {number}" if number else title
    if not number:
        return f"{word} {title}".strip()
    head = f"{word} {number}" if kind in _STANDARDS else f"{word} số {number}"
    return f"{head.strip()}: {title}" if title else head.strip()


def number_key(number: str) -> str:
    """A number as compared: "Số: 07 / 2025/NĐ–CP" is ``7/2025/nd-cp``; empty for no number."""
    text = fold(nfc(number).translate(_DASHES))
    text = _SEPARATOR.sub(r"\1", _LEAD.sub("", text)).rstrip(" .,;:/-")
    return re.sub(r"^0+(?=[0-9])", "", text) if re.search("[0-9]", text) else ""


def number_in(text: str) -> str:
    """The number of the text or standard that a sentence cites; empty if it gives none.

    A number that comes up in what the text is about is that of another one.
    """
    found = _NUMBER.search(_head(text))
    return found[0] if found else ""


def _head(text: str) -> str:
    """A citation up to where it says what the text is about."""
    return _ABOUT.split(nfc(text).translate(_DASHES), maxsplit=1)[0]


def _begins(folded: str, word: str) -> bool:
    return f"{folded} ".startswith(f"{fold(word)} ")


def _year(key: str, name: str, issued_on: date | None) -> str:
    if inside := _YEAR_INSIDE.search(key):
        return inside[1]
    if issued_on is not None:
        return str(issued_on.year)
    said = _YEAR_SAID.search(name)
    return said[1] if said else ""


def _issued_in(name: str, issued_on: date | None) -> str:
    """The year of issue, for a number that does not tell it; empty if nothing does."""
    if issued_on is not None:
        return str(issued_on.year)
    dated = _DATED.search(_head(name))
    return dated[1] if dated else ""


def _law(name: str, year: str) -> str:
    """Name and year of a law; empty for what is cited by number alone."""
    folded = fold(name)
    if not year or not _LAW.match(folded):
        return ""
    plain = _YEAR_AT_END.sub("", _NAME_ENDS.sub("", folded)).strip(" ,.;:")
    return f"{plain} {year}"


def _place(text: str) -> str:
    """The place of a local body, by the words after its tier that are written as a name."""
    found = _PLACE.search(_head(text))
    if found is None:
        return ""
    words = []
    for word in found["rest"].split():
        plain = word.strip(",.;:()")
        if not plain or not (plain[0].isupper() or plain[0].isdigit()):
            break
        words.append(plain)
        if plain != word:
            break
    return fold(" ".join(words))
