"""How wide text is in a picture, estimated: there is no font to ask where the picture is made."""

from eqms.domain.vietnamese import nfc
from typing import Final


_NARROW: Final = frozenset("fijlrtIíìỉĩị.,:;!|'()[]/ -")
_WIDE: Final = frozenset("mwMW%@—")

_SHARES: Final = (0.36, 0.58, 0.72, 0.92)
"""Widths of narrow, usual, upper case and wide characters, as shares of the size of the font."""


def width_of(text: str, size: float) -> float:
    """Width of one line, rather too much than too little, in the unit of ``size``."""
    return size * sum(_share(character) for character in nfc(text))


def wrapped(text: str, size: float, limit: float) -> tuple[str, ...]:
    """``text`` in lines no wider than ``limit``, broken between words, or else within a word.

    At least one line; white space at the ends and line breaks of the text are not kept.
    """
    lines = [""]
    for word in nfc(text).split():
        for piece in _pieces(word, size, limit):
            longer = f"{lines[-1]} {piece}".lstrip()
            if width_of(longer, size) <= limit:
                lines[-1] = longer
            else:
                lines.append(piece)
    return tuple(line for line in lines if line) or ("",)


def _pieces(word: str, size: float, limit: float) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, size) > limit:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _share(character: str) -> float:
    narrow, usual, upper, wide = _SHARES
    if character in _NARROW:
        return narrow
    if character in _WIDE:
        return wide
    return upper if character.isupper() else usual
