"""Records that belong to another procedure: what copying a file leaves behind.

Of 53 procedures of one department 25 kept the "Sổ đăng ký khai sinh" (birth register) though they
were about marriages, deaths or guardians. A register or result names what it is about ("khai
sinh"); a procedure that keeps it speaks of that somewhere else, too.
"""

from collections.abc import Iterator
from eqms.domain.procedure_checks.model import Content
from eqms.domain.procedure_checks.model import Finding
from eqms.domain.procedure_checks.model import Place
from eqms.domain.vietnamese import nfc
from itertools import dropwhile
from typing import Final
import re


_NAMED: Final = re.compile(
    r"(?:^|[:;,]\s*|\bgồm\s+)(?P<kind>sổ|giấy)\s+(?P<about>[^():;.\n]+)", re.IGNORECASE
)
_LEADING: Final = re.compile(
    r"(?:bộ|cấp|chứng|dõi|đăng|ghi|giải|gốc|kê|ký|lưu|lý|nhận|quản|quyết|theo|tiếp|việc|về|xác)"
)
"""Words between "Sổ" or "Giấy" and what it is about ("Sổ theo dõi việc …")."""
_GENERAL: Final = re.compile(
    r"(?:báo|bản|biên|chính|chuyển|công|của|các|dấu|đã|đến|đi|đơn|được|giao|giấy|hành|hẹn|hồ|kết"
    r"|liệu|luân|mẫu|nộp|phiếu|photo|quả|sơ|sổ|tài|thư|thủ|trao|trả|tờ|tục|và|văn|yêu|cầu)"
)
"""Words of registers that every office keeps ("Sổ theo dõi hồ sơ", "Sổ công văn đến")."""
_ELSEWHERE: Final = (
    "purpose",
    "scope",
    "definitions",
    "dossier",
    "application_forms",
    "outcomes",
    "steps",
    "forms",
    "applicants",
    "requirements",
    "applicant_sequence",
    "submission",
    "text",
)
"""Where a procedure says what it is about; fees and legal bases speak of other ones as well."""


def records_of_others(content: Content) -> Iterator[Finding]:
    """Registers and results to be kept that nothing else in the procedure speaks of."""
    title = set(_words(content.title))
    rest = _spaced(f"{content.title}\n{content.words(*_ELSEWHERE)}")
    if not rest.strip():
        return
    for row, record in enumerate(content.records):
        for found in _NAMED.finditer(record.name):
            about = _subject(found["about"])
            if about and not title.issuperset(about) and _spaced(" ".join(about)) not in rest:
                values = {"record": found[0].strip(" :;,"), "title": content.title}
                yield Finding("record_of_other", Place("records", row), values)
                break


def _subject(words: str) -> list[str]:
    """The words that say what a record is about; none for a record that every office keeps."""
    kept = list(dropwhile(_LEADING.fullmatch, _words(words)))
    every_office = all(_GENERAL.fullmatch(word) or _LEADING.fullmatch(word) for word in kept)
    return [] if every_office else kept


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", nfc(text).casefold())


def _spaced(text: str) -> str:
    return f" {' '.join(_words(text))} "
