"""Fee rows in the item "Phí, lệ phí": territory, way of submission, amount, period.

"Nộp trực tiếp: 75.000 đồng; nộp trực tuyến (áp dụng đến 31/12/2025): 37.500 đồng … (áp dụng tại
32 xã, phường tại Phụ lục 1 kèm theo)" are two rows of one territory. A line is read whole or not
at all: where it is not certain what an amount belongs to, the line is a finding and stays text.
"""

from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from eqms.exchange.word.findings import Findings
from eqms.exchange.word.model import Channel
from eqms.exchange.word.model import Fee
from eqms.exchange.word.text import CAPITALS
from eqms.exchange.word.text import find_date
from eqms.exchange.word.text import key
from eqms.exchange.word.text import split_bullet
import re


_NUMBER = r"\d{1,3}(?:[.,]\d{3})+|\d+"
_MONEY = re.compile(
    rf"(?<![\d.,/])(?P<amount>{_NUMBER})\s*(?:\([^()\d]*\)\s*)?(?:đồng|đ|vnđ|vnd)\b"
    r"(?:\s*/\s*(?P<unit>[^;.:()]+))?",
    re.I,
)
_BARE_AMOUNT = re.compile(r"(?<![\d./])\d{1,3}(?:[.,]\d{3})+(?![\d/])")
_PLACE = r"(?:áp dụng\s+)?(?:tại|ở|đối với|trên địa bàn)\s+|(?=(?:tỉnh|thành phố|huyện|quận)\s)"
_TERRITORY = re.compile(
    rf"\((?:{_PLACE})(?P<inner>[^()]*(?:xã|phường|tỉnh|thành phố|huyện|quận)[^()]*)\)"
    r"|:\s*áp dụng\s+(?:tại|ở)\s+(?P<outer>[^();:]*?)(?=\s*[.;]?\s*$)",
    re.I,
)
_UNTIL = re.compile(
    r"\(\s*(?:áp dụng|thực hiện|có hiệu lực)[^()]*\bđến\s+(?:hết\s+)?[^()]*\)", re.I
)
_IN_PERSON = re.compile(r"\(?\b(?:nộp|nhận|gửi)?(?: hồ sơ)? ?trực tiếp\)?", re.I)
_ONLINE = re.compile(r"\(?\b(?:nộp|nhận|gửi)?(?: hồ sơ)? ?trực tuyến\)?", re.I)
_BY_POST = re.compile(
    r"\(?\b(?:nộp |gửi )?qua (?:dịch vụ |đường )?bưu (?:chính|điện)[^;:,()]*\)?", re.I
)
_CHANNELS: dict[Channel, re.Pattern[str]] = {
    "in_person": _IN_PERSON,
    "online": _ONLINE,
    "by_post": _BY_POST,
}
_CAP = re.compile(r"\b(?:tối đa|không quá|cao nhất)\b", re.I)
_EXEMPT = re.compile(r"(?:không thu|miễn)\b", re.I)
_NONE = re.compile(r"không(?: có)?(?: thu)?(?: phí| lệ phí)?")
_SENTENCE = re.compile(rf"\.\s+(?=[{CAPITALS}\d])")
#: "…; Phí cấp bản sao …" begins anew what "Miễn …; người thuộc hộ nghèo" only goes on with.
_NEW_FEE = re.compile(r";\s*(?=(?:Phí|Lệ phí|Mức thu)\b)")
_CLAUSE = re.compile(rf";\s*|,\s+(?=(?:{_NUMBER})\s*đồng)|,\s+(?=tối đa\b)", re.I)
_SUBJECT_LEAD = re.compile(r"^(?:(?:riêng|còn)\s+)?(?:mức thu(?: lệ phí| phí)?\s*:?\s*)", re.I)
_COLLECTED = re.compile(r"(?:\s|^)thu$", re.I)
_LAST_AMOUNT = re.compile(rf":\s*(?P<amount>{_NUMBER})\s*\.?$")
_AMBIGUOUS = re.compile(r"\b(?:từ|đến)\s*$|\b(?:giảm|bằng|tăng)\b|%", re.I)


@dataclass
class FeesRead:
    """The rows, and the sentences that say who pays nothing."""

    rows: list[Fee]
    exemptions: list[str]


class _Unclear(Exception):
    """It is not certain what an amount belongs to."""


def read_fees(lines: Sequence[str], place: str, findings: Findings) -> FeesRead:
    """The fees the lines of the item state; a line that is not clear is a finding."""
    found = FeesRead([], [])
    territories = [bool(_TERRITORY.search(line)) for line in lines]
    for line, located in zip(lines, territories, strict=True):
        words = split_bullet(line)[1].strip()
        try:
            # Among fees of territories one without is not one of everywhere.
            if any(territories) and not located and _MONEY.search(words):
                raise _Unclear
            rows = list(_rows(words))
        except _Unclear:
            findings.add("fee_not_structured", place, text=words)
            rows = []
        found.rows += rows
        found.exemptions += _exemptions(words)
    for fee in _contradicted(found.rows):
        findings.add("fee_contradicts", place, text=_told(fee))
    return found


