"""What an applicant brings: papers to submit, papers to present, and notes about them."""

from collections.abc import Sequence
from eqms.exchange.word.model import DossierComponent
from eqms.exchange.word.model import DossierKind
from eqms.exchange.word.text import split_marker
import re


_PAPERS = r"(?:các )?(?:giấy tờ|tài liệu)(?: phải| cần)?"
_HEADINGS: dict[DossierKind, re.Pattern[str]] = {
    "submit": re.compile(rf"{_PAPERS} nộp\s*(?::|$)", re.I),
    "present": re.compile(rf"{_PAPERS} xuất trình\s*(?::|$)", re.I),
    "note": re.compile(r"(?:lưu ý|ghi chú|chú ý)\s*(?::|$)", re.I),
}
_INTRODUCTION = re.compile(r"(?:giấy tờ|tài liệu|hồ sơ)[^:;.]*(?: sau(?: đây)?)?\s*:$", re.I)
#: A sentence about what somebody may or has to do names no paper.
_ABOUT_PEOPLE = re.compile(
    r"(?:người|cá nhân|tổ chức|cơ quan|ủy ban|uỷ ban|công dân)\b[^:;.]*"
    r"\b(?:nhận kết quả|có quyền|có trách nhiệm|chịu trách nhiệm)\b",
    re.I,
)
_SUBMIT = re.compile(r"\bnộp\b(?! (?:trực|hồ sơ|theo|qua))", re.I)
_PRESENT = re.compile(r"\bxuất trình\b", re.I)
_SETS = re.compile(r"\b\d+\s*(?:\([^()]*\)\s*)?bộ\b", re.I)


def read_dossier(lines: Sequence[str]) -> list[DossierComponent]:
    """The components in order.

    The kind is what the heading above says, else the verb of the line itself; a line "+ …" is
    part of the dash above it; running text between listed papers is a note.
    """
    listed = any(split_marker(line)[0] for line in lines)
    components: list[DossierComponent] = []
    heading: DossierKind | None = None
    below_dash = False
    for line in lines:
        marker, words = split_marker(line)
        if found := _heading(words):
            heading, words = found
            below_dash = False
        words = words.strip(" ;")
        if not words:
            continue
        if marker == "+" and below_dash:
            components[-1].text += f"\n{line.strip(' ;')}"
            continue
        below_dash = below_dash or marker not in {"", "+"}
        is_note = heading == "note" or (listed and not marker) or _ABOUT_PEOPLE.match(words)
        if is_note or _INTRODUCTION.search(words):
            components.append(DossierComponent(words, "note"))
            heading = heading or _announced(words)
        else:
            components.append(DossierComponent(words, heading or _announced(words) or "submit"))
    return components


def sets_in(lines: Sequence[str]) -> str:
    """The number of sets where only a sentence says it: "nộp 01 (một) bộ hồ sơ"."""
    found = [match[0] for line in lines if (match := _SETS.search(line))]
    return found[0] if len(found) == 1 else ""


def _heading(words: str) -> tuple[DossierKind, str] | None:
    for kind, pattern in _HEADINGS.items():
        if found := pattern.match(words):
            return kind, words[found.end() :].strip()
    return None


def _announced(words: str) -> DossierKind | None:
    """The kind a sentence names by its verb, unless it names both."""
    submits, presents = _SUBMIT.search(words), _PRESENT.search(words)
    if submits and presents:
        return None
    return "present" if presents else "submit" if submits else None
