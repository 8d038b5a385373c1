"""What a procedure cites, held against what is registered of it."""

from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import dataclass
from eqms.domain.legal_texts import number_in
from eqms.domain.legal_texts import number_key
from eqms.domain.procedure_checks.model import Finding
from eqms.domain.procedure_checks.model import Place
from eqms.domain.vietnamese import nfc
import re


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that cites a registered text: how it is called, and what became of it."""

    place: Place
    text: str
    expired: bool
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Announced:
    """A fact about an administrative procedure, as it stands here and as it was announced."""

    place: Place
    here: str
    there: str


def citations_outdated(citations: Iterable[Citation]) -> Iterator[Finding]:
    """Texts that are no longer in force, or that others have replaced."""
    for citation in citations:
        if citation.successors:
            values = {"text": citation.text, "successors": citation.successors}
            yield Finding("text_replaced", citation.place, values)
        elif citation.expired:
            yield Finding("text_expired", citation.place, {"text": citation.text})


def announcements_differ(facts: Iterable[Announced]) -> Iterator[Finding]:
    """Names and decisions that are not those of the announcement.

    What is not said does not differ, nor does one number in other words ("QĐ số 12/QĐ-UBND").
    """
    for fact in facts:
        numbers = {number_key(number_in(text)) for text in (fact.here, fact.there)}
        alike = _words(fact.here) == _words(fact.there) or (len(numbers) == 1 and "" not in numbers)
        if fact.here.strip() and fact.there.strip() and not alike:
            values = {"here": fact.here, "there": fact.there}
            yield Finding("announced_differs", fact.place, values)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", nfc(text).casefold())
