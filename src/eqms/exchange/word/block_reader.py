"""Reading paragraphs and tables from the XML of Word (WordprocessingML, ECMA-376).

Tracked insertions count and deletions do not, hidden text is not seen, content controls and text
boxes are opened, merged cells are resolved to a grid.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from docx.document import Document
from docx.oxml.ns import qn
from eqms.exchange.word.blocks import Block
from eqms.exchange.word.blocks import Cell
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.numbering import Numbering
from eqms.exchange.word.text import visible
from types import MappingProxyType
from typing import Any


_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {qn("w:del"), qn("w:moveFrom"), _FALLBACK}
_SEEN_AS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_BOX = qn("w:txbxContent")
#: Elements that print no text themselves; a text box prints elsewhere.
_NOT_TEXT = {qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:sdtEndPr"), qn("w:instrText"), _BOX}


class BlockReader:
    """Reads the blocks of one document; tables are counted from 1 as a person counts them."""

    def __init__(self, document: Document) -> None:
        self._numbering = Numbering(document)
        self._names = {
            style.get(qn("w:styleId")): (style.name_val or "").casefold()
            for style in document.styles.element.style_lst
        }
        self._tables = 0
        self._position = 0

    def body(self, element: Any) -> list[Block]:
        """Blocks of the body. A table of one single cell is a frame, and what it frames counts."""
        places = {
            seen: position for position, child in enumerate(element) for seen in _children([child])
        }
        return list(self._unframed(self._blocks(element, None, places=places)))

    def part(self, element: Any) -> list[Block]:
        """Blocks of a header or footer."""
        return list(self._unframed(self._blocks(element, 0)))

    def _unframed(self, blocks: Iterable[Block]) -> Iterator[Block]:
        for block in blocks:
            cells = block.cells() if isinstance(block, Table) else []
            if len(cells) == 1:
                yield from self._unframed(cells[0].blocks)
            else:
                yield block

    def _blocks(
        self,
        parent: Any,
        number: int | None,
        contents: bool = False,
        places: Mapping[Any, int] = MappingProxyType({}),
    ) -> Iterator[Block]:
        """*number* is that of the table the blocks stand in; ``None`` in the body.

        *places* are the positions of the elements of the body.
        """
        carried: tuple[tuple[str, str], ...] = ()
        for element in _children(parent):
            self._position = places.get(element, self._position)
            if element.tag == qn("w:p"):
                pieces = (*carried, *_pieces(element))
                carried = pieces if _mark_is_deleted(element) else ()
                if not carried:
                    yield self._paragraph(element, pieces, contents)
                for box in _boxes(element):
                    yield from self._blocks(box, number)
            elif element.tag == qn("w:tbl"):
                table = self._table(element, number)
                if table.cells():
                    yield table
            elif element.tag == qn("w:sdt"):
                inner = contents or _is_contents(element)
                yield from self._blocks(element, number, inner)

    def _paragraph(
        self, element: Any, pieces: tuple[tuple[str, str], ...], contents: bool
    ) -> Paragraph:
        properties = element.find(qn("w:pPr"))
        style = None if properties is None else properties.find(qn("w:pStyle"))
        name = "" if style is None else self._names.get(style.get(qn("w:val")), "")
        label = self._numbering.label(element)
        raw = visible("".join(text for text, _emphasis in pieces))
        in_contents = contents or name.startswith("toc")
        return Paragraph(raw, label, name, in_contents, pieces, self._position)

    def _table(self, element: Any, number: int | None) -> Table:
        if number is None:
            self._tables += 1
            number = self._tables
        position = self._position
        grid: list[list[Cell | None]] = []
        merged: dict[int, Cell] = {}
        for index, row in enumerate(_rows(element)):
            merged = self._add_row(grid, index, row, merged, number)
        return Table(number, grid, position)

    def _add_row(
        self,
        grid: list[list[Cell | None]],
        index: int,
        row: Any,
        above: dict[int, Cell],
        number: int,
    ) -> dict[int, Cell]:
        """Append a row; return the vertically merged cells it leaves open, by column."""
        places: list[Cell | None] = [None] * _count(row, "w:trPr", "w:gridBefore", 0)
        still_open: dict[int, Cell] = {}
        for element in _cells(row):
            column, span = len(places), _count(element, "w:tcPr", "w:gridSpan", 1)
            merge = _vertical_merge(element)
            cell = above.get(column) if merge == "continue" else None
            if cell is None:
                cell = Cell(index, column, span, list(self._blocks(element, number)))
            else:
                cell.rowspan = index - cell.row + 1
                span = cell.colspan
            if merge:
                still_open[column] = cell
            places += [cell] * span
        grid.append(places)
        return still_open


def _children(parent: Any) -> Iterator[Any]:
    """Block elements, looking through wrappers that print nothing themselves."""
    for element in parent:
        if element.tag in {qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")}:
            yield from _children(element)
        elif element.tag not in _GONE:
            yield element


def _pieces(element: Any, emphasis: str = "") -> Iterator[tuple[str, str]]:
    """The words that are printed, each with the emphasis of the run it stands in."""
    for child in element:
        tag = child.tag
        if tag in _GONE or tag in _NOT_TEXT or (tag == qn("w:r") and _is_hidden(child)):
            continue
        if tag == qn("w:t"):
            yield child.text or "", emphasis
        elif tag in _SEEN_AS:
            breaks_page = child.get(qn("w:type")) in {"page", "column"}
            yield "" if breaks_page else _SEEN_AS[tag], emphasis
        elif tag == f"{_MATH}f":
            yield f"{_math(child, 'num')}/{_math(child, 'den')}", emphasis
        elif tag == f"{_MATH}t":
            yield child.text or "", emphasis
        elif isinstance(tag, str):
            yield from _pieces(child, _emphasis(child) if tag == qn("w:r") else emphasis)


def _math(fraction: Any, part: str) -> str:
    found = fraction.find(f"{_MATH}{part}")
    return "" if found is None else "".join(text for text, _emphasis in _pieces(found))


def _emphasis(run: Any) -> str:
    """Bold ("b") and italic ("i"), where the run itself says so."""
    if (properties := run.find(qn("w:rPr"))) is None:
        return ""
    return "".join(mark for mark in "bi" if _is_on(properties.find(qn(f"w:{mark}"))))


def _is_hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    return properties is not None and _is_on(properties.find(qn("w:vanish")))


def _mark_is_deleted(paragraph: Any) -> bool:
    """A deleted paragraph mark joins the paragraph with the next one."""
    return paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None


def _boxes(element: Any) -> Iterator[Any]:
    """Outermost text boxes anchored in a paragraph, each once."""
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag == _BOX:
            yield child
        else:
            yield from _boxes(child)


def _is_contents(control: Any) -> bool:
    gallery = control.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
    return gallery is not None and gallery.get(qn("w:val")) == "Table of Contents"


def _rows(table: Any) -> Iterator[Any]:
    for element in _children(table):
        if element.tag == qn("w:sdt"):
            yield from _rows(element)
        elif element.tag == qn("w:tr") and element.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
            yield element


def _cells(row: Any) -> Iterator[Any]:
    for element in _children(row):
        if element.tag == qn("w:sdt"):
            yield from _cells(element)
        elif element.tag == qn("w:tc"):
            yield element


def _vertical_merge(cell: Any) -> str:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if merge is None else merge.get(qn("w:val")) or "continue"


def _count(element: Any, properties: str, name: str, otherwise: int) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    value = "" if found is None else found.get(qn("w:val")) or ""
    return min(int(value), 64) if value.isdecimal() else otherwise


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(qn("w:val")) not in {"0", "false", "off"}
