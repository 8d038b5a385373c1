"""A comparison made ready for the page: what is shown of it, and in which words."""

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence
from eqms import _
from eqms.documents.comparison import Comparison
from eqms.documents.comparison import FieldRedline
from eqms.domain.redline import Block
from eqms.domain.redline import is_changed
from eqms.domain.redline import Mark
from eqms.domain.redline import RowKind
from eqms.domain.redline import RowRedline
from hashlib import sha256
from pathlib import Path
from plone import api
from typing import Any


STYLES = Path(__file__).parent / "static" / "redline.css"

STYLES_VERSION = sha256(STYLES.read_bytes()).hexdigest()[:8]
"""Part of the address of the styles, so that browsers take a new edition at once."""

ROW_KINDS = {
    RowKind.ADDED: _("redline_added", default="Added"),
    RowKind.REMOVED: _("redline_removed", default="Removed"),
    RowKind.CHANGED: _("redline_changed", default="Changed"),
}

MOVED = _("redline_moved", default="Moved")


def stylesheet() -> str:
    """Address of the styles; a fragment links it itself, for it is put into other pages."""
    site = api.portal.get().absolute_url()
    return f"{site}/++resource++eqms.documents/{STYLES.name}?{STYLES_VERSION}"


def shown_fields(comparison: Comparison, everything: bool = False) -> list[dict[str, Any]]:
    """The fields as the template takes them: those that changed, or all that say something.

    :param everything: also fields, lines and rows in which nothing changed
    """
    return [
        shown_field(field, everything)
        for field in comparison.fields
        if field.changed or (everything and (field.blocks or field.rows))
    ]


def shown_field(field: FieldRedline, everything: bool = False) -> dict[str, Any]:
    """One field; of what did not change only the lines around a change are shown."""
    rows = list(_shown_rows(field.rows, everything))
    used = [
        index
        for index in range(len(field.heads))
        if any(_has_text(row.cells[index]) for row in rows if isinstance(row, RowRedline))
    ]
    return {
        "name": field.name,
        "title": field.title,
        "remark": field.remark,
        "lines": shown_lines(field.blocks, everything),
        "heads": [field.heads[index] for index in used],
        "rows": [_shown_row(row, used) for row in rows],
    }


def shown_lines(blocks: Sequence[Block], everything: bool = False) -> list[dict[str, Any]]:
    """Lines with their segments, and how many are left out between them."""
    wanted = range(len(blocks)) if everything else around_changes(blocks)
    return [
        {"left_out": item} if isinstance(item, int) else {"segments": _shown_segments(item)}
        for item in _with_gaps(blocks, wanted)
    ]


def around_changes(blocks: Sequence[Block]) -> set[int]:
    """Positions of the lines that are changed, and of the line before and after each."""
    changed = (index for index, block in enumerate(blocks) if is_changed([block]))
    return {index + step for index in changed for step in (-1, 0, 1)}


def _with_gaps(items: Sequence[Any], wanted: Collection[int]) -> Iterator[Any]:
    """The wanted items, with the number of those that are left out before, between and after."""
    left_out = 0
    for index, item in enumerate(items):
        if index not in wanted:
            left_out += 1
            continue
        if left_out:
            yield left_out
        left_out = 0
        yield item
    if left_out:
        yield left_out


def _shown_rows(rows: Sequence[RowRedline], everything: bool) -> Iterator[Any]:
    changed = {index for index, row in enumerate(rows) if row.changed}
    return _with_gaps(rows, range(len(rows)) if everything else changed)


def _shown_row(row: RowRedline | int, used: Sequence[int]) -> dict[str, Any]:
    if isinstance(row, int):
        return {"left_out": row}
    return {
        "kind": row.kind.value,
        "labels": [label for label in (ROW_KINDS.get(row.kind), row.moved and MOVED) if label],
        "number": None if row.new is None else row.new + 1,
        "was": None if row.old is None or not (row.moved or row.new is None) else row.old + 1,
        "cells": [shown_lines(row.cells[index], everything=True) for index in used],
    }


def _shown_segments(block: Block) -> list[dict[str, Any]]:
    return [
        {
            "text": segment.text,
            "inserted": segment.mark is Mark.INSERTED,
            "deleted": segment.mark is Mark.DELETED,
        }
        for segment in block
    ]


def _has_text(blocks: Sequence[Block]) -> bool:
    return any(segment.text for block in blocks for segment in block)
