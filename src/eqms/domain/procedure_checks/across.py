"""What only shows when procedures stand side by side: codes given twice, dates out of line."""

from collections import Counter
from collections import defaultdict
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from eqms.domain.codes import canonical
from eqms.domain.procedure_checks.model import Finding
from eqms.domain.procedure_checks.model import Place
from typing import Final


_FEWEST: Final = 5
_SHARE: Final = 0.75
_DAYS: Final = 31


@dataclass(frozen=True, slots=True)
class Entry:
    """A procedure among others.

    ``key`` tells it apart, ``scope`` is within what its code has to be unique, ``group`` what it
    is issued with.
    """

    key: str
    code: str
    scope: Hashable
    group: Hashable
    issued_on: date | None


def check_across(entries: Sequence[Entry]) -> Mapping[str, list[Finding]]:
    """Findings by the key of the entry they are about."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for check in (codes_shared, dates_out_of_line):
        for key, finding in check(entries):
            found[key].append(finding)
    return found


def codes_shared(entries: Iterable[Entry]) -> Iterator[tuple[str, Finding]]:
    """Codes that several procedures bear, in one scope or in different ones."""
    holders: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.code:
            holders[canonical(entry.code)].append(entry)
    for sharing in holders.values():
        scopes = Counter(entry.scope for entry in sharing)
        for entry in sharing:
            beside = scopes[entry.scope] - 1
            elsewhere = len(sharing) - scopes[entry.scope]
            for name, count in (("code_in_scope", beside), ("code_elsewhere", elsewhere)):
                if count:
                    values = {"code": entry.code, "count": count}
                    yield entry.key, Finding(name, Place("code"), values)


def dates_out_of_line(entries: Iterable[Entry]) -> Iterator[tuple[str, Finding]]:
    """Dates of issue near the one that nearly all of a set bear, and yet another day.

    A set is five at least, three quarters of them on one day; what was issued more than a month
    before or after belongs to another set.
    """
    groups: dict[Hashable, list[tuple[Entry, date]]] = defaultdict(list)
    for entry in entries:
        if entry.issued_on is not None:
            groups[entry.group].append((entry, entry.issued_on))
    for members in groups.values():
        usual, count = Counter(day for _entry, day in members).most_common(1)[0]
        near = [(entry, day) for entry, day in members if abs((day - usual).days) <= _DAYS]
        if count < _FEWEST or count < _SHARE * len(near):
            continue
        for entry, day in near:
            if day != usual:
                values = {"day": day, "count": count, "usual": usual}
                yield entry.key, Finding("issue_date_differs", Place("issued_on"), values)
