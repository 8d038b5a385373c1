"""The words of the full-text index, and what a person types into a search box as its query."""

from eqms.domain.vietnamese import fold
from eqms.domain.vietnamese import nfc
from typing import Final
import re


MOST_WORDS: Final = 16
"""Further words are not looked at: they cost time and narrow nothing."""

_WORD: Final = re.compile(r"[^\W_]+")


def as_query(text: str) -> str:
    """All words must be there, in any order; the last one may be the beginning of a word.

    Words are folded (``Đăng ký`` finds and is found by ``dang ky``). Signs, among them those of
    the query language, separate words; its operators are quoted, since ``not`` may be meant as
    "nốt". Codes are indexed in pieces, so that ``qt 03``, ``QT03`` and ``03/CX`` find theirs.

    :returns: an empty string if there is no word in the text
    """
    words = as_words(text)[:MOST_WORDS]
    if not words:
        return ""
    return " AND ".join([*(f'"{word}"' for word in words[:-1]), f"{words[-1]}*"])


def as_words(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text))


def as_index(text: str) -> str:
    """The words of a text for the index: folded, so that they are found however they are typed.

    Plone folds the words that somebody looks for too, but only those whose first letter stands
    before U+0250 (not ẩm, not ở). Such words are entered as they are written besides, once each.
    """
    words = set(_WORD.findall(nfc(text).lower()))
    kept = (word for word in words if not word.isascii() and not "a" <= word[0] <= "\u024f")
    return " ".join((fold(text), *sorted(kept)))
