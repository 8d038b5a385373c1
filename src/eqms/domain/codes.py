"""Document codes (mã hiệu): what is a code, when two codes are the same, which one comes next.

A code identifies a document within its scope: issuing agency and level or field. It is frozen
after the first issue and never given again, also after the document has ended (ISO 9001:2015,
7.5.2 a: identification). Agencies number in their own ways, so the form of a code is a pattern:

    QT {seq:02}/{level}-{field}      gives      QT 03/CX-HCTP

A pattern is literal text and fields in braces, nothing else; it is never handed to `str.format`.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from eqms.domain import vietnamese
from string import ascii_letters
from string import digits
from types import MappingProxyType
from typing import Final
from typing import Self
import re


MAX_LENGTH: Final = 60
SEPARATORS: Final = " ./-_"
FIELDS: Final = frozenset({"type", "agency", "unit", "field", "level", "parent"})
"""Fields whose value the caller gives: abbreviations, and for ``parent`` the code of the
document that a form belongs to. ``seq`` is the running number."""

DEFAULT_PATTERNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "QualityManual": "STCL",
        "QualityPolicy": "CSCL",
        "Procedure": "QT {seq:02}/{level}-{field}",
        "WorkInstruction": "HD {seq:02}/{unit}",
        "ControlledForm": "BM {parent}.{seq:02}",
    }
)
"""Customary patterns by type of document, where an agency has set none of its own."""

_ALLOWED: Final = vietnamese.LETTERS.union(ascii_letters, digits, SEPARATORS, "()")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_SPACE_AROUND_SEPARATOR: Final = re.compile(r" *([./_-]) *")
_FIELD: Final = re.compile(r"\{([a-z]+)(?::0([1-9]))?\}")
_PIECE: Final = re.compile(r"\{[^{}]*\}|[ ./_-]+|[^{} ./_-]+|[{}]")
_SLOT: Final = "#"


class InvalidCode(ValueError):
    """The text cannot be a code."""


class CodePatternError(ValueError):
    """The text is no code pattern, or the pattern cannot be used so."""


class CodeTaken(ValueError):
    """A pattern without running number gives one code only, and it is taken."""


def normalise(code: str) -> str:
    """``code`` as it is stored: NFC, every dash a hyphen, single spaces, none at the ends.

    Word processors turn a typed hyphen into a dash; on paper nobody tells them apart.
    """
    return " ".join(_DASHES.sub("-", vietnamese.nfc(code)).split())


def canonical(code: str) -> str:
    """``code`` for comparison: two codes are the same if this is equal.

    Case and spaces beside the separators ``. / - _`` make no difference.
    """
    folded = vietnamese.nfc(normalise(code).casefold())
    return _SPACE_AROUND_SEPARATOR.sub(r"\1", folded)


def validate(code: str) -> str:
    """The normalised ``code``, if it is one; raises InvalidCode if not.

    A code has 1 to 60 characters: letters (Vietnamese ones too), digits, space and ``. / - _ ( )``,
    with a letter or digit among them.
    """
    text = normalise(code)
    if len(text) > MAX_LENGTH:
        raise InvalidCode(f"a code has at most {MAX_LENGTH} characters, this one has {len(text)}")
    for character in text:
        if character not in _ALLOWED:
            raise InvalidCode(f"{character!r} cannot stand in a code: {text!r}")
    if not any(character.isalnum() for character in text):
        raise InvalidCode(f"a code needs a letter or a digit: {text!r}")
    return text


@dataclass(frozen=True)
class _Field:
    name: str
    width: int = 0


@dataclass(frozen=True)
class CodePattern:
    """The form of the codes of one type of document in one agency; made by `parse`."""

    text: str
    parts: tuple[str | _Field, ...]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a pattern: literal text, ``{type} {agency} {unit} {field} {level} {parent}`` and
        at most one ``{seq}``, or ``{seq:02}`` for at least two digits.

        Raises CodePatternError that says what is wrong.
        """
        pattern = normalise(text)
        if not pattern:
            raise CodePatternError("a code pattern cannot be empty")
        if pattern[0] in SEPARATORS or pattern[-1] in SEPARATORS:
            raise CodePatternError(f"a pattern cannot begin or end with a separator: {pattern!r}")
        parts = tuple(_part(piece) for piece in _PIECE.findall(pattern))
        if sum(isinstance(part, _Field) and part.name == "seq" for part in parts) > 1:
            raise CodePatternError(f"{{seq}} may stand only once: {pattern!r}")
        return cls(pattern, parts)

    @property
    def numbered(self) -> bool:
        """Whether the pattern has a running number and so more than one code."""
        return any(isinstance(part, _Field) and part.name == "seq" for part in self.parts)

    def render(self, values: Mapping[str, str | None], seq: int = 1) -> str:
        """The code for these field values and running number (from 1).

        A field without value goes together with a separator: of the two beside it the first
        stays, and at either end of the code none. ``QT {seq:02}/{level}-{field}`` without level
        gives ``QT 01/HCTP``, without field ``QT 01/CX``, without both ``QT 01``.

        Raises CodePatternError for an unknown field name or a number below 1, InvalidCode if
        the result is no code.
        """
        if seq < 1:
            raise CodePatternError(f"running numbers begin at 1, not {seq}")
        return validate(self._filled(values, lambda width: f"{seq:0{width}d}"))

    def match(self, code: str, values: Mapping[str, str | None]) -> int | None:
        """The running number in ``code`` if the pattern gives it for ``values``, else None.

        Leading zeros, case and spaces beside separators make no difference. A pattern without
        running number answers 0 for its one code.
        """
        expected = re.escape(canonical(self._filled(values, lambda width: _SLOT)))
        number = expected.replace(re.escape(_SLOT), f"([0-9]{{1,{MAX_LENGTH}}})")
        found = re.fullmatch(number, canonical(code))
        if found is None:
            return None
        return int(found[1]) if self.numbered else 0

    def _filled(self, values: Mapping[str, str | None], number: Callable[[int], str]) -> str:
        unknown = values.keys() - FIELDS
        if unknown:
            raise CodePatternError(f"no such field: {', '.join(sorted(unknown))}")
        pieces: list[str] = []
        for part in self.parts:
            if not isinstance(part, _Field):
                piece = part
            elif part.name == "seq":
                piece = number(part.width)
            else:
                piece = _value(values, part.name)
            if piece and not (_is_separator(piece) and _ends_open(pieces)):
                pieces.append(piece)
        if pieces and _is_separator(pieces[-1]):
            pieces.pop()
        return "".join(pieces)


