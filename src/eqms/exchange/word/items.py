"""The items of the content section (5.a, 5.b, …), told by their words, never by their letters."""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from eqms.exchange.word.blocks import Block
from eqms.exchange.word.blocks import Cell
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.tables import find_steps_head
from eqms.exchange.word.text import clean
from eqms.exchange.word.text import split_bullet
from eqms.exchange.word.text import split_label
import re


DOSSIER = "dossier"
SETS = "sets"
TIME_LIMIT = "time_limit"
APPLICANTS = "applicants"
COMPETENT = "competent"
PERFORMING = "performing"
COORDINATING = "coordinating"
RECEPTION = "reception"
SUBMISSION = "submission"
OUTCOMES = "outcomes"
FEES = "fees"
FORMS = "forms"
REQUIREMENTS = "requirements"
LEGAL = "legal"
SEQUENCE = "sequence"
STEPS = "steps"

#: The items an administrative procedure always states.
CUSTOMARY = (DOSSIER, TIME_LIMIT, PERFORMING, OUTCOMES, FEES, LEGAL)

#: Words an item begins with. Those under the second heading are common words: a label must
#: stand before them.
_PLAIN = {
    DOSSIER: r"thành phần(?:,? (?:và )?số lượng)? hồ sơ|thành phần, số lượng|hồ sơ (?:bao )?gồm",
    SETS: r"số (?:lượng|bộ) hồ sơ",
    TIME_LIMIT: r"(?:tổng )?(?:thời hạn|thời gian) (?:giải quyết|xử lý|thực hiện)"
    r"(?: hồ sơ| công việc)?",
    APPLICANTS: r"đối tượng thực hiện",
    COMPETENT: r"(?:cơ quan|người)(?:,? (?:và )?người)? có thẩm quyền(?: quyết định| giải quyết)?",
    COORDINATING: r"(?:cơ quan|đơn vị)(?:,? (?:và )?đơn vị)? phối hợp",
    PERFORMING: r"(?:cơ quan|đơn vị)(?: trực tiếp)? (?:thực hiện|giải quyết)",
    RECEPTION: r"(?:nơi|địa điểm|bộ phận)(?: tiếp)? nhận(?: và trả)?(?: hồ sơ)?"
    r"(?:,? (?:và )?(?:trả|hoàn trả) kết quả)?",
    SUBMISSION: r"cách thức (?:thực hiện|nộp)(?: hồ sơ)?|hình thức nộp(?: hồ sơ)?",
    OUTCOMES: r"kết quả (?:thực hiện|giải quyết)",
    FEES: r"(?:mức )?(?:phí,? (?:và )?lệ phí|phí/ ?lệ phí)(?: \(nếu có\))?",
    FORMS: r"(?:tên )?(?:các )?mẫu đơn(?:,|/| và)? ?(?:mẫu )?tờ khai",
    REQUIREMENTS: r"(?:các )?(?:yêu cầu,? (?:và )?điều kiện|điều kiện thực hiện)",
    LEGAL: r"(?:căn cứ|cơ sở) pháp (?:lý|lí)",
    STEPS: r"quy trình (?:các bước )?(?:xử lý|giải quyết|thực hiện)(?: công việc)?"
    r"|trình tự (?:các bước )?(?:xử lý|giải quyết|công việc)|(?:các )?bước (?:xử lý|thực hiện)",
    SEQUENCE: r"trình tự thực hiện",
}
_LABELLED = {
    DOSSIER: r"hồ sơ(?: (?:cần|phải))?(?: nộp)?",
    APPLICANTS: r"đối tượng(?: (?:áp dụng|giải quyết))?",
    SETS: r"số lượng",
    OUTCOMES: r"kết quả|sản phẩm",
    FEES: r"(?:mức )?(?:lệ phí|phí)",
    FORMS: r"biểu mẫu(?: (?:kèm theo|sử dụng|áp dụng))?|mẫu đơn|mẫu tờ khai",
}
#: What may follow the words of an item up to its colon.
_TAIL = (
    r"(?: (?:thực hiện|giải quyết|của|hành chính))*(?: (?:thủ tục )?(?:tthc|thủ tục hành chính))?"
    r"(?: \([^()]*\))?\s*(?:[:.]+\s*|$)"
)
#: A tick in a column "Bản chính" or "Bản sao" beside a paper, and the heads of these columns.
_TICK = re.compile(r"[xX✓✔√]")
_COPY = re.compile(r"bản (?:chính|sao|gốc)", re.I)
#: Of the common words these head an item also without a label, if a colon follows.
_WITH_COLON = {FEES}
#: The letters of items, as they are counted in Vietnamese.
_LETTERS = [
    "a",
    "b",
    "c",
    "d",
    "đ",
    "e",
    "g",
    "h",
    "i",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "v",
    "x",
    "y",
]
_LONGEST_HEAD = 90
_BULLETED = {SETS, COORDINATING, COMPETENT, PERFORMING, RECEPTION, SUBMISSION}