def _contradicted(rows: Sequence[Fee]) -> Iterator[Fee]:
    """Fees that another one, of another amount, says are paid for exactly the same."""
    amounts: dict[Fee, set[int]] = {}
    for fee in rows:
        amounts.setdefault(replace(fee, amount=0), set()).add(fee.amount)
    yield from (fee for fee, found in amounts.items() if len(found) > 1)


def _told(fee: Fee) -> str:
    return ", ".join(filter(None, (fee.subject, fee.territory))) or "…"


def _exemptions(line: str) -> Iterator[str]:
    last = [*_TERRITORY.finditer(line)][-1:]
    for sentence in _sentences(line):
        if _EXEMPT.match(sentence):
            needed = last and not _TERRITORY.search(sentence)
            yield f"{sentence.rstrip(' .;')} {last[0][0]}" if needed else sentence.rstrip(" .;")


def _sentences(line: str) -> list[str]:
    return [
        part.strip()
        for sentence in _SENTENCE.split(line)
        for part in _NEW_FEE.split(sentence)
        if part.strip()
    ]


def _rows(line: str) -> Iterator[Fee]:
    """The rows of a line; the territory it names, wherever that stands, is that of all of them.

    :raises _Unclear: if one of its amounts cannot be placed
    """
    territory = _territory(line)
    if territory and _NONE.fullmatch(key(_TERRITORY.sub("", line))):
        yield Fee(0, territory=territory)
        return
    for sentence in _sentences(line):
        if not _EXEMPT.match(sentence):
            for fee in _of_sentence(_TERRITORY.sub("", sentence)):
                yield replace(fee, territory=territory)
        elif _MONEY.search(sentence):
            raise _Unclear


def _of_sentence(sentence: str) -> Iterator[Fee]:
    """The rows of a sentence, in which a clause may leave out what the one before has said."""
    fees: list[Fee] = []
    cap: int | None = None
    subject = ""
    channel: Channel | None = None
    until: date | None = None
    lasting = False
    open_words = ""
    for part in filter(None, map(str.strip, _CLAUSE.split(sentence))):
        clause = f"{open_words}; {part}" if open_words else part
        money = _money(clause, following=bool(fees))
        if money is None:
            open_words = clause
            continue
        open_words = ""
        before, behind = clause[: money.start()], clause[money.end() :]
        if _CAP.search(before):
            cap = _amount(money)
            continue
        own = _channel(clause)
        if own is not None or not lasting:
            channel, until = own, _until(clause)
            lasting = own is not None and _goes_on(before, own)
        elif _until(clause) is not None:
            raise _Unclear
        subject = _subject(before) or (subject if own is not None else "")
        fees.append(
            Fee(
                _amount(money),
                subject=" ".join(filter(None, (subject, _subject(behind)))),
                channel=channel,
                unit=" ".join((money.groupdict().get("unit") or "").split()),
                valid_to=until,
            )
        )
    if any(pattern.search(open_words) for pattern in _CHANNELS.values()):
        raise _Unclear
    yield from (replace(fee, cap=cap) for fee in fees)


def _money(clause: str, following: bool) -> re.Match[str] | None:
    """The one amount of a clause; behind another one it may lack its "đồng"."""
    amounts = [*_MONEY.finditer(clause)]
    others = _MONEY.sub("", clause)
    if not amounts and following and (bare := _LAST_AMOUNT.search(clause)):
        return bare
    if len(amounts) > 1 or _BARE_AMOUNT.search(others) or _AMBIGUOUS.search(others):
        raise _Unclear
    return amounts[0] if amounts else None


def _goes_on(before: str, channel: Channel) -> bool:
    """Whether a way of submission heads several fees: "Nộp trực tiếp: Thay đổi: 15.000 đồng; …"."""
    said = _UNTIL.sub("", before)
    found = _CHANNELS[channel].search(said)
    return bool(found and re.match(r"\s*:\s*\S", said[found.end() :]))


def _amount(money: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", money["amount"]))


def _territory(line: str) -> str:
    """The one territory a line names, behind all its amounts."""
    found = [*_TERRITORY.finditer(line)]
    named = {" ".join((match["inner"] or match["outer"]).split()) for match in found}
    if len(named) > 1 or (found and _MONEY.search(line[found[-1].end() :])):
        raise _Unclear
    return next(iter(named), "")


def _channel(clause: str) -> Channel | None:
    found = [name for name, pattern in _CHANNELS.items() if pattern.search(clause)]
    if len(found) > 1:
        raise _Unclear
    return found[0] if found else None


def _until(clause: str) -> date | None:
    if (found := _UNTIL.search(clause)) is None:
        return None
    if (until := find_date(found[0])) is None:
        raise _Unclear
    return until


def _subject(text: str) -> str:
    """What is paid for: the words around an amount that say nothing else."""
    for pattern in (_UNTIL, *_CHANNELS.values()):
        text = pattern.sub("", text)
    text = _SUBJECT_LEAD.sub("", text.strip(" :,."))
    return _COLLECTED.sub("", " ".join(text.split())).strip(" :,.")
