"""Whether a copy on paper is still valid (ISO 9001:2015, 7.5.3.2), as far as the asker may know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from eqms.agencies.codes import holder_of
from eqms.documents.asof import may_know
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.register import Entry
from eqms.documents.tombstone import tombstone_of
from eqms.documents.workflow import state_of
from eqms.domain.codes import canonical
from eqms.domain.validity import same_hash
from eqms.domain.validity import Validity
from eqms.domain.validity import validity_of
from plone import api
from typing import Any
from typing import Final


AT_MOST: Final = 20
"""Documents that share a code and are answered for; more can only be an accident."""


@dataclass(frozen=True)
class Copy:
    """What may be said of a copy.

    ``since`` and ``until`` are when its revision was in force for the first and last time.
    ``replaced_by`` is the revision that is in force instead, ``successor`` the catalog entry of a
    document to go by instead of a retired one; both only if the asker may know of them.
    """

    document: Any
    revision: Any
    validity: Validity
    since: datetime | None
    until: datetime | None
    replaced_by: Any | None
    successor: Any | None

    @property
    def number(self) -> str:
        """Issue and amendment number of the revision, as on paper."""
        return number_of(self.revision)


def copy_by_code_on_it(uid: str, seq: int, content_hash: str) -> Copy | None:
    """The copy with such a code on it; None for all that the caller may not know of, and for more.

    :param uid: of the document
    :param seq: internal order of the revision
    :param content_hash: the first characters of its hash, or empty
    """
    for document in _documents(UID=uid):
        for entry in register_of(document).entries:
            if entry.seq == seq:
                copy = _copy(document, entry)
                same = copy is not None and same_hash(content_hash, copy.revision.content_hash)
                return copy if same else None
    return None


def copies_by_number(code: str, agency: str = "") -> Iterator[Copy]:
    """For each document with a code: what is in force, or was for the last time.

    :param code: of the document, however it is written
    :param agency: code of the agency that issues it; empty for any
    """
    query = {"eqms_codes": canonical(code)}
    if agency:
        query["eqms_agency"] = holder_of(agency) or ""
    for document in _documents(**query):
        entry = register_of(document).latest
        copy = _copy(document, entry) if entry is not None else None
        if copy is not None:
            yield copy


def _documents(**query: Any) -> Iterator[Any]:
    """Controlled documents that the caller may view."""
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog(
        object_provides="eqms.documents.content.IControlledDocument",
        show_inactive=True,
        sort_on="path",
        sort_limit=AT_MOST,
        **query,
    )[:AT_MOST]:
        yield brain.getObject()


def _copy(document: Any, entry: Entry) -> Copy | None:
    revision = document._getOb(entry.id)
    register = register_of(document)
    times = [row for row in register.intervals if row.revision == entry.uid]
    if not _is_known(document, revision, was_in_force=bool(times)):
        return None
    live, stone = register.in_force, tombstone_of(document)
    instead = document._getOb(live.id) if live is not None and live.uid != entry.uid else None
    return Copy(
        document=document,
        revision=revision,
        validity=validity_of(state_of(revision)),
        since=times[0].start if times else None,
        until=times[-1].end if times else None,
        replaced_by=instead,
        successor=stone.successor if stone is not None else None,
    )


def _is_known(document: Any, revision: Any, was_in_force: bool) -> bool:
    if api.user.has_permission("View", obj=revision):
        return True
    return was_in_force and may_know(revision.classification, document)
