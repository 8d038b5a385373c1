"""What stands after the procedure itself: application forms, electronic forms, lists."""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from eqms.exchange.word.blocks import Block
from eqms.exchange.word.blocks import flat_paragraphs
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.html import as_html
from eqms.exchange.word.model import Annex
from eqms.exchange.word.model import AnnexKind
from eqms.exchange.word.text import key
from eqms.exchange.word.text import split_label
from itertools import pairwise
import re


_MOTTO = re.compile(r"cộng (hòa|hoà) xã hội chủ nghĩa việt nam")
_ANNEX = re.compile(r"phụ lục( \w{1,4})?")
_TITLE = re.compile(
    r"(tờ khai|đơn|mẫu|nội dung|phụ lục|văn bản|giấy|biên bản|phiếu|danh mục|danh sách|bản"
    r"|báo cáo|hợp đồng|quyết định|thông báo|sổ|biểu|tờ trình|hồ sơ)\b"
)
_ELECTRONIC = re.compile(r"(nội dung )?(biểu )?mẫu\b.*\b(điện tử|tương tác)\b")
_LIST = re.compile(r"phụ lục\b|danh (mục|sách)\b|nội dung\b")
_FORM_IN_ANNEX = re.compile(r"phụ lục( [\divx]{1,4})? (mẫu|tờ khai|đơn|giấy|biên bản|phiếu)\b")
_FORM_NUMBER = re.compile(r"(?:biểu )?mẫu(?: số| tp)?\b[\w ./-]{1,25}$")
_NOTE_MARK = re.compile(r"\s*\(?\d*\)?\s*$")


def starts_annex(block: Block) -> bool:
    """Whether an annex begins here: with the national motto or the words PHỤ LỤC."""
    for paragraph in flat_paragraphs([block]):
        if not paragraph.text:
            continue
        words = key(paragraph.text)
        if _MOTTO.match(words):
            return True
        if isinstance(block, Paragraph):
            return paragraph.text.isupper() and bool(_ANNEX.fullmatch(words))
    return False


def read_annexes(blocks: Sequence[Block]) -> list[Annex]:
    """The annexes in order, each with the elements of the body it stands in.

    Titles are runs of lines in capitals that begin with a word for a paper. Where several share
    one table of Word they share its place, too.
    """
    found = _titles(blocks)
    if not found:
        return []
    starts = sorted({blocks[0].position, *(title.start for title in found[1:])})
    ends = dict(pairwise([*starts, blocks[-1].position + 1]))
    annexes: dict[str, Annex] = {}
    with_forms: set[int] = set()
    for index, title in enumerate(found):
        start = starts[0] if index == 0 else title.start
        text = _NOTE_MARK.sub("", title.text)
        kind = kind_of_annex(text)
        if kind == "form":
            with_forms.add(start)
        inside = [block for block in blocks if start <= block.position < ends[start]]
        html = "" if start in with_forms else as_html(_without_title(inside, title.text))
        annexes.setdefault(text, Annex(text, kind, html, start, ends[start]))
    return list(annexes.values())


def kind_of_annex(title: str) -> AnnexKind:
    """Whether an annex is a form to fill in, an interactive electronic form, or a list."""
    words = key(title)
    if _ELECTRONIC.match(words):
        return "electronic"
    return "list" if _LIST.match(words) and not _FORM_IN_ANNEX.match(words) else "form"


@dataclass
class _Title:
    text: str
    start: int


class _Titles:
    """Collects the titles, each with the place where its annex begins: at the motto above it."""

    def __init__(self) -> None:
        self.found: list[_Title] = []
        self.running = False
        self.opening: int | None = None

    def read(self, line: str, position: int) -> None:
        """Take the next line: it begins a title, goes on with one, or is none."""
        words = key(line)
        last = self.found[-1] if self.found and self.running else None
        if last and _ANNEX.fullmatch(key(last.text)):
            last.text += f" {line}"
            self.running = line.isupper()
        elif not line.isupper() or _MOTTO.match(words):
            self.running = False
            if _MOTTO.match(words) or _FORM_NUMBER.match(words):
                self.opening = position if self.opening is None else self.opening
        elif last is None and _TITLE.match(words):
            start = position if self.opening is None else self.opening
            self.found.append(_Title(line, start))
            self.opening, self.running = None, True
        elif last and not split_label(line)[0]:
            last.text += f" {line}"


def _titles(blocks: Sequence[Block]) -> list[_Title]:
    titles = _Titles()
    for position, paragraph in _paragraphs(blocks):
        if paragraph is None:
            titles.running = False
            continue
        for line in filter(None, paragraph.text.split("\n")):
            titles.read(line, position)
    return titles.found


def _without_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks without the paragraphs that are the title itself."""
    said = key(title)
    return [
        block
        for block in blocks
        if not (isinstance(block, Paragraph) and block.text and key(block.text) in said)
    ]


def _paragraphs(blocks: Sequence[Block]) -> Iterator[tuple[int, Paragraph | None]]:
    """All paragraphs with their place; ``None`` where a cell begins or ends, over which no title
    runs on."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.position, block
            continue
        for cell in block.cells():
            yield block.position, None
            for paragraph in cell.paragraphs:
                yield block.position, paragraph
        yield block.position, None
