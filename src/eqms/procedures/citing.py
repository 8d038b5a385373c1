"""What a procedure cites: the keys of its legal bases and administrative procedures.

Derived from the rows as they stand; neither rows nor hashes change when a text is registered,
replaced or expires.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from eqms.documents.indexers import revision_in_force
from eqms.domain.legal_texts import keys_of
from eqms.procedures.content import IProcedure
from eqms.references.content import tthc_key
from plone.indexer import indexer
from typing import Any


def keys_cited(revision: Any) -> tuple[str, ...]:
    """The keys of everything that a revision of a procedure cites, each once."""
    return tuple(dict.fromkeys(_keys(revision)))


def keys_of_basis(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of a row of the legal bases; empty if the row does not tell which text it means."""
    issued_on = date.fromisoformat(row["issued_on"]) if row.get("issued_on") else None
    name = row.get("text") or row.get("title") or ""
    return keys_of(row.get("number") or "", name, issued_on=issued_on).sure


def _keys(revision: Any) -> Iterator[str]:
    for row in revision.legal_bases or ():
        yield from keys_of_basis(row)
    for line in revision.references or ():
        yield from keys_of(name=line).sure
    for row in revision.administrative_procedures or ():
        if key := tthc_key(row.get("code") or ""):
            yield key


@indexer(IProcedure)
def cites(document: Any) -> tuple[str, ...]:
    """What the revision in force cites."""
    revision = revision_in_force(document)
    return keys_cited(revision) if revision is not None else ()
