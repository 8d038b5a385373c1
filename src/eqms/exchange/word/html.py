"""Blocks of Word as HTML: lists, tables, bold and italic survive, everything else of Word does not.

Nothing but the elements named here is written and all text is escaped, so that the result is safe
whatever the file contains. Numbers stand as text: a list that counts by itself could count wrong.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from eqms.exchange.word.blocks import Block
from eqms.exchange.word.blocks import Cell
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.text import clean
from eqms.exchange.word.text import split_bullet
from eqms.exchange.word.text import visible
from html import escape
import re


_RANKS = {"*": 0, "•": 0, "-": 1, "–": 1, "—": 1, "+": 2}
_ELEMENTS = {"b": "strong", "i": "em"}
_SPACES = re.compile(r"[^\S\n]+")


def as_html(blocks: Iterable[Block]) -> str:
    """The blocks as a fragment of HTML; lines that begin with signs become lists."""
    return "".join(_fragments(blocks))


def _fragments(blocks: Iterable[Block]) -> Iterator[str]:
    ranks: list[int] = []
    for block in blocks:
        if isinstance(block, Table):
            yield _closed(ranks)
            yield _table(block)
        elif block.text:
            bullet, words = _listed(block)
            if bullet not in _RANKS:
                yield f"{_closed(ranks)}<p>{_line(block)}</p>"
                continue
            yield from _opened(ranks, _RANKS[bullet])
            yield words
    yield _closed(ranks)


def _listed(paragraph: Paragraph) -> tuple[str, str]:
    """The sign of an entry, automatic or typed, and its words."""
    words = _words(paragraph)
    if paragraph.label in _RANKS:
        return paragraph.label, words
    bullet = split_bullet(paragraph.text)[0] if not paragraph.label else ""
    return bullet, words.replace(escape(bullet), "", 1).lstrip() if bullet else words


def _line(paragraph: Paragraph) -> str:
    return f"{escape(paragraph.label)} {_words(paragraph)}".strip()


def _words(paragraph: Paragraph) -> str:
    """The words with their emphasis; neighbours of the same emphasis share one element."""
    runs: list[tuple[str, str]] = []
    for text, emphasis in paragraph.pieces or ((paragraph.raw, ""),):
        kept = emphasis if text.strip() else ""
        if runs and (runs[-1][1] == kept or not text.strip()):
            runs[-1] = (runs[-1][0] + text, runs[-1][1])
        else:
            runs.append((text, kept))
    return "".join(_emphasized(*run) for run in runs).strip()


def _emphasized(text: str, emphasis: str) -> str:
    words = escape(_SPACES.sub(" ", visible(text))).replace("\n", "<br/>")
    for mark in reversed(emphasis):
        words = f"<{_ELEMENTS[mark]}>{words}</{_ELEMENTS[mark]}>"
    return words


def _opened(ranks: list[int], rank: int) -> Iterator[str]:
    """Close and open what an entry of a rank needs; the entry stays open."""
    while ranks and ranks[-1] > rank:
        ranks.pop()
        yield "</li></ul>"
    if ranks and ranks[-1] == rank:
        yield "</li><li>"
    else:
        ranks.append(rank)
        yield "<ul><li>"


def _closed(ranks: list[int]) -> str:
    closing = "</li></ul>" * len(ranks)
    ranks.clear()
    return closing


def _table(table: Table) -> str:
    rows = (
        "".join(_cell(cell) for cell in table.row(index) if cell.row == index)
        for index in range(len(table.grid))
    )
    return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows if row)}</tbody></table>"


def _cell(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{span}"'
        for name, span in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
        if span > 1
    )
    filled = [block for block in cell.blocks if isinstance(block, Table) or clean(block.raw)]
    single = len(filled) == 1 and isinstance(filled[0], Paragraph) and not _listed(filled[0])[0]
    inside = _line(filled[0]) if single else as_html(filled)
    return f"<td{spans}>{inside}</td>"