def next_code(pattern: CodePattern, values: Mapping[str, str | None], taken: Iterable[str]) -> str:
    """The code after all ``taken`` ones: one above the highest number, gaps are not filled.

    ``taken`` are all codes ever given in the scope, those of ended documents included; codes of
    another form among them do not matter. Raises CodeTaken, and what `CodePattern.render` raises.
    """
    numbers = [number for code in taken if (number := pattern.match(code, values)) is not None]
    if numbers and not pattern.numbered:
        raise CodeTaken(f"the code {pattern.render(values)!r} is taken")
    return pattern.render(values, max(numbers, default=0) + 1)


def _part(piece: str) -> str | _Field:
    if piece[0] not in "{}":
        for character in piece:
            if character not in _ALLOWED or character in "()":
                raise CodePatternError(f"{character!r} cannot stand in a code pattern")
        return piece
    found = _FIELD.fullmatch(piece)
    if found is None:
        raise CodePatternError(f"no field of a code pattern: {piece!r}")
    name, width = found[1], int(found[2] or 0)
    if name != "seq" and (width or name not in FIELDS):
        known = ", ".join(sorted(FIELDS | {"seq"}))
        raise CodePatternError(f"{piece!r} is none of {known}; only seq takes a width")
    return _Field(name, width)


def _value(values: Mapping[str, str | None], name: str) -> str:
    value = normalise(values.get(name) or "")
    return validate(value) if value else ""


def _is_separator(piece: str) -> bool:
    return not piece.strip(SEPARATORS)


def _ends_open(pieces: list[str]) -> bool:
    """Whether a separator has nothing to separate here."""
    return not pieces or _is_separator(pieces[-1])
