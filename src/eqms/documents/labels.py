"""What states are called on screen; the workflow definitions use the same messages."""

from collections.abc import Mapping
from eqms import _
from eqms.domain.revisions import DocumentState
from eqms.domain.revisions import State
from types import MappingProxyType
from typing import Any
from zope.i18nmessageid import Message


STATES: Mapping[State, Message] = MappingProxyType(
    {
        State.DRAFT: _("Draft"),
        State.IN_REVIEW: _("Awaiting review"),
        State.IN_APPROVAL: _("Awaiting approval"),
        State.APPROVED: _("Approved, awaiting issue"),
        State.IN_FORCE: _("In force"),
        State.SUPERSEDED: _("Superseded"),
        State.WITHDRAWN: _("Cancelled, never issued"),
        State.SUSPENDED: _("Suspended"),
        State.OBSOLETE: _("Retired"),
        State.DISPOSED: _("Disposed"),
    }
)

RETURNED = _("Returned")
ISSUED_FOR_LATER = _("Issued, not yet in force")

DOCUMENT_STATES: Mapping[DocumentState, Message] = MappingProxyType(
    {
        DocumentState.NO_REVISION: _("document_no_revision", default="Not issued yet"),
        DocumentState.IN_FORCE: _("document_in_force", default="In force"),
        DocumentState.IN_FORCE_IN_PROGRESS: _(
            "document_in_force_in_progress", default="In force, revision in progress"
        ),
        DocumentState.SUSPENDED: _("document_suspended", default="Suspended"),
        DocumentState.RETIRED: _("document_retired", default="Retired"),
    }
)

END_REASONS: Mapping[str, Message] = MappingProxyType(
    {
        "replaced": _("end_replaced", default="Replaced by another document"),
        "merged": _("end_merged", default="Merged into another document"),
        "basis_ended": _("end_basis_ended", default="Its legal basis is no longer in force"),
        "not_applied": _("end_not_applied", default="The work is no longer done"),
        "abolished": _("end_abolished", default="Abolished by a decision"),
        "other": _("end_other", default="Another reason"),
    }
)
"""Why a document is out of use, as readers are told."""


def state_label(revision: Any, state: State) -> Message:
    """What the state of a revision is called, with what it does not say by itself.

    A draft may have come back, and an approved revision may be issued for a day to come.
    """
    if state is State.DRAFT and revision.ever_submitted:
        return RETURNED
    if state is State.APPROVED and revision.due_at is not None:
        return ISSUED_FOR_LATER
    return STATES[state]
