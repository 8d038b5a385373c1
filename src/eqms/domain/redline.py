"""What changed between two texts, two tables, or three versions of one value.

Texts are compared by lines first and by words inside lines that resemble each other, so that a long
text with few changes costs little. A word is a Vietnamese syllable, a number, or a code
("12/2024/NĐ-CP"). Answers are plain data and never markup; whoever shows them escapes them.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from eqms.domain.alignment import edits
from eqms.domain.alignment import in_order
from eqms.domain.alignment import pairs
from eqms.domain.alignment import Row
from itertools import groupby
from itertools import zip_longest
from operator import attrgetter
import re


class Mark(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"


class RowKind(StrEnum):
    """What became of a row of a table."""

    KEPT = "kept"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


class Verdict(StrEnum):
    """Who changed a value since the base that two versions of it were made from."""

    NOBODY = "nobody"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    """Both made the same change."""
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line with its mark."""

    mark: Mark
    text: str


Block = tuple[Segment, ...]
"""A line of either text, or of both; it has one segment at least, which may be empty."""


@dataclass(frozen=True, slots=True)
class RowRedline:
    """A row of either table, or of both.

    ``old`` and ``new`` are its positions, counted from 0; None where it does not stand. ``moved``
    says that it stands in another order to the rows around it.
    """

    kind: RowKind
    old: int | None
    new: int | None
    moved: bool
    cells: tuple[tuple[Block, ...], ...]

    @property
    def changed(self) -> bool:
        """Whether there is something to see."""
        return self.moved or self.kind is not RowKind.KEPT


_WORD = re.compile(r" ?\w+(?:[./,:–-]\w+)*|\s| ?[^\w\s]")


def redline(old: str, new: str) -> tuple[Block, ...]:
    """Compare two texts: by lines, and by words where two lines resemble each other."""
    return tuple(_blocks(_lines(old), _lines(new)))


def redline_rows(old: Sequence[Row], new: Sequence[Row]) -> tuple[RowRedline, ...]:
    """Compare two tables of the same columns; rows are told by what they say, not by position.

    The rows come in the new order; one that was removed stands where it stood.
    """
    matched = pairs(old, new)
    steady = set(in_order(matched))
    origins = {position: former for former, position in matched}
    gone = sorted(set(range(len(old))).difference(origins.values()))
    found: list[RowRedline] = []
    for position, row in enumerate(new):
        former = origins.get(position)
        if former is None:
            found.append(_row(RowKind.ADDED, None, position, (), row))
            continue
        moved = (former, position) not in steady
        while not moved and gone and gone[0] < former:
            found.append(_removed(old, gone.pop(0)))
        kind = RowKind.KEPT if old[former] == row else RowKind.CHANGED
        found.append(_row(kind, former, position, old[former], row, moved))
    return (*found, *(_removed(old, former) for former in gone))


def is_changed(blocks: Iterable[Block]) -> bool:
    """Whether anything was inserted or deleted."""
    return any(segment.mark is not Mark.KEPT for block in blocks for segment in block)


def old_text(block: Block) -> str:
    """What a line was before; empty for one that was inserted."""
    return "".join(segment.text for segment in block if segment.mark is not Mark.INSERTED)


def verdict(base: object, mine: object, theirs: object) -> Verdict:
    """Who changed a value, by comparing two versions of it with what both were made from."""
    if mine == theirs:
        return Verdict.NOBODY if mine == base else Verdict.BOTH
    if theirs == base:
        return Verdict.MINE
    return Verdict.THEIRS if mine == base else Verdict.CONFLICT


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    for tag, start, end, first, last in edits(old, new):
        if tag == "equal":
            yield from _whole(Mark.KEPT, old[start:end])
        else:
            yield from _rewritten(old[start:end], new[first:last])


def _rewritten(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    matched = in_order(pairs([(line,) for line in old], [(line,) for line in new]))
    done_old = done_new = 0
    for former, position in matched:
        yield from _whole(Mark.DELETED, old[done_old:former])
        yield from _whole(Mark.INSERTED, new[done_new:position])
        yield _words(old[former], new[position])
        done_old, done_new = former + 1, position + 1
    yield from _whole(Mark.DELETED, old[done_old:])
    yield from _whole(Mark.INSERTED, new[done_new:])


def _whole(mark: Mark, lines: Iterable[str]) -> Iterator[Block]:
    return ((Segment(mark, line),) for line in lines)


def _words(old: str, new: str) -> Block:
    pieces = _pieces(_WORD.findall(old), _WORD.findall(new))
    runs = groupby((piece for piece in pieces if piece.text), key=attrgetter("mark"))
    return tuple(Segment(mark, "".join(piece.text for piece in run)) for mark, run in runs)


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Segment]:
    for tag, start, end, first, last in edits(old, new):
        before, after = "".join(old[start:end]), "".join(new[first:last])
        if tag == "equal":
            yield Segment(Mark.KEPT, before)
            continue
        if before.startswith(" ") and after.startswith(" "):
            # The space before a word belongs to the sentence, not to the change.
            yield Segment(Mark.KEPT, " ")
            before, after = before[1:], after[1:]
        yield Segment(Mark.DELETED, before)
        yield Segment(Mark.INSERTED, after)


def _row(
    kind: RowKind, former: int | None, position: int | None, old: Row, new: Row, moved: bool = False
) -> RowRedline:
    cells = tuple(redline(before, after) for before, after in zip_longest(old, new, fillvalue=""))
    return RowRedline(kind, former, position, moved, cells)


def _removed(old: Sequence[Row], former: int) -> RowRedline:
    return _row(RowKind.REMOVED, former, None, old[former], ())
