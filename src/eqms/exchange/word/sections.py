"""The sections of a procedure, told by the words of their headings, never by their numbers."""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from eqms.exchange.word.blocks import Block
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.text import key
from eqms.exchange.word.text import split_label
import re


PURPOSE = "purpose"
SCOPE = "scope"
REFERENCES = "references"
DEFINITIONS = "definitions"
RESPONSIBILITY = "responsibility"
CONTENT = "content"
FORMS = "forms"
RECORDS = "records"
LEGAL = "legal"

#: The sections every procedure of this kind has.
CUSTOMARY = (PURPOSE, SCOPE, REFERENCES, DEFINITIONS, CONTENT, FORMS, RECORDS)

_PHRASES = {
    PURPOSE: r"mục đích(?: ban hành| áp dụng| của quy trình)?",
    SCOPE: r"(?:đối tượng,? (?:và )?)?phạm vi(?:,? (?:và )?đối tượng)?(?: áp dụng| điều chỉnh)?",
    REFERENCES: r"(?:căn cứ,? )?(?:các )?(?:tài liệu|văn bản) (?:viện dẫn|tham chiếu|tham khảo"
    r"|liên quan)(?:/ ?tham khảo)?",
    DEFINITIONS: r"(?:các )?(?:giải thích )?(?:thuật ngữ|định nghĩa|khái niệm|từ ngữ"
    r"|(?:các )?(?:từ |chữ )?viết tắt)",
    RESPONSIBILITY: r"trách nhiệm(?: (?:và )?quyền hạn)?",
    CONTENT: r"nội dung(?: (?:của )?quy trình| thực hiện| công việc| giải quyết| chính)?",
    FORMS: r"(?:các )?biểu mẫu(?: (?:áp dụng|sử dụng|kèm theo|liên quan|thực hiện))?",
    RECORDS: r"(?:quản lý |danh mục |lưu trữ |lưu )?hồ sơ(?: (?:cần|phải))?(?: lưu(?: trữ| giữ)?)?"
    r"(?: công việc)?",
    LEGAL: r"(?:căn cứ|cơ sở) pháp (?:lý|lí)",
}
_ANY = "|".join(f"(?P<{name}>{phrase})" for name, phrase in _PHRASES.items())
_NEXT_PHRASE = re.compile(_ANY)
_SEPARATOR = re.compile(r"(?:[ ,/&;-]|và(?= ))*")
_CONTENTS_TITLE = "mục lục"
_PAGE_NUMBER = re.compile(r"[\s.…_]{2,}\d{1,3}$|\t\d{1,3}$")
_TOP_LEVEL = re.compile(r"\d{1,2}|[IVX]{1,5}|[A-Z]")
_AMBIGUOUS = {CONTENT, FORMS, RECORDS, RESPONSIBILITY, LEGAL}
_LONGEST_TITLE = 80
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass
class Section:
    """A part of the document under one heading; several ``names`` if the heading merges them.

    A section whose heading is not known has none, only its ``title``.
    """

    names: tuple[str, ...]
    label: str
    blocks: list[Block] = field(default_factory=list)
    title: str = ""

    @property
    def place(self) -> str:
        """The place of the section as a person would point at it."""
        return f"section {self.label or ''.join(self.names[:1]) or self.title}"


@dataclass
class Sections:
    """The document cut at its section headings; ``front`` is what stands before the first."""

    front: list[Block]
    parts: list[Section]


@dataclass
class _Heading:
    names: tuple[str, ...]
    label: str
    rest: str


def split_sections(blocks: Sequence[Block]) -> Sections:
    """Cut *blocks* at the section headings, leaving out the table of contents.

    A heading that is not known ends a section, too, or its text would pass for that of another.
    """
    found = Sections([], [])
    seen: set[str] = set()
    for block in _without_contents(blocks):
        heading = _heading(block)
        if heading is not None and not seen & set(heading.names) and _fits(heading, seen):
            seen |= set(heading.names)
            section = Section(heading.names, heading.label)
            if heading.rest:
                section.blocks.append(Paragraph(heading.rest))
            found.parts.append(section)
        elif found.parts and isinstance(block, Paragraph) and _ends(found.parts[-1], block):
            typed, title = split_label(block.text)
            found.parts.append(Section((), typed or block.label, title=title))
        else:
            (found.parts[-1].blocks if found.parts else found.front).append(block)
    return found


