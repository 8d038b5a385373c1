"""Vietnamese text: one normal form, search without diacritics, alphabetical order.

A Vietnamese vowel may carry two marks: one makes another letter of the alphabet (a ă â), the
other is the tone. Unicode writes both as combining marks, so every function here looks at the
decomposed text (NFD) and answers in NFC or in ASCII.
"""

from collections.abc import Iterator
from itertools import product
from typing import Final
import re
import unicodedata


_TONES: Final = {
    "": 0,  # ngang
    "\N{COMBINING GRAVE ACCENT}": 1,  # huyền
    "\N{COMBINING HOOK ABOVE}": 2,  # hỏi
    "\N{COMBINING TILDE}": 3,  # ngã
    "\N{COMBINING ACUTE ACCENT}": 4,  # sắc
    "\N{COMBINING DOT BELOW}": 5,  # nặng
}
_BREVE: Final = "\N{COMBINING BREVE}"
_CIRCUMFLEX: Final = "\N{COMBINING CIRCUMFLEX ACCENT}"
_HORN: Final = "\N{COMBINING HORN}"

# "{" and "|" follow "z": "a{" (ă) stands after every word in "a…" and before "b".
_LETTERS_AFTER_BASE: Final = {
    "a" + _BREVE: "{",
    "a" + _CIRCUMFLEX: "|",
    "e" + _CIRCUMFLEX: "{",
    "o" + _CIRCUMFLEX: "{",
    "o" + _HORN: "|",
    "u" + _HORN: "{",
}
_STROKE_AFTER_BASE: Final = str.maketrans({"đ": "d{"})
_WITHOUT_STROKE: Final = str.maketrans({"đ": "d"})

_MARKS: Final = re.compile("[\u0300-\u036f]+")
_NOT_IN_SLUG: Final = re.compile("[^a-z0-9]+")
_ATOM: Final = re.compile("[0-9]+|[^\\W\\d_]+")
_DIGITS_OR_LETTER: Final = re.compile("[0-9]+|.", re.DOTALL)
_LONGEST_RUN: Final = 4
_LONGEST_NUMBER: Final = 48


def nfc(text: str) -> str:
    """``text`` in Unicode normal form C: each Vietnamese letter with its tone is one character."""
    return unicodedata.normalize("NFC", text)


def _letters() -> Iterator[str]:
    for vowel, tone in product("aăâeêioôơuưy", _TONES):
        letter = nfc(vowel + tone)
        yield letter
        yield letter.upper()
    yield from "đĐ"


LETTERS: Final = frozenset(_letters())
"""The letters of Vietnamese that ASCII lacks, and its vowels, in both cases and all tones."""


def fold(text: str) -> str:
    """``text`` as people type it in a hurry: no diacritics, đ as d, lower case, single spaces.

    ``fold("Đăng ký  khai sinh")`` is ``"dang ky khai sinh"``; folding twice changes nothing.
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return " ".join(bare.translate(_WITHOUT_STROKE).split())


def slug(text: str) -> str:
    """``text`` as an ASCII id of a-z, 0-9 and single hyphens; empty if nothing of it is left."""
    return _NOT_IN_SLUG.sub("-", fold(text)).strip("-")


def sort_key(text: str) -> str:
    """A string that sorts as a Vietnamese dictionary or list would sort ``text``.

    First by letters in the order a ă â b c d đ e ê … o ô ơ … u ư …, word by word, whole numbers
    by value and before letters, other characters as one space. Texts that are equal so far go by
    their tones in the order ngang, huyền, hỏi, ngã, sắc, nặng; then by the text itself, so that
    only equal texts share a key. The order is exact for Latin letters.
    """
    primary: list[str] = []
    tones: list[str] = []
    for unit in _DIGITS_OR_LETTER.findall(unicodedata.normalize("NFD", text.casefold())):
        if primary and primary[-1] + unit in _LETTERS_AFTER_BASE:
            primary[-1] += _LETTERS_AFTER_BASE[primary[-1] + unit]
        elif unit in _TONES and tones:
            tones[-1] = str(_TONES[unit])
        elif _MARKS.match(unit):
            continue
        elif unit.isalpha():
            primary.append(unit.translate(_STROKE_AFTER_BASE))
            tones.append("0")
        elif unit[0] in "0123456789":
            primary.append(_number(unit))
        elif primary and primary[-1] != " ":
            primary.append(" ")
    levels = ("".join(primary).rstrip(" "), "".join(tones).rstrip("0"), nfc(text))
    # A tab is below every character of a level, so a word stands before what it begins.
    return "\t".join(levels)


def _number(digits: str) -> str:
    """Digits led by their count as one character, so that more digits sort as a higher number."""
    significant = digits.lstrip("0")
    return chr(ord("0") + min(len(significant), _LONGEST_NUMBER)) + significant


def code_atoms(code: str) -> list[str]:
    """The atoms of a code, folded, numbers without leading zeros: qt, 3, cx, hctp."""
    return [
        atom.lstrip("0") or "0" if atom.isdigit() else atom for atom in _ATOM.findall(fold(code))
    ]


def code_tokens(code: str) -> frozenset[str]:
    """What a person may type as one word to find ``code``, folded.

    A code falls into atoms, each all letters or all digits: ``"QT 03/CX-HCTP"`` into qt, 03, cx,
    hctp. Tokens are the atoms, up to four neighbouring atoms written together (``qt03``,
    ``03cx``, ``cxhctp``) and all of them together, each also without leading zeros (``3``,
    ``qt3``). The limit keeps the number of tokens in proportion to the length of the code.
    """
    atoms = _ATOM.findall(fold(code))
    plain = code_atoms(code)
    tokens = {"".join(atoms), "".join(plain)}
    for start in range(len(atoms)):
        for end in range(start + 1, start + 1 + _LONGEST_RUN):
            tokens.add("".join(atoms[start:end]))
            tokens.add("".join(plain[start:end]))
    return frozenset(tokens - {""})
