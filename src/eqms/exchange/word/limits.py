"""Time limits that a text states: the head of a time column, or the item "Thời hạn giải quyết"."""

from collections.abc import Iterator
from dataclasses import dataclass
from eqms.domain.durations import Duration
from eqms.domain.durations import find_durations
from eqms.exchange.word.text import CAPITALS
from eqms.exchange.word.text import split_bullet
import re


_SENTENCES = re.compile(rf"\n|;|\.\s+(?=[{CAPITALS}])|,(?=\s+(?i:trường hợp|đối với|riêng|còn)\b)")
_CONDITION = re.compile(
    r"\s*(?:(?:riêng|còn)\s+)?(?:đối với\s+)?(?:trường hợp|đối với|nếu)\b", re.I
)
#: "được kéo dài thêm không quá 03 ngày" adds to another limit and is none itself.
_EXTENSION = re.compile(r"\b(?:kéo dài|gia hạn|cộng)\s+thêm\b|\bthêm không quá\b", re.I)
#: Words that every case has and that tell none from another.
_COMMON_WORDS = re.compile(
    r"\b(?:trường hợp|thời (?:gian|hạn)|giải quyết|thủ tục|đối với|có|phải|cần|thì|và)\b"
)


@dataclass(frozen=True)
class Limit:
    """One limit of a text; ``duration`` is ``None`` when its sentence states more than one."""

    condition: str
    duration: Duration | None
    sentence: str


def stated_limits(text: str) -> list[Limit]:
    """The limits a text states, one per sentence or clause that mentions a duration."""
    return list(_limits(text))


def ordinary_limit(limits: list[Limit]) -> Limit | None:
    """The one limit that holds without a condition, if there is exactly one."""
    ordinary = [limit for limit in limits if not limit.condition]
    return ordinary[0] if len(ordinary) == 1 else None


def limit_for(label: str, limits: list[Limit]) -> Limit | None:
    """The limit stated for a case ("có xác minh"), told by the words they share."""
    words = _telling_words(label)
    if not words or "không" in words:
        return ordinary_limit(limits)
    shared = [limit for limit in limits if words <= _telling_words(limit.condition)]
    return shared[0] if len(shared) == 1 else None


def _limits(text: str) -> Iterator[Limit]:
    for sentence in _SENTENCES.split(text):
        sentence = split_bullet(sentence.strip(" ,."))[1]
        if _EXTENSION.search(sentence):
            continue
        durations = find_durations(sentence)
        if not durations:
            continue
        condition = ""
        if _CONDITION.match(sentence):
            condition = sentence[: sentence.find(durations[0].text)].strip(" ,:")
        duration = durations[0] if len(durations) == 1 else None
        yield Limit(condition, duration, sentence)


def _telling_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", _COMMON_WORDS.sub("", text.casefold())))
