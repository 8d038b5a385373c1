"""Whether documents and revisions are what their trail says."""

from collections.abc import Iterator
from collections.abc import Mapping
from eqms.documents.content import IControlledDocument
from eqms.documents.content import IRevision
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import state_of
from eqms.domain.revisions import State
from eqms.domain.revisions import WRITABLE
from eqms.trail.interfaces import Comparison
from eqms.trail.interfaces import IContentCheck
from plone import api
from plone.uuid.interfaces import IUUID
from typing import Any
from zope.interface import implementer


@implementer(IContentCheck)
class DocumentCheck:
    """Compares documents with their trails."""

    def subjects(self) -> Iterator[str]:
        """Every controlled document."""
        catalog = api.portal.get_tool("portal_catalog")
        for brain in catalog.unrestrictedSearchResults(
            object_provides=IControlledDocument.__identifier__
        ):
            yield brain.UID

    def compare(self, subject: str) -> Comparison:
        """Compare one document, if the trail is that of one."""
        return DocumentComparison(subject)


class DocumentComparison(Comparison):
    """State and hash of each revision, against the last row about it.

    Findings: ``document_missing``, ``revision_missing`` (no row says that it was removed),
    ``revision_unknown`` (no row says that it was added), ``state`` (another than the last
    transition gave it), ``content_altered`` (its content is not what was submitted).
    """

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.present = False
        self.states: dict[str, str] = {}
        self.hashes: dict[str, str] = {}

    def see(self, row: Mapping[str, Any]) -> None:
        """Note what the row says of a revision."""
        action = row.get("action")
        if action in ("document_added", "document_removed"):
            self.present = action == "document_added"
        details = row.get("details")
        revision = details.get("revision") if isinstance(details, Mapping) else None
        if not isinstance(revision, str):
            return
        if action == "draft_removed":
            self.states.pop(revision, None)
        elif action == "draft_opened":
            self.states[revision] = State.DRAFT.value
        elif "new_state" in details:
            self.states[revision] = details["new_state"]
        if "content_hash" in details:
            self.hashes[revision] = details["content_hash"]

    def findings(self) -> Iterator[tuple[str, str]]:
        """Compare what was noted with what is there."""
        if not self.present:
            return
        document = by_uid(self.subject)
        if document is None:
            yield "document_missing", self.subject
            return
        revisions = {
            IUUID(item): item for item in document.objectValues() if IRevision.providedBy(item)
        }
        for uid in sorted(self.states.keys() - revisions.keys()):
            yield "revision_missing", uid
        for uid, revision in revisions.items():
            yield from self._of(uid, revision)

    def _of(self, uid: str, revision: Any) -> Iterator[tuple[str, str]]:
        if uid not in self.states:
            yield "revision_unknown", uid
            return
        state = state_of(revision)
        if state.value != self.states[uid]:
            yield "state", uid
        if state in WRITABLE:
            return
        if not self.hashes.get(uid) == revision.content_hash == hash_of(revision):
            yield "content_altered", uid


def by_uid(uid: str) -> Any | None:
    """The controlled document with a UID, whoever asks; None for what is none, or is gone."""
    catalog = api.portal.get_tool("portal_catalog")
    marker = IControlledDocument.__identifier__
    found = catalog.unrestrictedSearchResults(UID=uid, object_provides=marker)
    return found[0]._unrestrictedGetObject() if found else None
