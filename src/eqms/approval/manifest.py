"""The signatures of a revision as people and portals read them."""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from eqms.approval.record import record_of
from eqms.approval.signature import SignatureRow
from eqms.domain.route_plan import COVER
from typing import Any


COLUMN_OF_DECLARED = {"draft": "drafting", "review": "review", "approval": "approval"}
"""The column of the cover in which a signature of a document taken over stood."""


def manifest(revision: Any) -> list[dict[str, Any]]:
    """Every signature ever given on the revision, in order, the invalid ones with their reason."""
    return [_whole(row) for row in record_of(revision).signatures]


def public_manifest(revision: Any) -> list[dict[str, Any]]:
    """What everybody may know of the signatures that stand on an issued revision.

    No user ids and no comments: names and posts as they are printed.
    """
    if revision.issued_at is None:
        return []
    return [_printed(row) for row in record_of(revision).signatures if row.valid]


@dataclass(frozen=True)
class Printed:
    """A name on the cover, with the lines above it (or the post below)."""

    name: str
    lines: tuple[str, ...]
    position: str
    at: datetime | None
    kind: str
    absent: str
    absent_from: date | None
    absent_until: date | None


def cover(revision: Any) -> dict[str, list[Printed]]:
    """The three columns of the cover: Soạn thảo, Xem xét, Phê duyệt.

    Only signatures that stand are printed. Where no step prints under Soạn thảo, those who wrote
    are named there, as they were called when the revision was submitted.
    """
    record = record_of(revision)
    columns: dict[str, list[Printed]] = {column: [] for column in COVER}
    for row in record.signatures:
        column = row.on_cover or COLUMN_OF_DECLARED.get(row.meaning if not row.person else "", "")
        if row.valid and column:
            columns[column].append(_on_cover(row))
    if not columns["drafting"]:
        columns["drafting"] = [
            Printed(member.name, (), member.title, None, "", "", None, None)
            for member in record.drafters
        ]
    return columns


def _on_cover(row: SignatureRow) -> Printed:
    return Printed(
        name=row.name,
        lines=row.lines,
        position=row.position,
        at=row.at,
        kind=row.kind,
        absent=row.on_behalf_of_name,
        absent_from=row.absent_from,
        absent_until=row.absent_until,
    )


def _printed(row: SignatureRow) -> dict[str, Any]:
    return {
        "meaning": row.meaning,
        "act": row.act or None,
        "name": row.name,
        "position": row.position,
        "lines": list(row.lines),
        "on_behalf_of_name": row.on_behalf_of_name or None,
        "waiver": _waiver(row),
        "at": _instant(row.at),
        "kind": row.kind,
    }


def _whole(row: SignatureRow) -> dict[str, Any]:
    return {
        **_printed(row),
        "seq": row.seq,
        "round": row.round,
        "step": row.step,
        "person": row.person,
        "capacity": row.capacity or None,
        "on_behalf_of": row.on_behalf_of,
        "substitution": _substitution(row),
        "comment": row.comment,
        "statement": row.statement or None,
        "method": row.method or None,
        "authenticated_at": _instant(row.authenticated_at),
        "content_hash": row.content_hash,
        "canonical_version": row.canonical_version,
        "valid": row.valid,
        "invalid_since": _instant(row.invalid_since),
        "invalid_reason": row.invalid_reason or None,
        "previous": row.previous,
        "hash": row.hash,
    }


def _substitution(row: SignatureRow) -> dict[str, Any] | None:
    if not row.substitution:
        return None
    return {
        "id": row.substitution,
        "from": row.absent_from.isoformat() if row.absent_from else None,
        "until": row.absent_until.isoformat() if row.absent_until else None,
    }


def _waiver(row: SignatureRow) -> dict[str, Any] | None:
    if row.waived is None:
        return None
    return {
        "rule": row.waived.value,
        "number": row.waiver_number,
        "date": row.waiver_date.isoformat() if row.waiver_date else None,
    }


def _instant(value: datetime | None) -> str | None:
    return value.isoformat().replace("+00:00", "Z") if value is not None else None
