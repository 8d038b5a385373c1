"""Entering a signed decision: every row at one instant, or none."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from eqms import _
from eqms.approval.decisions.content import IssueDecision
from eqms.approval.decisions.rows import as_data
from eqms.approval.decisions.rows import check_row
from eqms.approval.decisions.rows import document_of
from eqms.approval.decisions.rows import drop_row
from eqms.approval.decisions.rows import note
from eqms.approval.decisions.rows import revision_of
from eqms.approval.decisions.states import check_file
from eqms.approval.decisions.states import fire
from eqms.approval.decisions.states import ISSUED
from eqms.approval.decisions.states import require_draft
from eqms.approval.decisions.states import require_permission
from eqms.approval.decisions.states import state_of
from eqms.approval.notices.telling import announce
from eqms.documents import schedule
from eqms.documents import switch
from eqms.documents.content import register_of
from eqms.documents.dates import site_zone
from eqms.documents.ending import retire
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import REFUSALS
from eqms.documents.interfaces import IScheduledKind
from eqms.documents.migration import reasoned
from eqms.documents.snapshot import digest
from eqms.domain.canonical import content_hash
from eqms.domain.clock import now
from eqms.domain.decisions import DecisionError
from eqms.domain.decisions import Row
from eqms.domain.decisions import start_of
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.namedfile.file import NamedBlobFile
from typing import Any
from zope.interface import implementer


KIND = "decision"
"""Kind of the entry that a decision for a day to come has in the schedule: one for all its rows."""

_TOLD = (
    "title",
    "grounds",
    "recipients",
    "capacity",
    "position",
    "signer",
    "number",
    "decided_on",
    "in_force_on",
)
"""What a decision says besides its rows and its file."""


@dataclass(frozen=True)
class Entry:
    """What the clerk enters once the decision was signed; who signed it may be known before."""

    number: str
    decided_on: date
    in_force_on: date | None = None
    signer: str = ""
    position: str = ""
    capacity: str = ""
    signed_file: NamedBlobFile | None = None


def enter(decision: IssueDecision, entry: Entry) -> None:
    """Enter the signed decision: its rows are carried out, at once or when their day comes.

    :raises Forbidden: for everybody but document controllers of the agency
    :raises BadRequest: if something is missing, or the dates contradict each other
    :raises Conflict: if it was entered before, or a row is blocked; the message says which and why
    """
    require_permission(decision)
    require_draft(decision)
    _check_entry(decision, entry)
    at = now()
    decision.start = _start(entry, at)
    decision.entered_at = at
    decision.number = entry.number.strip()
    decision.decided_on = entry.decided_on
    decision.in_force_on = entry.in_force_on
    decision.signed_file = entry.signed_file
    for name in ("signer", "position", "capacity"):
        setattr(decision, name, getattr(entry, name) or getattr(decision, name))
    if not decision.signer:
        raise bad_request(_("error_no_signer", default="Say who signed the decision."))
    decision.content_hash = hash_of(decision)
    fire(decision, "issue")
    note(
        decision,
        "decision_issued",
        number=decision.number,
        decided_on=decision.decided_on,
        in_force_from=decision.start,
        signer=decision.signer,
        content_hash=decision.content_hash,
        rows=[as_data(row) for row in decision.rows],
    )
    _each_row(decision, lambda row: check_row(decision, row))
    if decision.start <= at:
        _carry_out(decision)
    else:
        _each_row(decision, lambda row: _announce(decision, row))
        schedule.add(api.content.get_uuid(decision), decision.start, kind=KIND)


def drop(decision: IssueDecision, document: str, reason: str) -> None:
    """Take a row out of a decision that is not carried out yet.

    :param document: UID of the document that the row is about
    :raises Forbidden: for everybody but document controllers of the agency
    :raises Conflict: if the decision is carried out or cancelled
    :raises BadRequest: without a reason, or if there is no such row
    """
    require_permission(decision)
    issued = state_of(decision) == ISSUED
    if issued and decision.carried_out_at is None:
        row = drop_row(decision, document, reason)
        _take_back(decision, row)
    else:
        require_draft(decision)
        drop_row(decision, document, reason)


def cancel(decision: IssueDecision, reason: str) -> None:
    """Give a decision up that was never signed; it is kept.

    :raises Forbidden: for everybody but document controllers of the agency
    :raises Conflict: if it is no draft
    :raises BadRequest: without a reason
    """
    require_permission(decision)
    require_draft(decision)
    reason = reasoned(reason)
    decision.content_hash = hash_of(decision)
    fire(decision, "cancel", reason)
    note(decision, "decision_cancelled", reason=reason)


def hash_of(decision: IssueDecision) -> str:
    """SHA-256 of what the paper says (hex): the rows that were dropped stand on it too."""
    rows = [*decision.rows, *(gone.row for gone in decision.dropped)]
    return content_hash(
        {
            "schema_version": 1,
            "uid": api.content.get_uuid(decision),
            "rows": sorted((as_data(row) for row in rows), key=lambda row: row["document"]),
            "file": digest(decision.signed_file) if decision.signed_file is not None else "",
            **{name: getattr(decision, name) for name in _TOLD},
        }
    )


def cited(decision: IssueDecision) -> dict[str, Any]:
    """The decision as its revisions name it: beside their content, outside their hash."""
    return {
        "uid": api.content.get_uuid(decision),
        "number": decision.number,
        "date": decision.decided_on,
        "signed": decision.signed_file is not None,
    }


@implementer(IScheduledKind)
class ScheduledDecision:
    """A decision for a day to come: all its rows in one transaction when that day comes."""

    def perform(self, key: str, due_at: datetime) -> None:
        """Carry it out, if it still waits for that instant."""
        decision = self.subject(key)
        if decision is None or decision.carried_out_at is not None or decision.start != due_at:
            return
        if decision.content_hash != hash_of(decision):
            raise conflict(
                _(
                    "error_decision_altered",
                    default="The decision is not what was entered. Tell the administrator.",
                )
            )
        _each_row(decision, lambda row: check_row(decision, row))
        _carry_out(decision)
        note(decision, "decision_carried_out", in_force_from=due_at)

    def subject(self, key: str) -> Any | None:
        """The decision."""
        return uuidToObject(key, unrestricted=True)


scheduled_decision = ScheduledDecision()


def _check_entry(decision: IssueDecision, entry: Entry) -> None:
    if not entry.number.strip():
        raise bad_request(_("error_no_number", default="The decision needs a number."))
    check_file(entry.signed_file)
    if not decision.rows:
        raise bad_request(
            _(
                "error_decision_empty",
                default="The decision has no rows. Choose what it issues first.",
            )
        )


def _start(entry: Entry, at: datetime) -> datetime:
    try:
        has_file = entry.signed_file is not None
        return start_of(entry.decided_on, entry.in_force_on, at, site_zone(), has_file)
    except DecisionError as error:
        raise bad_request(
            _(
                "error_decision_dates",
                default="The dates do not fit: a decision is signed today or before, is not in "
                "force before it was signed, and an earlier day than today needs the signed file.",
            )
        ) from error


def _carry_out(decision: IssueDecision) -> None:
    _each_row(decision, lambda row: _carry_out_row(decision, row))
    decision.carried_out_at = now()
    decision.reindexObject(idxs=["eqms_decides", "eqms_desk"])


def _carry_out_row(decision: IssueDecision, row: Row) -> None:
    document = document_of(decision, row)
    details = {"decision": api.content.get_uuid(decision), "decision_number": decision.number}
    if row.revision is not None:
        revision = revision_of(document, row)
        revision.issued_by_decision = cited(decision)
        switch.put_in_force(revision, since=decision.start, **details)
        return
    live = document._getOb(register_of(document).live.id)
    live.retired_by_decision = cited(decision)
    retire(
        document,
        decision_line(cited(decision)),
        why="replaced" if row.successor else "abolished",
        successor=row.successor,
        at=decision.start,
        **details,
    )


def _announce(decision: IssueDecision, row: Row) -> None:
    """A revision is issued and waits for the day of its decision."""
    if row.revision is None:
        return
    revision = revision_of(document_of(decision, row), row)
    revision.issued_by_decision = cited(decision)
    switch.issue(
        revision,
        decision.start,
        together=True,
        decision=api.content.get_uuid(decision),
        decision_number=decision.number,
    )
    announce(revision)


def _take_back(decision: IssueDecision, row: Row) -> None:
    """A revision that was dropped waits to be issued again."""
    if row.revision is None:
        return
    revision = revision_of(document_of(decision, row), row)
    switch.forget_plan(revision)
    revision.reindexObject()


def _each_row(decision: IssueDecision, act: Callable[[Row], None]) -> None:
    """Do something with every row; if any is refused, say of each why, and nothing has happened."""
    blocked = []
    for row in decision.rows:
        try:
            act(row)
        except REFUSALS as refusal:
            blocked.append(f"{_name(row)}: {refusal}")
    if blocked:
        raise conflict(
            _(
                "error_rows_blocked",
                default="Nothing was issued, because these rows are blocked. Drop them with a "
                "reason, or clear what stands against them. ${rows}",
                mapping={"rows": " · ".join(blocked)},
            )
        )


def _name(row: Row) -> str:
    document = uuidToObject(row.document, unrestricted=True)
    return (document.code or document.title) if document is not None else row.document


def decision_line(by: dict[str, Any]) -> str:
    """``Quyết định số 12/QĐ-STP ngày 22/11/2026``, as official texts cite a decision."""
    return f"Quyết định số {by['number']} ngày {by['date'].strftime('%d/%m/%Y')}"
