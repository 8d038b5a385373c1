"""What a table is, told by the words in its head, never by its place or the order of columns."""

from dataclasses import dataclass
from dataclasses import field
from eqms.exchange.word.blocks import Cell
from eqms.exchange.word.blocks import Table
from eqms.exchange.word.column_values import role_by_values
from eqms.exchange.word.text import key
import re


STEPS = "steps"
RECORDS = "records"
AMENDMENTS = "amendments"
SIGNERS = "signers"
DEFINITIONS = "definitions"
CONTENTS = "contents"
DISTRIBUTION = "distribution"
FORMS = "forms"

#: Roles of columns; the first pattern that is found in the head of a column gives its role.
_ROLES = {
    "amendment": r"^(lần|ngày|trang|vị trí|lý do|(tóm (lược|tắt) )?nội dung)?\W*(cần )?(được )?"
    r"(sửa đổi|thay đổi)",
    "distribution": r"nơi nhận|phân phối|được cấp",
    "retention": r"(thời gian|thời hạn|hạn|số năm) ?(lưu|bảo quản|giữ)",
    "keeper": r"(nơi|người|bộ phận|đơn vị|vị trí|trách nhiệm|địa điểm)\W*(người)? ?(lưu|giữ)",
    "record": r"^(tên|loại|danh mục)[ \w]* ?/? ?(biểu mẫu|hồ sơ|tài liệu)|^hồ sơ( cần)? lưu",
    "term": r"^(từ|chữ|thuật ngữ|cụm từ)[ ,/]*(ngữ)?[ ,/]*(viết tắt)?$|^viết tắt",
    "meaning": r"^(ý nghĩa|nghĩa|định nghĩa|viết đầy đủ|nội dung đầy đủ)",
    "code": r"^(mã|ký hiệu)",
    "number": r"^(s ?tt|tt|s ?t ?t|số tt|số thứ tự|thứ tự|bước|b|stt bước|tt bước|bước số)$",
    "time": r"thời (gian|hạn|lượng)|^t\.?g\b|^số (ngày|giờ)|tiến độ",
    "coordinating": r"^(cơ quan|đơn vị|bộ phận|người|trách nhiệm)? ?phối hợp",
    "responsible": r"trách nhiệm|^(đơn vị|bộ phận|cơ quan|người|cán bộ|chủ thể|vị trí|phòng)"
    r"|chủ trì|phụ trách|^thực hiện$|^ai ",
    "form": r"^(biểu mẫu|kết quả|hồ sơ|sản phẩm|tài liệu|mẫu|đầu ra)",
    "title": r"trình tự|nội dung|bước|công việc|hoạt động|quy trình|cách thức",
    "description": r"mô tả|diễn giải|giải thích|cách thực hiện",
    "note": r"ghi chú",
}
_PATTERNS = {role: re.compile(pattern) for role, pattern in _ROLES.items()}
_SIGNING = {
    "drafted": re.compile(r"(người |bộ phận )?(soạn thảo|biên soạn|soạn|lập|viết|người lập)"),
    "reviewed": re.compile(r"(người |bộ phận )?(xem xét|soát xét|kiểm tra|thẩm định|thẩm tra)"),
    "approved": re.compile(r"(người )?(phê duyệt|duyệt|ký ban hành|ban hành)"),
}
#: What is longer is no head of a column, whatever words are in it.
_LONGEST_HEAD = 150
_CONTENTS = re.compile(r"mục lục")


@dataclass
class Head:
    """The head of a table: its rows, the role of each column and the words above it.

    ``guessed`` are the columns whose role was told by their cells, not by their head.
    """

    first: int
    end: int
    roles: dict[int, str]
    words: dict[int, list[Cell]]
    guessed: list[int] = field(default_factory=list)

    def column(self, role: str) -> int | None:
        """The first column of a role."""
        return next((column for column, found in self.roles.items() if found == role), None)

    def columns(self, role: str) -> list[int]:
        """All columns of a role, from left to right."""
        return [column for column, found in self.roles.items() if found == role]


def meaning_of(text: str) -> str | None:
    """What a signature under this heading means: "drafted", "reviewed" or "approved"."""
    words = key(text)
    return next((name for name, words_of in _SIGNING.items() if words_of.fullmatch(words)), None)


