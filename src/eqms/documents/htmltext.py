"""The text of HTML, a line for each block: what is compared, whatever the markup hides."""

from html.parser import HTMLParser
from typing import Final


_BLOCKS: Final = (
    "address article aside blockquote br caption dd div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead "
    "tr ul"
)
BLOCKS: Final = frozenset(_BLOCKS.split())
HIDDEN: Final = frozenset({"script", "style", "template", "title"})


def html_lines(html: str) -> str:
    """The words of paragraphs, list items and table cells, each on a line of its own.

    Where a link leads and which picture stands in the text is content too: they are shown in
    brackets. Scripts and styles are left out.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_line()
    return "\n".join(reader.lines)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._line: list[str] = []
        self._hidden = 0
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in HIDDEN:
            self._hidden += 1
        elif tag in BLOCKS:
            self.end_line()
        elif tag == "img":
            self._line.append(f" [{given.get('alt') or given.get('src') or ''}] ")
        elif tag == "a":
            self._links.append(given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in BLOCKS:
            self.end_line()
        elif tag == "a" and self._links:
            target = self._links.pop()
            if target and not "".join(self._line).endswith(target):
                self._line.append(f" [{target}]")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._line.append(data)

    def end_line(self) -> None:
        """Close the line, if there is something on it."""
        words = " ".join("".join(self._line).split())
        if words:
            self.lines.append(words)
        self._line.clear()
