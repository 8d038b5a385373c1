"""Trails as files: JSON lines for whoever verifies them, CSV for whoever reads them.

A JSON-lines export holds one object a line, each with a ``kind``: ``export`` (what this is, when it
was made), ``row``, ``checkpoint``, ``head`` (of the newest checkpoint), ``end`` (how many there
were, so that a file cut short is noticed). ``scripts/verify_trail.py`` verifies it without Plone.
"""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from csv import writer
from eqms.domain.canonical import canonical_json
from eqms.domain.clock import now
from eqms.domain.spreadsheet import harmless
from eqms.trail import storage
from eqms.trail.checkpoints import Checkpoints
from eqms.trail.verification import release_memory
from io import StringIO
from typing import Any
from typing import Final
import json


FORMAT: Final = 1

COLUMNS: Final = (
    "subject",
    "number",
    "at",
    "actor",
    "on_behalf_of",
    "channel",
    "action",
    "path",
    "details",
    "schema_version",
    "previous",
    "hash",
)

_BYTE_ORDER_MARK: Final = "\ufeff"
"""Spreadsheets take a file without it for one in the code page of the machine."""


def json_lines(
    subjects: Iterable[str], scope: str, checkpoints: Checkpoints | None = None
) -> Iterator[str]:
    """An export, line by line.

    :param scope: address of what is exported
    :param checkpoints: to be exported with it, where these are all trails of the site
    """
    whole = checkpoints is not None
    yield _line("export", format=FORMAT, scope=scope, whole=whole, at=now())
    counts: Counter[str] = Counter()
    for subject, row in _rows(subjects):
        counts["rows"] += 1
        yield _line("row", chain=subject, row=row)
    for line in checkpoint_lines(checkpoints) if checkpoints is not None else ():
        counts["checkpoint_lines"] += 1
        yield line
    yield _line("end", rows=counts["rows"], checkpoint_lines=counts["checkpoint_lines"])


def checkpoint_lines(checkpoints: Checkpoints) -> Iterator[str]:
    """All checkpoints, and the heads of the newest one: what is to be kept outside the database."""
    for checkpoint in checkpoints:
        stamp = checkpoints.stamp(checkpoint["number"])
        yield _line("checkpoint", checkpoint=checkpoint, stamp=stamp)
    for head in checkpoints.heads():
        yield _line("head", head=head._asdict())


def csv_lines(subjects: Iterable[str]) -> Iterator[str]:
    """The rows for a spreadsheet. It cannot be verified: keep the JSON lines for that."""
    yield _BYTE_ORDER_MARK + _csv(COLUMNS)
    for _subject, row in _rows(subjects):
        yield _csv(cell(row.get(name)) for name in COLUMNS)


def cell(value: object) -> str:
    """A value as text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    return harmless(value if isinstance(value, str) else canonical_json(value).decode())


def _rows(subjects: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for subject in subjects:
        for row in storage.trail_of(subject) or ():
            yield subject, row
        release_memory()


def _line(kind: str, **members: Any) -> str:
    # A row that somebody altered may have no canonical form; it is shown as it is all the same.
    return json.dumps({"kind": kind, **members}, ensure_ascii=False, default=_text) + "\n"


def _text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return value.isoformat() if hasattr(value, "isoformat") else repr(value)


def _csv(cells: Iterable[str]) -> str:
    line = StringIO()
    writer(line).writerow(cells)
    return line.getvalue()
