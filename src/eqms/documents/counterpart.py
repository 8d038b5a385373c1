"""Which revision another one is compared with."""

from Acquisition import aq_parent
from eqms.documents.content import register_of
from eqms.documents.services.revisions.get import visible_revisions
from eqms.documents.workflow import state_of
from eqms.domain.revisions import OPEN
from plone import api
from typing import Any
from zExceptions import NotFound


def others(revision: Any) -> list[Any]:
    """The other revisions of the document that the caller may view, newest first."""
    uid = api.content.get_uuid(revision)
    found = visible_revisions(aq_parent(revision))
    return [other for other in found if api.content.get_uuid(other) != uid]


def counterpart(revision: Any, seq: str | None = None) -> Any | None:
    """The revision to compare with.

    An open revision is held against the one in force, any other against the one it was based on,
    or else the one before it; None if the caller may view none of these.

    :param seq: internal order of the revision to take instead, as it stands in an address
    :raises NotFound: if the document has no other revision with this ``seq`` for the caller
    """
    known = others(revision)
    if seq is not None:
        for other in known:
            if str(other.seq) == seq:
                return other
        raise NotFound(seq)
    live = register_of(aq_parent(revision)).live
    in_force = live.uid if live is not None and state_of(revision) in OPEN else None
    by_uid = {api.content.get_uuid(other): other for other in known}
    earlier = (other for other in known if other.seq < revision.seq)
    return by_uid.get(in_force) or by_uid.get(revision.based_on) or next(earlier, None)


def in_order(one: Any, other: Any) -> tuple[Any, Any]:
    """Two revisions: what holds or has held first, then what is to take its place."""
    old, new = sorted((one, other), key=lambda item: (item.in_force_from is None, item.seq))
    return old, new
