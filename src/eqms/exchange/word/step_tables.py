"""Finding the tables of work steps among the blocks of the content section."""

from collections.abc import Sequence
from eqms.exchange.word.blocks import Block
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.items import item_rows
from eqms.exchange.word.items import starts_item
from eqms.exchange.word.steps import as_step_table
from eqms.exchange.word.steps import StepTable
from eqms.exchange.word.tables import kind_of
from eqms.exchange.word.text import key
from eqms.exchange.word.text import split_bullet
from eqms.exchange.word.text import split_label
import re


_CASE = re.compile(r"trường hợp|đối với|thủ tục|quy trình", re.I)


def find_step_tables(blocks: Sequence[Block]) -> list[StepTable]:
    """The step tables in order, each with its caption if there are several.

    A table that follows one directly, with the same head or none, continues it on a new page.
    """
    found: list[StepTable] = []
    captions: list[str] = []
    between: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            between += [block.line] if block.line else []
            continue
        table = as_step_table(block)
        if found and not between and _continues(found[-1], block, table):
            found[-1].take_over(block)
        elif table is not None:
            _end_at_next_item(table)
            found.append(table)
            captions.append(_caption(between[-1]) if between else "")
        between = []
    if len(found) > 1:
        for table, words in zip(found, captions, strict=True):
            table.case = words
    return found


def _continues(before: StepTable, block: Table, table: StepTable | None) -> bool:
    if table is not None:
        return _words(table) == _words(before)
    return kind_of(block) is None and block.width == before.table.width


def _words(table: StepTable) -> list[str]:
    return [key(cell.text) for cells in table.head.words.values() for cell in cells]


def _end_at_next_item(found: StepTable) -> None:
    """In a table that lays out the whole content the steps end where the next item begins.

    A row with as many cells as the head is a step, whatever its first words: an office may be
    called "bộ phận tiếp nhận".
    """
    rows = item_rows(found.table)
    if len(rows) >= 2:
        width = len(found.table.row(found.head.first))
        ends = (row for row in rows if len(found.table.row(row)) < width)
        found.end = next((row for row in ends if row >= found.head.end), found.end)


def _caption(line: str) -> str:
    """The words of a line that names a case; other text above a table is no caption."""
    label, words = split_label(split_bullet(line)[1])
    names_case = label or line.endswith(":") or _CASE.search(line)
    return words.strip(" .:") if names_case and not starts_item(line) else ""
