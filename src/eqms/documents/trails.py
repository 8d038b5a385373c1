"""Which trails belong to a place in the site: a document, an agency with its documents, or all."""

from Acquisition import aq_parent
from collections.abc import Sequence
from eqms.agencies.content import IAgency
from eqms.documents.content import IControlledDocument
from eqms.documents.content import IRevision
from eqms.trail import storage
from plone import api
from Products.CMFCore.interfaces import ISiteRoot
from typing import Any


def subject_of(context: Any) -> str:
    """The trail in which events of an object stand: of a revision, that of its document."""
    if ISiteRoot.providedBy(context):
        return storage.SITE
    document = aq_parent(context) if IRevision.providedBy(context) else context
    return str(api.content.get_uuid(document))


def subjects_of(context: Any) -> list[str]:
    """The trails of an object and of the documents in it, sorted.

    Of an agency also those of documents that are gone, as long as it stands where they were.
    """
    if ISiteRoot.providedBy(context):
        return list(storage.subjects())
    if not IAgency.providedBy(context):
        return [subject_of(context)]
    path = "/".join(context.getPhysicalPath())
    catalog = api.portal.get_tool("portal_catalog")
    marker = IControlledDocument.__identifier__
    present = {
        brain.UID for brain in catalog.unrestrictedSearchResults(object_provides=marker, path=path)
    }
    gone = {subject for subject in storage.subjects() if _began_below(subject, f"{path}/")}
    return sorted({subject_of(context)} | present | gone)


def rows_of(context: Any) -> Sequence[dict[str, Any]]:
    """The rows of an object, newest first; of a revision those of its document's that name it."""
    trail = storage.trail_of(subject_of(context))
    if trail is None:
        return ()
    if not IRevision.providedBy(context):
        return NewestFirst(trail)
    uid = api.content.get_uuid(context)
    return [row for row in trail if _names(row, uid)][::-1]


class NewestFirst(Sequence[dict[str, Any]]):
    """The rows of a trail, each read only when it is asked for."""

    def __init__(self, trail: storage.ObjectTrail) -> None:
        self._trail = trail

    def __len__(self) -> int:
        return len(self._trail)

    def __getitem__(self, index: Any) -> Any:
        numbers = range(len(self), 0, -1)[index]
        if isinstance(numbers, int):
            return self._row(numbers)
        return [self._row(number) for number in numbers]

    def _row(self, number: int) -> dict[str, Any]:
        # Somebody may have taken it out; the verification says so.
        return self._trail.get(number) or {"number": number}


def _names(row: dict[str, Any], revision: str) -> bool:
    details = row.get("details")
    return isinstance(details, dict) and details.get("revision") == revision


def _began_below(subject: str, path: str) -> bool:
    trail = storage.trail_of(subject)
    first = trail.get(1) if trail is not None else None
    return first is not None and str(first.get("path")).startswith(path)
