"""The annex list of a decision: choosing its rows, and what stands against one of them."""

from Acquisition import aq_parent
from collections.abc import Sequence
from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.approval.decisions.content import IssueDecision
from eqms.approval.decisions.content import row_of
from eqms.approval.decisions.states import require_draft
from eqms.approval.decisions.states import require_permission
from eqms.documents.content import IControlledDocument
from eqms.documents.content import IRevision
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.ending import refuse_unless_retirable
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import REFUSALS
from eqms.documents.errors import told
from eqms.documents.labels import STATES
from eqms.documents.migration import reasoned
from eqms.documents.snapshot import hash_of
from eqms.documents.switch import NO_CODE
from eqms.documents.workflow import state_of
from eqms.domain.clock import now
from eqms.domain.decisions import Action
from eqms.domain.decisions import check_rows
from eqms.domain.decisions import DecisionError
from eqms.domain.decisions import Dropped
from eqms.domain.decisions import proposed_action
from eqms.domain.decisions import Row
from eqms.domain.numbering import PaperNumber
from eqms.domain.revisions import State
from eqms.trail import storage as trail
from plone import api
from plone.app.uuid.utils import uuidToObject
from typing import Any


def issue_row(revision: Any, action: Action | None = None) -> Row:
    """The row by which a revision is issued; without an action the one its number tells."""
    document = aq_parent(revision)
    return Row(
        api.content.get_uuid(document),
        api.content.get_uuid(revision),
        action or proposed_action(_number(revision), _number_before(document)),
    )


def abolish_row(document: Any, successor: str | None = None) -> Row:
    """The row by which a document is abolished, in favour of a successor or not."""
    return Row(api.content.get_uuid(document), None, Action.ABOLISHED, successor)


def set_rows(decision: IssueDecision, rows: Sequence[Row]) -> None:
    """Give a decision that is being prepared its rows, in order; those it had are replaced.

    :raises Forbidden: for who may not enter decisions of the agency
    :raises Conflict: if the decision is no draft
    :raises BadRequest: if a document stands in two rows, or is none of the agency
    """
    require_permission(decision)
    require_draft(decision)
    try:
        if rows:
            check_rows(rows)
    except DecisionError as error:
        raise bad_request(
            _("error_row_twice", default="A document stands in more than one row.")
        ) from error
    for row in rows:
        document_of(decision, row)
    chosen = {row.document for row in rows}
    decision.rows = tuple(rows)
    decision.dropped = tuple(gone for gone in decision.dropped if gone.row.document not in chosen)
    decision.reindexObject(idxs=["eqms_decides"])
    note(decision, "decision_rows_set", rows=[as_data(row) for row in rows])


def drop_row(decision: IssueDecision, document: str, reason: str) -> Row:
    """Take a row out that stands against the others; what is on paper is kept, with the reason.

    :param document: UID of the document that the row is about
    :raises BadRequest: without a reason, or if there is no such row
    """
    row = row_of(decision, document)
    if row is None:
        raise bad_request(
            _("error_no_such_row", default="The decision has no row about this document.")
        )
    gone = Dropped(row, reasoned(reason), api.user.get_current().getId() or "", now())
    decision.rows = tuple(kept for kept in decision.rows if kept is not row)
    decision.dropped = (*decision.dropped, gone)
    decision.reindexObject(idxs=["eqms_decides"])
    note(decision, "decision_row_dropped", reason=gone.reason, row=as_data(row))
    return row


def document_of(decision: IssueDecision, row: Row) -> Any:
    """The document of a row.

    :raises BadRequest: if it is gone, or belongs to another agency
    """
    document = uuidToObject(row.document, unrestricted=True)
    if not IControlledDocument.providedBy(document) or (
        api.content.get_uuid(agency_of(document)) != api.content.get_uuid(agency_of(decision))
    ):
        raise bad_request(
            _(
                "error_row_document",
                default="A row must name a document of the agency that takes the decision.",
            )
        )
    return document


def revision_of(document: Any, row: Row) -> Any:
    """The revision that a row issues.

    :raises BadRequest: if it is none of the document
    """
    entry = register_of(document).entry(row.revision or "")
    revision = document._getOb(entry.id) if entry is not None else None
    if not IRevision.providedBy(revision):
        raise bad_request(
            _("error_row_revision", default="A row must name a revision of its document.")
        )
    return revision


def obstacle(decision: IssueDecision, row: Row) -> str | None:
    """What stands against carrying out a row now, in the language of the reader."""
    try:
        check_row(decision, row)
    except REFUSALS as refusal:
        return str(refusal)
    return None


def check_row(decision: IssueDecision, row: Row) -> None:
    """Refuse a row that cannot be carried out.

    :raises Conflict: if the revision is not approved and unchanged, is issued by another decision,
        or has no code; for a document to be abolished, if nothing of it is in force
    :raises BadRequest: if the row names what is not there
    """
    document = document_of(decision, row)
    if row.revision is None:
        refuse_unless_retirable(document)
        return
    revision = revision_of(document, row)
    state = state_of(revision)
    if state is not State.APPROVED:
        raise conflict(
            _(
                "error_row_state",
                default="Revision ${number} is in the state ${state}.",
                mapping={"number": number_of(revision), "state": told(STATES[state])},
            )
        )
    by = revision.issued_by_decision or {}
    if revision.due_at is not None and by.get("uid") != api.content.get_uuid(decision):
        raise conflict(
            _(
                "error_row_issued",
                default="Revision ${number} is issued already; its day has not come yet.",
                mapping={"number": number_of(revision)},
            )
        )
    if revision.content_hash != hash_of(revision):
        raise conflict(
            _(
                "error_content_changed",
                default="The content is not what was submitted. Nothing can be decided on it; "
                "tell the administrator.",
            )
        )
    if not document.code:
        raise conflict(NO_CODE)


def as_data(row: Row) -> dict[str, str]:
    """A row as the trail and the hash of the decision keep it."""
    return {
        "document": row.document,
        "revision": row.revision or "",
        "action": row.action.value,
        "successor": row.successor or "",
    }


def note(decision: IssueDecision, action: str, **details: Any) -> None:
    """Write a row of the audit trail of the decision."""
    path = "/".join(decision.getPhysicalPath())
    trail.append(api.content.get_uuid(decision), action, path=path, **details)


def _number(revision: Any) -> PaperNumber:
    return PaperNumber(revision.issue_no, revision.amendment_no)


def _number_before(document: Any) -> PaperNumber | None:
    """The number of what is in force, or was the last to be."""
    entry = register_of(document).latest
    return _number(document._getOb(entry.id)) if entry is not None else None
