"""What is printed of any revision besides its content: the control block and the two tables.

Plain data with the words of official texts: the same for the PDF and for Word files, whatever the
language of the user, because the paper belongs to a Vietnamese agency.
"""

from Acquisition import aq_parent
from collections.abc import Iterator
from datetime import date
from datetime import datetime
from eqms.agencies.lookup import agency_of
from eqms.approval.manifest import cover
from eqms.approval.manifest import Printed
from eqms.documents.dates import site_zone
from eqms.domain.official_dates import written_out
from plone import api
from typing import Any
from typing import Final
from zope.i18n import translate


LANGUAGE: Final = "vi"

COLUMNS: Final = (
    ("drafting", "Soạn thảo"),
    ("review", "Xem xét"),
    ("approval", "Phê duyệt"),
)

MARKS: Final = {
    "software": "Đã xác nhận trên phần mềm",
    "declared": "Theo bản giấy đã ban hành",
}
"""In the place of a signature, by its kind: never a picture, and no word of digital signing."""

SHEET_LINES: Final = 3
"""Lines of an amendment sheet on which nothing stands yet."""


def control_block(revision: Any) -> dict[str, Any]:
    """Who issues what under which number: the block at the head of every page."""
    document, agency = aq_parent(revision), agency_of(revision)
    fti = api.portal.get_tool("portal_types")[document.portal_type]
    kind = translate(fti.title, domain=fti.i18n_domain or None, target_language=LANGUAGE)
    return {
        "superior": agency.superior or "",
        "agency": agency.title,
        "seat": agency.seat or "",
        "kind": kind,
        "title": revision.title,
        "code": document.code or "",
        "issue": f"{revision.issue_no:02}",
        "amendment": "" if agency.issues_only else f"{revision.amendment_no:02}",
        "issued_on": written_out(_day(revision.issued_at)),
        "in_force_from": _written(revision.in_force_from or revision.due_at),
        "decision": _decision(revision.issued_by_decision),
    }


def signature_table(revision: Any) -> list[dict[str, Any]]:
    """The three columns with everybody who signed; a column without anybody has no people."""
    signers = cover(revision)
    return [
        {"title": title, "people": [_signer(printed) for printed in signers[column]]}
        for column, title in COLUMNS
    ]


def amendment_sheet(revision: Any) -> list[dict[str, str]]:
    """The lines of the amendment sheet with their running numbers; empty ones for a first issue."""
    rows = [_amendment(revision, row) for row in revision.amendments or []]
    rows = rows or [_amendment(revision, None)] * SHEET_LINES
    return [row | {"line": str(number)} for number, row in enumerate(rows, 1)]


def applies_to(revision: Any) -> list[str]:
    """Titles of the tiers and agencies that work by the document."""
    titles = api.content.get_view("revision-body", revision).applies_to()
    return [str(translate(title, target_language=LANGUAGE)) for title in titles]


def ended_on(revision: Any) -> str:
    """Since when a revision is out of use, in words; empty if it is not."""
    ended = revision.retired_at or revision.superseded_at or revision.suspended_at
    return f"từ {_written(ended)}" if ended else ""


def _amendment(revision: Any, row: dict[str, Any] | None) -> dict[str, str]:
    names = ("number", "place", "summary", "ground")
    line = {name: str((row or {}).get(name) or "") for name in names}
    if row is not None and not line["number"]:
        line["number"] = f"{revision.issue_no:02}/{revision.amendment_no:02}"
    return line


def _signer(printed: Printed) -> dict[str, str]:
    return {
        "name": printed.name,
        "position": "\n".join(printed.lines) or printed.position,
        "mark": "\n".join(_mark(printed)),
    }


def _mark(printed: Printed) -> Iterator[str]:
    if printed.kind in MARKS:
        yield MARKS[printed.kind]
    if printed.at is not None:
        yield _written(printed.at)
    if printed.absent:
        yield f"(thay {printed.absent} vắng mặt)"


def _decision(by: dict[str, Any] | None) -> str:
    return f"Quyết định số {by['number']} {written_out(by['date'])}" if by else ""


def _written(instant: datetime | None) -> str:
    return written_out(_day(instant)) if instant is not None else ""


def _day(instant: datetime | None) -> date | None:
    return instant.astimezone(site_zone()).date() if instant is not None else None