def _fits(heading: _Heading, seen: set[str]) -> bool:
    """Legal bases are a section of their own only before the content, else one of its items."""
    return LEGAL not in heading.names or CONTENT not in seen


def _ends(section: Section, block: Paragraph) -> bool:
    """Whether a line in capitals, numbered one higher than a section, is the next heading.

    The content may number its items so; there it is not known what is a heading.
    """
    if CONTENT in section.names or not block.text.isupper() or len(block.text) > _LONGEST_TITLE:
        return False
    typed, _words = split_label(block.text)
    numbers = [_number(label) for label in (section.label, typed or block.label)]
    return None not in numbers and numbers[1] == (numbers[0] or 0) + 1


def _number(label: str) -> int | None:
    label = label.strip(" .):/")
    if label.isdecimal():
        return int(label)
    return _ROMAN.index(label) + 1 if label in _ROMAN else None


def _heading(block: Block) -> _Heading | None:
    """The section heading a paragraph is, with text that follows it on the same line."""
    if not isinstance(block, Paragraph) or not block.text or block.label == "-":
        return None
    typed, words = split_label(block.text)
    label = typed or block.label.strip(" .):/")
    if label and not _TOP_LEVEL.fullmatch(label):
        return None
    head, _, rest = words.partition(":")
    stands_out = bool(label) or head.isupper() or block.style.startswith(("heading", "tiêu đề"))
    names = _names(key(words))
    if names and (stands_out or not _AMBIGUOUS & set(names)):
        return _Heading(names, label, "")
    names = _names(key(head)) if rest.strip() and stands_out else ()
    return _Heading(names, label, rest.strip()) if names else None


def _names(words: str) -> tuple[str, ...]:
    """The sections a heading names, if it says nothing else."""
    names: list[str] = []
    position = 0
    while position < len(words):
        if (phrase := _NEXT_PHRASE.match(words, position)) is None:
            return ()
        names.append(phrase.lastgroup or "")
        position = phrase.end()
        separator = _SEPARATOR.match(words, position)
        position = separator.end() if separator else position
    return tuple(dict.fromkeys(names))


def _without_contents(blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out the table of contents: marked as such, titled so, or a bare list of headings."""
    headings = [_contents_heading(block) for block in blocks]
    skipped: set[int] = set()
    for start, block in enumerate(blocks):
        if start in skipped:
            continue
        if isinstance(block, Paragraph) and key(block.text) == _CONTENTS_TITLE:
            skipped |= _titled_contents(blocks, headings, start)
        elif headings[start]:
            skipped |= _bare_contents(blocks, headings, start)
    for index, block in enumerate(blocks):
        marked = isinstance(block, Paragraph) and block.in_contents
        if index not in skipped and not marked:
            yield block


def _contents_heading(block: Block) -> tuple[str, ...]:
    """The sections named by a line that may stand in a table of contents."""
    if not isinstance(block, Paragraph):
        return ()
    heading = _heading(Paragraph(_PAGE_NUMBER.sub("", block.raw), block.label, block.style))
    return heading.names if heading and not heading.rest else ()


def _titled_contents(
    blocks: Sequence[Block], headings: list[tuple[str, ...]], start: int
) -> set[int]:
    """From the title "MỤC LỤC" to the next table, or to a heading that was listed already."""
    listed: set[str] = set()
    for index in range(start, len(blocks)):
        names = set(headings[index])
        if isinstance(blocks[index], Table) or names & listed:
            return set(range(start, index))
        listed |= names
    return {start}


def _bare_contents(
    blocks: Sequence[Block], headings: list[tuple[str, ...]], start: int
) -> set[int]:
    """Three or more headings with nothing between them, which come again later."""
    run = []
    for index in range(start, len(blocks)):
        block = blocks[index]
        if headings[index]:
            run.append(index)
        elif not isinstance(block, Paragraph) or block.text:
            break
    later = {name for names in headings[run[-1] + 1 :] for name in names}
    again = all(later & set(headings[index]) for index in run)
    return set(run) if len(run) >= 3 and again else set()
