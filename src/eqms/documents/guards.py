"""Outside its draft no channel writes a revision, whoever asks (invariant 3).

Role maps of the workflow refuse first. What goes past them (ZMI, scripts, imports, ancestors
removed or renamed) ends here: these subscribers raise, and the transaction with them.
"""

from Acquisition import aq_inner
from Acquisition import aq_parent
from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.documents.content import IRevision
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.elevation import is_elevated
from eqms.documents.errors import forbidden
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import state_of
from eqms.domain.revisions import WRITABLE
from OFS.interfaces import IObjectWillBeMovedEvent
from Products.CMFCore.interfaces import ISiteRoot
from typing import Any
from zope.lifecycleevent.interfaces import IObjectModifiedEvent


def is_writable(revision: Any) -> bool:
    """Whether content may be written: in a draft, and by code that acts for the system."""
    return is_elevated() or state_of(revision) in WRITABLE


def refuse_unless_writable(revision: Any) -> None:
    """Refuse unless the revision is a draft.

    :raises Forbidden: also for a Manager
    """
    if not is_writable(revision):
        raise forbidden(
            _(
                "error_not_writable",
                default="Revision ${number} is no draft any more: nobody can change it. Open a "
                "new revision instead.",
                mapping={"number": f"{revision.issue_no:02}/{revision.amendment_no:02}"},
            )
        )


def refuse_if_altered(revision: Any) -> None:
    """Refuse what a modified event tells of, if content was written outside a draft.

    Such an event comes also when nothing was written: the pages that link to another one get it
    when that one is removed.

    :raises Forbidden: also for a Manager
    """
    if not is_writable(revision) and revision.content_hash != hash_of(revision):
        refuse_unless_writable(revision)


def revision_moving(revision: Any, event: IObjectWillBeMovedEvent) -> None:
    """Being added, moved, renamed or removed, itself or with something that contains it."""
    if _whole_site(event) or is_elevated():
        return
    if event.oldParent is None:
        raise forbidden(
            _(
                "error_revision_added",
                default="A revision cannot be added, copied or imported as such. Use Revise on "
                "its document.",
            )
        )
    if event.object is revision and event.newParent is not None:
        raise forbidden(
            _(
                "error_revision_moved",
                default="A revision keeps its place in its document.",
            )
        )
    if was_submitted(revision):
        raise forbidden(
            _(
                "error_revision_kept",
                default="Revision ${number} was submitted for approval and must be kept: neither "
                "it nor anything that contains it can be removed, renamed or moved.",
                mapping={"number": number_of(revision)},
            )
        )


def document_moving(document: Any, event: IObjectWillBeMovedEvent) -> None:
    """A controlled document stands in an agency, and stays in it."""
    if event.object is not document or is_elevated():
        return
    if event.newParent is not None and agency_of(event.newParent) is None:
        raise forbidden(
            _(
                "error_outside_agency",
                default="A controlled document belongs to an agency. Add it in the folder of the "
                "agency.",
            )
        )
    if event.oldParent is None and register_of(document).entries:
        raise forbidden(
            _(
                "error_document_copied",
                default="A controlled document cannot be copied: its history belongs to one "
                "document. Add a new one.",
            )
        )
    if event.newParent is not None and event.oldParent is not None:
        before, after = agency_of(event.oldParent), agency_of(event.newParent)
        if before is None or after is None or before.UID() != after.UID():
            raise forbidden(
                _(
                    "error_document_moved",
                    default="A controlled document cannot be moved to another agency.",
                )
            )


def part_moving(part: Any, event: IObjectWillBeMovedEvent) -> None:
    """An image or attachment comes to, leaves or moves within a revision."""
    if event.object is not part or _whole_site(event):
        return
    for parent in (event.oldParent, event.newParent):
        revision = revision_of(parent)
        if revision is not None:
            refuse_unless_writable(revision)


def part_modified(part: Any, event: IObjectModifiedEvent) -> None:
    """An image or attachment of a revision is written."""
    revision = revision_of(part)
    if revision is not None and aq_inner(revision) is not aq_inner(part):
        refuse_if_altered(revision)


def was_submitted(revision: Any) -> bool:
    """Whether anybody was ever asked to review or approve the revision, or it is past that."""
    return revision.ever_submitted or state_of(revision) not in WRITABLE


def revision_of(context: Any) -> Any | None:
    """The revision that contains the context (or is it), if it stands in one."""
    while context is not None and not ISiteRoot.providedBy(context):
        if IRevision.providedBy(context):
            return context
        context = aq_parent(aq_inner(context))
    return None


def _whole_site(event: IObjectWillBeMovedEvent) -> bool:
    return ISiteRoot.providedBy(event.object)
