"""What stands after the procedure itself: application forms, electronic forms, lists."""

from collections.abc import Iterator
from collections.abc import Sequence
from eqms.exchange.word.blocks import Block
from eqms.exchange.word.blocks import flat_paragraphs
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.text import key
from eqms.exchange.word.text import split_label
import re


_MOTTO = re.compile(r"cộng (hòa|hoà) xã hội chủ nghĩa việt nam")
_ANNEX = re.compile(r"phụ lục( \w{1,4})?")
_TITLE = re.compile(
    r"(tờ khai|đơn|mẫu|nội dung|phụ lục|văn bản|giấy|biên bản|phiếu|danh mục|danh sách|bản"
    r"|báo cáo|hợp đồng|quyết định|thông báo|sổ|biểu|tờ trình|hồ sơ)\b"
)
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


def annex_titles(blocks: Sequence[Block]) -> list[str]:
    """Titles of the annexes: runs of lines in capitals that begin with a word for a paper."""
    titles: list[str] = []
    running = False
    for paragraph in _paragraphs(blocks):
        if paragraph is None:
            running = False
            continue
        for line in filter(None, paragraph.text.split("\n")):
            words = key(line)
            if running and _ANNEX.fullmatch(key(titles[-1])):
                titles[-1] += f" {line}"
                running = line.isupper()
            elif not line.isupper() or _MOTTO.match(words):
                running = False
            elif _TITLE.match(words) and not running:
                titles.append(line)
                running = True
            elif running and not split_label(line)[0]:
                titles[-1] += f" {line}"
    return list(dict.fromkeys(_NOTE_MARK.sub("", title) for title in titles))


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph | None]:
    """All paragraphs; ``None`` where a cell begins or ends, over which no title runs on."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
            continue
        for cell in block.cells():
            yield None
            yield from cell.paragraphs
        yield None