def kind_of(table: Table) -> str | None:
    """The kind of a table, or ``None`` if nothing in its head is known."""
    if _CONTENTS.match(key(table.cells()[0].text)):
        return CONTENTS
    if _is_signers(table):
        return SIGNERS
    roles = set(read_head(table, 0).roles.values())
    if find_steps_head(table) is not None:
        return STEPS
    if {"keeper", "retention"} & roles and roles & {"record", "form", "title"}:
        return RECORDS
    if "amendment" in roles:
        return AMENDMENTS
    if "distribution" in roles:
        return DISTRIBUTION
    if "term" in roles and roles & {"meaning", "description", "title"}:
        return DEFINITIONS
    return FORMS if roles & {"record", "form"} and "code" in roles else None


def lists_records(table: Table) -> bool:
    """Whether a table names records without saying where and how long they are kept."""
    return "record" in read_head(table, 0).roles.values()


def read_head(table: Table, first: int) -> Head:
    """Read the row *first* as a head, with the rows its merged cells reach into."""
    end = max((cell.row + cell.rowspan for cell in table.row(first)), default=first + 1)
    end = min(end, first + 4, len(table.grid))
    while _continues_head(table, first, end):
        end += 1
    words = {
        column: [cell for cell in _stack(table, column, first, end) if cell.text]
        for column in range(len(table.grid[first]))
    }
    roles = {column: role for column, cells in words.items() if (role := _role(cells))}
    return Head(first, end, roles, words)


def find_steps_head(table: Table) -> Head | None:
    """The head of work steps in a table, which may stand below other rows."""
    for index in range(len(table.grid)):
        if len(table.row(index)) < 3:
            continue
        head = read_head(table, index)
        if index == 0:
            _tell_by_values(table, head)
        roles = set(head.roles.values())
        if "title" not in roles and {"number", "description"} <= roles:
            head.roles[head.column("description") or 0] = "title"
            roles = set(head.roles.values())
        says_steps = {"title", "responsible"} <= roles or {"title", "time", "number"} <= roles
        if index > 0 and not roles & {"time", "number"}:
            # A row of steps may well speak of an office and of a procedure.
            says_steps = False
        if says_steps and not roles & {"keeper", "retention", "amendment"}:
            return head
    return None


def _tell_by_values(table: Table, head: Head) -> None:
    """Find who does the steps and how long they take where no head says so."""
    missing = {"time", "responsible"} - set(head.roles.values())
    for column in range(len(table.grid[0])):
        if not missing or column in head.roles:
            continue
        role = role_by_values([cell.text for cell in _stack(table, column, head.end, None)])
        if role in missing:
            head.roles[column] = role
            head.words.setdefault(column, [])
            head.guessed.append(column)
            missing -= {"responsible"} & {role}
    head.roles = dict(sorted(head.roles.items()))


def _is_signers(table: Table) -> bool:
    meanings = {meaning_of(cell.lines[0]) for cell in table.cells() if cell.lines} - {None}
    return len(meanings) >= 2


def _stack(table: Table, column: int, first: int, end: int | None) -> list[Cell]:
    rows = range(len(table.grid))[first:end]
    cells = (table.at(row, column) for row in rows)
    return list(dict.fromkeys(cell for cell in cells if cell is not None))


def _role(cells: list[Cell]) -> str | None:
    words = key(" ".join(cell.text for cell in cells))
    if len(words) > _LONGEST_HEAD:
        return None
    return next((role for role, pattern in _PATTERNS.items() if pattern.search(words)), None)


def _continues_head(table: Table, first: int, row: int) -> bool:
    """A row that only names what stands under a wider head, all other cells being empty."""
    if row >= len(table.grid):
        return False
    filled = [
        column
        for column, cell in enumerate(table.grid[row])
        if cell is not None and cell.text and cell.row == row
    ]
    wide = {
        column
        for column, cell in enumerate(table.grid[first])
        if cell is not None and cell.colspan > 1
    }
    return bool(filled) and set(filled) <= wide and len(table.row(row)) > 1
