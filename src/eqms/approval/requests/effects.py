"""What a proposal does when it is approved, and what stands against making it."""

from Acquisition import aq_parent
from collections.abc import Callable
from dataclasses import dataclass
from eqms import _
from eqms.approval.requests.storage import Cited
from eqms.approval.requests.storage import Kind
from eqms.approval.requests.storage import Proposal
from eqms.documents import ending
from eqms.documents import switch
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.documents.dates import site_zone
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import told
from eqms.documents.labels import STATES
from eqms.documents.workflow import state_of
from eqms.domain.clock import start_of_day
from eqms.domain.clock import today
from eqms.domain.revisions import State
from typing import Any


@dataclass(frozen=True)
class Effect:
    """Which state the revision is in, what else must hold, and what is done."""

    states: frozenset[State]
    check: Callable[[Any, Proposal], None]
    perform: Callable[[Any, Proposal, dict[str, Any]], None]


def target_of(document: Any, kind: Kind, revision: str | None) -> Any:
    """The revision that a proposal of a kind is about: the named one, or the only one there is.

    :raises Conflict: if there is none in a state that allows it
    """
    states = EFFECTS[kind].states
    found = [
        entry
        for entry in register_of(document).entries
        if entry.state in states and revision in (None, entry.uid)
    ]
    if not found:
        raise conflict(
            _(
                "error_no_target",
                default="No revision of this document is in one of the states: ${states}.",
                mapping={"states": ", ".join(told(STATES[state]) for state in sorted(states))},
            )
        )
    return document._getOb(found[-1].id)


def check(revision: Any, proposal: Proposal) -> None:
    """Refuse what could not be carried out now.

    :raises Conflict: if the state does not allow it
    :raises BadRequest: if what the kind needs is missing or wrong
    """
    effect = EFFECTS[proposal.kind]
    state = state_of(revision)
    if state not in effect.states:
        raise conflict(
            _(
                "error_row_state",
                default="Revision ${number} is in the state ${state}.",
                mapping={"number": number_of(revision), "state": told(STATES[state])},
            )
        )
    effect.check(revision, proposal)


def perform(revision: Any, proposal: Proposal, cited: Cited | None, **details: Any) -> None:
    """Carry the proposal out; the trail says who proposed it and what it rests on."""
    check(revision, proposal)
    if cited is not None and proposal.kind is Kind.RETIRE:
        revision.retired_by_decision = {
            "uid": "",
            "number": cited.number,
            "date": cited.decided_on,
            "signed": cited.file is not None,
        }
    EFFECTS[proposal.kind].perform(revision, proposal, details)


def _check_nothing(revision: Any, proposal: Proposal) -> None:
    """The state alone decides."""


def _check_retire(revision: Any, proposal: Proposal) -> None:
    document = aq_parent(revision)
    ending.refuse_unless_retirable(document)
    ending.check_reason(document, proposal.why, proposal.successor)


def _check_undecided(revision: Any, proposal: Proposal) -> None:
    if revision.issued_by_decision is not None:
        raise conflict(
            _(
                "error_part_of_decision",
                default="Revision ${number} is a row of the decision ${decision}. Drop the row "
                "there first.",
                mapping={
                    "number": number_of(revision),
                    "decision": revision.issued_by_decision["number"],
                },
            )
        )


def _check_reschedule(revision: Any, proposal: Proposal) -> None:
    _check_undecided(revision, proposal)
    if revision.due_at is None:
        raise conflict(
            _(
                "error_not_planned",
                default="Revision ${number} is not waiting to come in force.",
                mapping={"number": number_of(revision)},
            )
        )
    if proposal.due_on is None or proposal.due_on <= today(site_zone()):
        raise bad_request(
            _("error_due_on", default="Name a day that has not come yet, as the new one.")
        )


def _suspend(revision: Any, proposal: Proposal, details: dict[str, Any]) -> None:
    ending.suspend(revision, proposal.reason, **details)


def _resume(revision: Any, proposal: Proposal, details: dict[str, Any]) -> None:
    ending.resume(revision, proposal.reason, **details)


def _retire(revision: Any, proposal: Proposal, details: dict[str, Any]) -> None:
    ending.retire(
        aq_parent(revision),
        proposal.reason,
        why=proposal.why,
        successor=proposal.successor,
        **details,
    )


def _cancel(revision: Any, proposal: Proposal, details: dict[str, Any]) -> None:
    switch.cancel_approval(revision, proposal.reason, **details)


def _reschedule(revision: Any, proposal: Proposal, details: dict[str, Any]) -> None:
    due_at = start_of_day(proposal.due_on, site_zone())
    switch.reschedule(revision, due_at, comment=proposal.reason, **details)


EFFECTS = {
    Kind.SUSPEND: Effect(frozenset({State.IN_FORCE}), _check_nothing, _suspend),
    Kind.RESUME: Effect(frozenset({State.SUSPENDED}), _check_nothing, _resume),
    Kind.RETIRE: Effect(frozenset({State.IN_FORCE, State.SUSPENDED}), _check_retire, _retire),
    Kind.CANCEL_APPROVAL: Effect(frozenset({State.APPROVED}), _check_undecided, _cancel),
    Kind.RESCHEDULE: Effect(frozenset({State.APPROVED}), _check_reschedule, _reschedule),
}
