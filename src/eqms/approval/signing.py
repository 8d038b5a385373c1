"""One signature: what must hold before it is given, and the row that is kept of it."""

from dataclasses import dataclass
from datetime import date
from eqms import _
from eqms.agencies.leaders import post_of
from eqms.agencies.lookup import agency_of
from eqms.agencies.people import name_of
from eqms.approval import substitution
from eqms.approval import waivers
from eqms.approval.authentication.proof import Proof
from eqms.approval.labels import PHASE_NAMES
from eqms.approval.objections import principals
from eqms.approval.objections import REASONS
from eqms.approval.objections import refusal_for
from eqms.approval.progress import close
from eqms.approval.progress import open_step
from eqms.approval.record import NOT_REQUIRED
from eqms.approval.record import record_of
from eqms.approval.separation import duties_of
from eqms.approval.signature import SignatureRow
from eqms.approval.statement import statement
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import forbidden
from eqms.documents.errors import told
from eqms.documents.labels import STATES
from eqms.documents.noting import note
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import state_of
from eqms.domain import capacity as capacities
from eqms.domain import route as rules
from eqms.domain.capacity import Capacity
from eqms.domain.capacity import Post
from eqms.domain.capacity import WrongCapacity
from eqms.domain.revisions import State
from eqms.domain.route import Refusal
from plone import api
from typing import Any


PHASES = {State.IN_REVIEW: "review", State.IN_APPROVAL: "approval"}


@dataclass(frozen=True)
class ToSign:
    """A revision that somebody wants to sign, with what meaning and how."""

    revision: Any
    meaning: str
    capacity: str = ""
    on_behalf_of: str | None = None


def check(wanted: ToSign) -> None:
    """Refuse unless the person who is logged in may sign so now.

    :raises BadRequest: if the meaning or the capacity is none that there is
    :raises Conflict: if the state, the step or the content is not what the signer believes
    :raises Forbidden: if it is not the person's step, or duties are to be kept separate
    """
    revision, person = wanted.revision, api.user.get_current().getId()
    _check_meaning(revision, wanted.meaning)
    if hash_of(revision) != revision.content_hash:
        raise conflict(REASONS[Refusal.CONTENT_CHANGED])
    absent = wanted.on_behalf_of
    if absent is not None and substitution.by_which(person, absent) is None:
        raise forbidden(
            _(
                "error_no_substitute",
                default="You do not stand in for ${name} today.",
                mapping={"name": name_of(absent)},
            )
        )
    refused = refusal_for(revision, person, absent)
    if refused is not None:
        raise forbidden(REASONS[refused])
    _capacity(post(revision, person), wanted.capacity)


def check_able(revision: Any) -> None:
    """Refuse unless the person who is logged in may sign the open step, for whomever.

    :raises Conflict: if nothing is to be signed in this state
    :raises Forbidden: if the person may not sign
    """
    if state_of(revision) not in PHASES:
        raise wrong_state(revision)
    person = api.user.get_current().getId()
    if not principals(revision, person):
        raise forbidden(REASONS[refusal_for(revision, person)])


def give(wanted: ToSign, person: str, proof: Proof, comment: str) -> SignatureRow:
    """Enter the signature of a person who was checked and has proved who he or she is."""
    revision, absent = wanted.revision, wanted.on_behalf_of
    record, step = record_of(revision), open_step(revision)
    planned = record.plan.step(step.id)
    held = post(revision, person)
    capacity = _capacity(held, wanted.capacity)
    row = record.add(
        SignatureRow(
            step=step.id,
            meaning=step.phase,
            act=planned.meaning,
            on_cover=planned.on_cover,
            round=record.round,
            revision=api.content.get_uuid(revision),
            content_hash=revision.content_hash,
            person=person,
            name=name_of(person),
            position=held.title,
            capacity=capacity.value,
            lines=capacities.lines(held, capacity),
            statement=statement(revision, step.phase),
            comment=comment,
            method=proof.method,
            authenticated_at=proof.at,
            at=proof.at,
            **_on_behalf(person, absent),
            **_by_waiver(revision, person, absent),
        )
    )
    close(revision, "signed", step.id, absent or person)
    close(revision, NOT_REQUIRED, step.id, person)
    note(
        revision,
        "signed",
        on_behalf_of=absent,
        meaning=row.meaning,
        step=row.step,
        content_hash=row.content_hash,
        method=row.method,
        capacity=row.capacity,
        substitution=row.substitution,
        waiver=row.waiver,
        signature=row.hash,
    )
    return row


def post(revision: Any, person: str) -> Post:
    """The post of a person in the agency of the document, as it is printed."""
    return post_of(agency_of(revision), person)


def wrong_state(revision: Any) -> Exception:
    """The refusal of what is not possible in the state of the revision."""
    return conflict(
        _(
            "error_wrong_state",
            default="The revision is in the state ${state}; this is not possible there.",
            mapping={"state": told(STATES[state_of(revision)])},
        )
    )


def _on_behalf(person: str, absent: str | None) -> dict[str, str | date | None]:
    row = substitution.by_which(person, absent) if absent is not None else None
    if row is None:
        return {}
    return {
        "on_behalf_of": row.absent,
        "on_behalf_of_name": row.absent_name,
        "substitution": row.id,
        "absent_from": row.start,
        "absent_until": row.end,
    }


def _by_waiver(revision: Any, person: str, absent: str | None) -> dict[str, Any]:
    if absent is not None:
        return {}
    standing = record_of(revision).standing()
    rule = rules.waiver_used(standing, person, duties_of(revision))
    if rule is None:
        return {}
    waiver = waivers.used(agency_of(revision), rule)
    return {
        "waived": rule,
        "waiver": waiver.id,
        "waiver_number": waiver.number,
        "waiver_date": waiver.decided_on,
    }


def _capacity(held: Post, asked: str) -> Capacity:
    try:
        return capacities.chosen(held, asked)
    except WrongCapacity as error:
        raise bad_request(
            _(
                "error_capacity",
                default="You cannot sign as “${asked}”. Possible: ${offered}.",
                mapping={
                    "asked": asked,
                    "offered": ", ".join(item.value or "“”" for item in capacities.offered(held)),
                },
            )
        ) from error


def _check_meaning(revision: Any, meaning: str) -> None:
    phase = PHASES.get(state_of(revision))
    if phase is None:
        raise wrong_state(revision)
    if meaning not in PHASES.values():
        raise bad_request(
            _("error_unknown_meaning", default="meaning must be one of: review, approval.")
        )
    if meaning != phase:
        raise conflict(
            _(
                "error_other_phase",
                default="The open step is: ${phase}. You sent a signature for: ${meaning}.",
                mapping={"phase": told(PHASE_NAMES[phase]), "meaning": told(PHASE_NAMES[meaning])},
            )
        )
