"""What remains to be read of a document that is out of use, by everybody who could read it."""

from dataclasses import dataclass
from datetime import datetime
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from plone import api
from typing import Any


@dataclass(frozen=True)
class Tombstone:
    """Code and title stand on the document; of the content nothing is told.

    ``until`` is when it was in force for the last time; ``why`` a key of ``labels.END_REASONS``,
    None for a suspension; ``decision`` the one that retired it; ``successor`` the catalog entry of
    a document that the reader may see.
    """

    number: str
    since: datetime | None
    until: datetime | None
    why: str | None
    decision: dict[str, Any] | None
    successor: Any | None


def tombstone_of(document: Any) -> Tombstone | None:
    """None for a document that is in force, or never was."""
    register = register_of(document)
    if register.in_force is not None:
        return None
    entry = register.latest
    if entry is None:
        return None
    revision = document._getOb(entry.id)
    rows = [row for row in register.intervals if row.revision == entry.uid]
    return Tombstone(
        number=number_of(revision),
        since=rows[0].start if rows else None,
        until=rows[-1].end if rows else None,
        why=revision.retired_because,
        decision=revision.retired_by_decision,
        successor=_seen(revision.successor),
    )


def _seen(uid: str | None) -> Any | None:
    """The catalog entry of a document, if the present user may see it."""
    if uid is None:
        return None
    found = api.portal.get_tool("portal_catalog")(UID=uid, show_inactive=True)
    return found[0] if found else None
