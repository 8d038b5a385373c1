"""The signatures of a revision as people and portals read them."""

from eqms.approval.record import record_of
from typing import Any


def manifest(revision: Any) -> list[dict[str, Any]]:
    """Every signature ever given on the revision, in order, the invalid ones with their reason."""
    return [
        {
            "step": row.step,
            "meaning": row.meaning,
            "person": row.person,
            "name": row.name,
            "position": row.position,
            "on_behalf_of": row.on_behalf_of,
            "at": row.at.isoformat().replace("+00:00", "Z") if row.at else None,
            "kind": row.kind,
            "comment": row.comment,
            "content_hash": row.content_hash,
            "valid": row.valid,
            "invalid_since": (
                row.invalid_since.isoformat().replace("+00:00", "Z") if row.invalid_since else None
            ),
            "invalid_reason": row.invalid_reason or None,
        }
        for row in record_of(revision).signatures
    ]