def _compiled(patterns: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(f"(?:{words}){_TAIL}", re.I) for name, words in patterns.items()}


_PLAIN_ITEMS = _compiled(_PLAIN)
_LABELLED_ITEMS = _compiled(_LABELLED)


@dataclass
class Item:
    """An item of the content: its lines and tables, the text on the line of its head first."""

    name: str
    label: str
    parts: list[str | Table] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The lines of the item."""
        return [part for part in self.parts if isinstance(part, str)]

    def add_table(self, table: Table) -> None:
        """Keep a table of work steps and its next pages; of any other keep the text."""
        goes_on = bool(self.parts) and isinstance(self.parts[-1], Table)
        if goes_on or find_steps_head(table) is not None:
            self.parts.append(table)
            return
        for row in range(len(table.grid)):
            texts = (" ".join(cell.lines) for cell in table.row(row) if cell.row == row)
            if line := " | ".join(filter(None, texts)):
                self.parts.append(line)

    @property
    def lines_after_table(self) -> list[str]:
        """The lines below the first table of the item, if it has one."""
        tables = [index for index, part in enumerate(self.parts) if isinstance(part, Table)]
        below = self.parts[tables[0] :] if tables else []
        return [part for part in below if isinstance(part, str)]


@dataclass
class Content:
    """The content section by items; ``loose`` is what stands before the first."""

    items: dict[str, Item]
    loose: list[str]
    place: str

    @property
    def lines_after_tables(self) -> list[str]:
        """The lines below the tables of all items, such as notes on the work steps."""
        return [line for item in self.items.values() for line in item.lines_after_table]

    def lines(self, name: str) -> list[str]:
        """The lines of an item, or none."""
        return self.items[name].lines if name in self.items else []

    def text(self, name: str) -> str:
        """The text of an item, or ""."""
        return "\n".join(self.lines(name))

    def place_of(self, name: str) -> str:
        """The place of an item as a person would point at it: "section 5.b"."""
        item = self.items.get(name)
        return f"{self.place}.{item.label}" if item and item.label else self.place


def read_content(blocks: Sequence[Block], place: str) -> Content:
    """Cut the blocks of the content section at its items."""
    content = Content({}, [], place)
    current: Item | None = None
    parent = ""
    for block in _linear(blocks):
        if isinstance(block, Table):
            if current is not None:
                current.add_table(block)
            continue
        for line in block.line.split("\n"):
            if (head := _item_head(line)) is not None:
                name, label, rest = head
                parent = label or parent
                current = content.items.setdefault(name, Item(name, parent))
                line = rest
            elif label := _next_label(line, parent):
                # The next item, in words that are not known: it is no part of the one before.
                current, parent = None, label
            if not line:
                continue
            if current is None:
                content.loose.append(line)
            else:
                current.parts.append(line)
    return content


def starts_item(line: str) -> bool:
    """Whether a line is the head of an item."""
    return _item_head(line) is not None


def _item_head(line: str) -> tuple[str, str, str] | None:
    """Name, label and the rest of the line, if it begins an item."""
    bullet, words = split_bullet(line)
    label, words = split_label(words) if not bullet else ("", words)
    for name, pattern in _PLAIN_ITEMS.items():
        if found := pattern.match(words):
            if bullet and not (name in _BULLETED and ":" in found[0]):
                continue
            return name, _last(label), words[found.end() :].strip()
    for name, pattern in _LABELLED_ITEMS.items():
        found = pattern.match(words)
        if found and (label or (name in _WITH_COLON and not bullet and ":" in found[0])):
            return name, _last(label), words[found.end() :].strip()
    return None


def _next_label(line: str, before: str) -> str:
    """The label of a line that heads the item after the one labelled *before*, or nothing."""
    label, words = split_label(line)
    head, colon, _rest = words.partition(":")
    own = _last(label)
    if not (before and own and colon) or len(head) > _LONGEST_HEAD:
        return ""
    if before.isdecimal() or own.isdecimal():
        follows = before.isdecimal() and own.isdecimal() and int(own) == int(before) + 1
    else:
        follows = _next_letter(before) == own
    return own if follows and not split_bullet(line)[0] else ""


def _next_letter(letter: str) -> str:
    place = _LETTERS.index(letter) + 1 if letter in _LETTERS else len(_LETTERS)
    return _LETTERS[place] if place < len(_LETTERS) else ""


def _last(label: str) -> str:
    """The own part of a label: "b" of "b", "2" of "5.2"."""
    return label.rpartition(".")[2].lower()


def _linear(blocks: Sequence[Block]) -> Iterator[Block]:
    """Take a table that lays out the items themselves apart into lines; keep other tables.

    Many agencies put the whole section into one table, with rows "5.2 | Thời hạn giải quyết" and
    the work steps at its end.
    """
    for block in blocks:
        if isinstance(block, Table) and len(item_rows(block)) >= 2:
            yield from _rows_as_lines(block)
        else:
            yield block


def item_rows(table: Table) -> list[int]:
    """The rows of a table that are heads of items."""
    return [row for row in range(len(table.grid)) if starts_item(_row_line(table, row))]


def _row_line(table: Table, row: int) -> str:
    """A row as one line: label and words of an item often stand in cells of their own."""
    return clean(" ".join(cell.lines[0] for cell in table.row(row)[:2] if cell.lines))


def _rows_as_lines(table: Table) -> Iterator[Block]:
    """The rows as lines; the work steps stay a table, which comes last."""
    steps = find_steps_head(table)
    heads = item_rows(table)
    in_steps = False
    copies: dict[int, str] = {}
    for row in range(len(table.grid)):
        in_steps = row not in heads and (in_steps or (steps is not None and row == steps.first))
        if in_steps:
            continue
        cells = [cell for cell in table.row(row) if cell.row == row and cell.lines]
        if row in heads:
            yield Paragraph(_row_line(table, row))
            copies = {cell.column: cell.text for cell in cells[2:] if _COPY.fullmatch(cell.text)}
            lines = [line for cell in cells[:2] for line in cell.lines[1:]]
            lines += [
                line for cell in cells[2:] if cell.column not in copies for line in cell.lines
            ]
        else:
            lines = _row_lines(cells, copies)
        yield from map(Paragraph, lines)
    if steps is not None:
        yield table


def _row_lines(cells: list[Cell], copies: dict[int, str]) -> list[str]:
    """The lines of a row; a tick in a column "Bản chính" becomes words behind the last line."""
    ticks = [cell for cell in cells if _TICK.fullmatch(cell.text)]
    lines = [line for cell in cells if cell not in ticks for line in cell.lines]
    ticked = [copies[cell.column] for cell in ticks if cell.column in copies]
    if lines and ticked:
        lines[-1] += f" ({', '.join(ticked).lower()})"
    return lines
