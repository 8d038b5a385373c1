"""The numbers, letters and bullets Word puts before paragraphs by itself.

They are in no text run: only counting as Word counts brings them back. Paragraphs must be asked
for in the order of the document. ECMA-376 part 1, 17.9.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from typing import Any
import re


_LEVELS = 9
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""


@dataclass
class _List:
    """An abstract list: the levels, and how far each has been counted."""

    levels: dict[int, _Level] = field(default_factory=dict)
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """Counts the automatic numbers of one document."""

    def __init__(self, document: Document) -> None:
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._styles = {
            style.get(qn("w:styleId")): style for style in document.styles.element.style_lst
        }
        for relation in document.part.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
                self._read(relation.target_part.element)

    def label(self, paragraph: Any) -> str:
        """The label Word shows before this ``w:p`` ("1.", "a)", "-"), or ""."""
        number, depth = self._reference(paragraph)
        counted = self._lists.get(self._numbers.get(number, ""))
        if counted is None or not 0 <= depth < _LEVELS:
            return ""
        for overridden, start in self._restarts.pop(number, {}).items():
            counted.counts[overridden] = start - 1
        level = counted.levels.get(depth, _Level())
        previous = counted.counts[depth]
        counted.counts[depth] = level.start if previous is None else previous + 1
        counted.counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return _bullet(level.text) if level.form == "bullet" else _shown(counted, level.text)

    def _read(self, root: Any) -> None:
        for element in root.findall(qn("w:abstractNum")):
            levels = {
                _number(level.get(qn("w:ilvl"))): _Level(
                    _number(_value(level, "w:start"), 1),
                    _value(level, "w:numFmt") or "decimal",
                    _value(level, "w:lvlText"),
                )
                for level in element.findall(qn("w:lvl"))
            }
            self._lists[element.get(qn("w:abstractNumId"))] = _List(levels)
        for element in root.findall(qn("w:num")):
            number = element.get(qn("w:numId"))
            self._numbers[number] = _value(element, "w:abstractNumId")
            self._restarts[number] = {
                depth: _number(_value(override, "w:startOverride"), 1)
                for override in element.findall(qn("w:lvlOverride"))
                if (depth := _number(override.get(qn("w:ilvl")))) < _LEVELS
                and _value(override, "w:startOverride")
            }

    def _reference(self, paragraph: Any) -> tuple[str, int]:
        """List and level of a paragraph: its own, or those of its style or that one's bases."""
        for properties in self._properties(paragraph):
            if (numbered := properties.find(qn("w:numPr"))) is not None:
                return _value(numbered, "w:numId"), _number(_value(numbered, "w:ilvl"))
        return "", 0

    def _properties(self, paragraph: Any) -> Iterator[Any]:
        if (properties := paragraph.find(qn("w:pPr"))) is None:
            return
        yield properties
        name = _value(properties, "w:pStyle")
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            if (inherited := style.find(qn("w:pPr"))) is not None:
                yield inherited
            name = _value(style, "w:basedOn")


def _value(element: Any, child: str) -> str:
    found = element.find(qn(child))
    return "" if found is None else found.get(qn("w:val")) or ""


def _number(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() else otherwise


def _bullet(symbol: str) -> str:
    return symbol if symbol in {"-", "+", "*"} else "-"


def _shown(counted: _List, template: str) -> str:
    def number(found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        level = counted.levels.get(depth, _Level())
        count = counted.counts[depth]
        return _formatted(level.start if count is None else count, level.form)

    return _PLACEHOLDER.sub(number, template)


def _formatted(count: int, form: str) -> str:
    match form:
        case "lowerLetter" | "upperLetter":
            letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
            return letters.upper() if form == "upperLetter" else letters
        case "lowerRoman" | "upperRoman":
            return _roman(count).upper() if form == "upperRoman" else _roman(count)
        case "decimalZero":
            return f"{count:02d}"
        case "none":
            return ""
    return str(count)


def _roman(count: int) -> str:
    roman = ""
    for value, sign in _ROMAN:
        roman += sign * (count // value)
        count %= value
    return roman
