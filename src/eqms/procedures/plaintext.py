"""Plain text as officials type it, as HTML: paragraphs, and lists where lines begin with signs.

The signs are those of administrative writing: ``*`` over ``-`` over ``+``. A line without a sign
is a paragraph of its own and ends the list before it.
"""

from collections.abc import Iterator
from html import escape
import re


_ITEM = re.compile(r"\s*([-–—*•+])(?:\s+|(?=[^\W\d_]))(\S.*)")
_RANKS = {"*": 0, "•": 0, "-": 1, "–": 1, "—": 1, "+": 2}


def as_html(text: str) -> str:
    """The text as a fragment of HTML; everything in it is escaped."""
    return "".join(_fragments(text))


def as_item(text: str) -> str:
    """The same for a cell or list item: a single line stands there without a paragraph."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) == 1:
        found = _ITEM.fullmatch(lines[0])
        return escape((found[2] if found else lines[0]).strip())
    return as_html(text)


def _fragments(text: str) -> Iterator[str]:
    open_ranks: list[int] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        found = _ITEM.fullmatch(line)
        if found is None:
            yield "</li></ul>" * len(open_ranks)
            open_ranks.clear()
            yield f"<p>{escape(line.strip())}</p>"
            continue
        yield from _opened(open_ranks, _RANKS[found[1]])
        yield escape(found[2].strip())
    yield "</li></ul>" * len(open_ranks)


def _opened(open_ranks: list[int], rank: int) -> Iterator[str]:
    """Close and open what is needed for an item of a rank; leaves the item open."""
    while open_ranks and open_ranks[-1] > rank:
        open_ranks.pop()
        yield "</li></ul>"
    if open_ranks and open_ranks[-1] == rank:
        yield "</li><li>"
    else:
        open_ranks.append(rank)
        yield "<ul><li>"
