"""Abbreviations, citations and sections: what is left over in a text, or was never written."""

from collections.abc import Iterator
from eqms.domain.numbering import PaperNumber
from eqms.domain.procedure_checks.model import Content
from eqms.domain.procedure_checks.model import Finding
from eqms.domain.procedure_checks.model import Place
from eqms.domain.procedure_checks.model import place_in
from typing import Final
import re


_STALE: Final = re.compile(r"\bĐề\s+án\s+30\b", re.IGNORECASE)
"""Programmes that are over (QĐ 30/QĐ-TTg of 2007 on simplifying procedures, ended in 2010)."""

_SECTIONS: Final = ("purpose", "scope", "references", "definitions", "forms", "records")
"""Sections of the customary layout besides the content, which has checks of its own."""


def abbreviations_repeated(content: Content) -> Iterator[Finding]:
    """Terms that are defined a second time."""
    seen: dict[str, int] = {}
    for row, definition in enumerate(content.definitions):
        term = " ".join(definition.term.split())
        if term and (first := seen.setdefault(term, row)) != row:
            values = {"term": term, "first": first + 1}
            yield Finding("abbreviation_repeated", Place("definitions", row), values)


def abbreviations_unused(content: Content) -> Iterator[Finding]:
    """Terms that are defined and used nowhere, all in one finding: there are often a dozen."""
    others = [name for name in content.texts if name != "definitions"]
    words = "\n".join([content.title, content.words(*others)])
    unused = {
        definition.term.strip(): None
        for row, definition in enumerate(content.definitions)
        if definition.term.strip()
        and not _uses(words, definition.term)
        and not any(
            _uses(other.meaning, definition.term)
            for number, other in enumerate(content.definitions)
            if number != row
        )
    }
    if unused:
        yield Finding("abbreviation_unused", Place("definitions"), {"terms": tuple(unused)})


def stale_citations(content: Content) -> Iterator[Finding]:
    """Programmes that ended long ago and are still spoken of."""
    for name, texts in content.texts.items():
        for index, text in enumerate(texts):
            if found := _STALE.search(text):
                yield Finding("stale_citation", place_in(name, index), {"text": found[0]})


def sections_empty(content: Content) -> Iterator[Finding]:
    """Sections of the customary layout without a word."""
    for name in _SECTIONS:
        if not content.words(name).strip():
            yield Finding("section_empty", Place(name))


def amendments_kept(content: Content) -> Iterator[Finding]:
    """From the second number on, the amendment sheet says what was changed and on what ground."""
    number = PaperNumber(content.issue_no, content.amendment_no)
    first = content.issue_no <= 1 and content.amendment_no == 0
    told = any(row.summary.strip() and row.ground.strip() for row in content.amendments)
    if not first and not told:
        yield Finding("amendment_missing", Place("amendments"), {"number": str(number)})


def records_complete(content: Content) -> Iterator[Finding]:
    """Records without a keeper or without a time for which they are kept."""
    for row, record in enumerate(content.records):
        if not record.keeper.strip() or not record.retention.strip():
            yield Finding("records_incomplete", Place("records", row))


def _uses(words: str, term: str) -> bool:
    # Most terms are found to be missing without a regular expression.
    wanted = term.strip()
    return wanted in words and bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", words))
