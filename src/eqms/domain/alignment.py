"""Which items of two lists belong together, so that what was inserted shifts nothing after it."""

from collections import defaultdict
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final
import bisect
import re


Row = tuple[str, ...]
"""The texts of the cells of a row; a line of text is a row with one cell."""

Pair = tuple[int, int]
"""Positions in the old and in the new list, counted from 0."""

ALIKE: Final = 0.5
"""From this share of common words, or of equal cells, two rows are versions of one."""

ENOUGH: Final = 32
"""So many rows are looked at as former versions of one: those that share its rarest words."""

MOST_WORK: Final = 4_000_000
"""Comparisons of items beyond which two lists count as having nothing in common."""

MOST_PAIRS: Final = 16_000_000
"""Pairs of rows that might be versions of one, beyond which only equal rows belong together."""

_WORD = re.compile(r"\w+")

Edit = tuple[str, int, int, int, int]


def edits(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Edit]:
    """How one list becomes the other, as ``difflib`` says it, in bounded time.

    Of a long list it leaves out items that make up more than a hundredth: that is the bound of
    how often one item is met.
    """
    met = min(len(new), max(200, len(new) // 100))
    if len(old) * met > MOST_WORK:
        return [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new).get_opcodes())


def pairs(old: Sequence[Row], new: Sequence[Row]) -> list[Pair]:
    """Rows that are the same or resemble each other, each used once; sorted by old position.

    The most alike go together first, and of equally alike ones those that lie nearest.
    """
    found = [
        (start + offset, position + offset)
        for tag, start, end, position, _end in edits(old, new)
        if tag == "equal"
        for offset in range(end - start)
    ]
    olds = sorted(set(range(len(old))).difference(former for former, _position in found))
    news = sorted(set(range(len(new))).difference(position for _former, position in found))
    if len(olds) * len(news) <= MOST_PAIRS:
        found += _best(sorted(_candidates(old, new, olds, news)))
    return sorted(found)


def in_order(found: Sequence[Pair]) -> list[Pair]:
    """The most pairs whose positions rise in both lists, given pairs sorted by old position."""
    ends: list[int] = []
    chains: list[int] = []
    before: list[int | None] = []
    for index, (_former, position) in enumerate(found):
        length = bisect.bisect_left(ends, position)
        before.append(chains[length - 1] if length else None)
        ends[length : length + 1] = [position]
        chains[length : length + 1] = [index]
    rising: list[Pair] = []
    last = chains[-1] if chains else None
    while last is not None:
        rising.append(found[last])
        last = before[last]
    return rising[::-1]


def _candidates(
    old: Sequence[Row], new: Sequence[Row], olds: Sequence[int], news: Sequence[int]
) -> Iterator[tuple[float, int, Pair]]:
    """Pairs that are alike enough, with what they are sorted by: unlikeness and distance."""
    words = {former: _words(old[former]) for former in olds}
    places: dict[str, list[int]] = defaultdict(list)
    for former, known in words.items():
        for word in known:
            places[word].append(former)
    for position in news:
        row, wanted = new[position], _words(new[position])
        for former in _likely(position, [places[word] for word in wanted if word in places]):
            common = len(wanted & words[former])
            likeness = 2 * common / (len(wanted) + len(words[former]))
            if likeness < ALIKE and len(row) > 1:
                likeness = _equal_cells(old[former], row)
            if likeness >= ALIKE:
                yield -likeness, abs(former - position), (former, position)


def _likely(position: int, places: Iterable[Sequence[int]]) -> set[int]:
    """Rows where one of the words stands, given by their places: the rarest first, then near."""
    found: set[int] = set()
    for rows in sorted(places, key=len):
        nearest = bisect.bisect_left(rows, position)
        found.update(rows[max(0, nearest - ENOUGH // 2) : nearest + ENOUGH // 2])
        if len(found) >= ENOUGH:
            break
    return found


def _best(candidates: Sequence[tuple[float, int, Pair]]) -> Iterator[Pair]:
    olds: set[int] = set()
    news: set[int] = set()
    for _unlikeness, _distance, (former, position) in candidates:
        if former not in olds and position not in news:
            olds.add(former)
            news.add(position)
            yield former, position


def _words(row: Row) -> frozenset[str]:
    return frozenset(_WORD.findall(" ".join(row).casefold()))


def _equal_cells(old: Row, new: Row) -> float:
    filled = [cells for cells in zip(old, new, strict=True) if any(cells)]
    return sum(former == latter for former, latter in filled) / len(filled) if filled else 1.0
