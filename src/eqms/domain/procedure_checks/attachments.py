"""Annexes and forms that a procedure refers to."""

from collections.abc import Iterator
from eqms.domain.procedure_checks.model import Content
from eqms.domain.procedure_checks.model import Finding
from eqms.domain.procedure_checks.model import Place
from eqms.domain.procedure_checks.model import place_in
from eqms.domain.vietnamese import nfc
from typing import Final
import re


_ANNEX: Final = re.compile(
    r"\bphụ\s+lục\s+(?:số\s+)?(?P<number>\d{1,2}|[IVX]{1,5})\b", re.IGNORECASE
)
_ANNEX_OF: Final = re.compile(
    r"(?P<what>\d[\d.]*\s[^\d.;:()\n]{2,60}?)\s(?:tại|ở|theo|trong|nêu tại|thuộc)\s"
    r"phụ\s+lục\s+(?:số\s+)?(?P<number>\d{1,2}|[IVX]{1,5})\b",
    re.IGNORECASE,
)
_ATTACHED: Final = re.compile(r"\s*phụ\s+lục\s+\S", re.IGNORECASE)
_OF_LAW: Final = re.compile(
    r"\s*(?:ban hành\s+)?(?:kèm theo|của|tại)\s+(?:thông tư|nghị định|quyết định|nghị quyết|luật)",
    re.IGNORECASE,
)

_FORM: Final = re.compile(
    r"(?:^|\n)[\s\-–+*•]*"
    r"(?P<name>(?:tờ khai|đơn|phiếu|bản khai|giấy đề nghị|mẫu đơn)\b[^\n;,.()]*?)"
    r"(?=\s*(?:[\n;,.()]|$|\btheo mẫu\b))[^\n;.]*",
    re.IGNORECASE,
)
_BY_FORM: Final = re.compile(r"\btheo mẫu\b|\bmẫu số\b", re.IGNORECASE)
_COMMON: Final = re.compile(r"mẫu|theo|số|tờ|khai|đơn|phiếu|đăng|ký|đề|nghị|yêu|cầu|xin|cấp")
"""Words of the names of forms that do not tell one from another."""


def annexes_there(content: Content) -> Iterator[Finding]:
    """Annexes by number that the procedure points to and does not have, all in one finding.

    Annexes of a legal text are not meant. Where an annex without a number is attached, it may hold
    any of them.
    """
    attached = [annex for annex in content.annexes if _ATTACHED.match(annex)]
    numbers = {found["number"].upper() for annex in attached if (found := _ANNEX.search(annex))}
    if attached and not numbers:
        return
    missing: dict[str, Place] = {}
    for name, texts in content.texts.items():
        if name in ("legal_bases", "references", "text"):
            continue
        for index, text in enumerate(texts):
            for found in _ANNEX.finditer(text):
                number = found["number"].upper()
                if number not in numbers and not _OF_LAW.match(text, found.end()):
                    missing.setdefault(number, place_in(name, index))
    if missing:
        yield Finding("annex_missing", next(iter(missing.values())), {"numbers": tuple(missing)})


def annexes_agree(content: Content) -> Iterator[Finding]:
    """One thing found in two annexes ("43 xã, phường tại Phụ lục 3", then 2), or two in one."""
    by_thing: dict[str, str] = {}
    by_number: dict[str, str] = {}
    told: set[str] = set()
    for name, texts in content.texts.items():
        for index, text in enumerate(texts):
            for found in _ANNEX_OF.finditer(text):
                thing = " ".join(found["what"].casefold().split())
                number = found["number"].upper()
                other = by_thing.setdefault(thing, number)
                rival = by_number.setdefault(number, thing)
                if (other != number or rival != thing) and thing not in told:
                    told.add(thing)
                    values = {"what": found["what"], "number": number}
                    yield Finding("annex_inconsistent", place_in(name, index), values)


def forms_there(content: Content) -> Iterator[Finding]:
    """Papers of the dossier "theo mẫu" (by a form) of which no form is named or attached."""
    named = [
        set(_words(text))
        for text in (
            *content.texts.get("application_forms", ()),
            *content.texts.get("forms", ()),
            *content.annexes,
        )
    ]
    for row, text in enumerate(content.texts.get("dossier", ())):
        for found in _FORM.finditer(text):
            if not _BY_FORM.search(found[0]):
                continue
            wanted = {word for word in _words(found["name"]) if not _COMMON.fullmatch(word)}
            if not any(wanted <= words for words in named):
                name = found["name"].strip(" -–+*•\n")
                yield Finding("form_missing", Place("dossier", row), {"form": name})


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", nfc(text).casefold())
