"""What people decide on a revision: submit, sign, return, recall, discard."""

from eqms import _
from eqms.agencies.people import name_of
from eqms.approval.authentication import challenges
from eqms.approval.authentication.proof import prove
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.issuing import after_approval
from eqms.approval.labels import PHASE_NAMES
from eqms.approval.progress import close
from eqms.approval.progress import open_step
from eqms.approval.progress import proceed
from eqms.approval.progress import route_of
from eqms.approval.record import record_of
from eqms.approval.separation import duties_of
from eqms.approval.signature import SignatureRow
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import forbidden
from eqms.documents.errors import told
from eqms.documents.labels import STATES
from eqms.documents.noting import note
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import fire
from eqms.documents.workflow import state_of
from eqms.domain import route as rules
from eqms.domain.challenge import Item
from eqms.domain.revisions import State
from eqms.domain.revisions import TRANSITIONS
from eqms.domain.route import Refusal
from plone import api
from Products.CMFCore.WorkflowCore import WorkflowException
from typing import Any


PHASES = {State.IN_REVIEW: "review", State.IN_APPROVAL: "approval"}

REASONS = {
    Refusal.AUTHOR: _(
        "refusal_author",
        default="You wrote in this revision, so somebody else has to review and approve it.",
    ),
    Refusal.STANDS_FOR_AUTHOR: _(
        "refusal_stands_for_author",
        default="Today you stand in for somebody who wrote in this revision, or such a person for "
        "you. Somebody else has to review and approve it.",
    ),
    Refusal.NOT_YOUR_STEP: _(
        "refusal_not_your_step", default="The open step of the route is not yours."
    ),
    Refusal.ALREADY_SIGNED: _(
        "refusal_already_signed", default="You signed this revision in an earlier step already."
    ),
    Refusal.NEEDED_LATER: _(
        "refusal_needed_later",
        default="You are needed for a later step. Somebody else has to sign this one.",
    ),
    Refusal.COMPLETE: _("refusal_complete", default="All signatures have been given."),
    Refusal.CONTENT_CHANGED: _(
        "refusal_content_changed",
        default="The content is not what the earlier signatures were given on.",
    ),
}


def transition(revision: Any, name: str, comment: str = "") -> None:
    """Submit, reject, recall or withdraw, as the person who is logged in.

    :raises Forbidden: if the person may not, or it is not the person's step
    :raises Conflict: if the revision is in another state
    :raises BadRequest: if a needed comment is missing, or something stands against submitting
    """
    tool = api.portal.get_tool("portal_workflow")
    if state_of(revision) not in TRANSITIONS[name].sources:
        raise _wrong_state(revision)
    try:
        tool.doActionFor(revision, name, comment=comment)
    except WorkflowException as error:
        raise forbidden(
            _("error_not_allowed", default="You are not allowed to do this here.")
        ) from error


def sign(
    revision: Any,
    meaning: str,
    secret: str,
    comment: str = "",
    *,
    challenge: str | None = None,
    method: str | None = None,
) -> SignatureRow:
    """Sign the open step as the person who is logged in; the last signature issues the revision.

    :param meaning: ``review`` or ``approval``; must be that of the open step
    :param secret: what proves anew who is signing (the password, by default)
    :param challenge: what the signer was asked to sign, as ``challenge_for`` handed it out
    :param method: how the person proves it; None is the way that the site prefers
    :raises Conflict: if the state, the step or the content is not what the signer believes, or
        the challenge is for something else, expired or used
    :raises Forbidden: if it is not the person's step, or the person wrote in the revision
    :raises ReauthenticationFailed: if the secret is wrong, or no secret is looked at for some
        minutes after too many wrong ones; the trail has a row about it
    """
    person = api.user.get_current().getId()
    record = record_of(revision)
    content_hash = hash_of(revision)
    _check_meaning(revision, meaning)
    if content_hash != revision.content_hash:
        raise conflict(REASONS[Refusal.CONTENT_CHANGED])
    refused = refusal_for(revision, person)
    if refused is not None:
        raise forbidden(REASONS[refused])
    step = open_step(revision)
    if challenge is not None:
        challenges.redeem(challenge, person, [asked(revision)])
    try:
        proof = prove(person, secret, method)
    except ReauthenticationFailed as failure:
        note(revision, failure.action, meaning=meaning, **failure.details)
        raise
    planned = record.plan.step(step.id)
    row = record.add(
        SignatureRow(
            step=step.id,
            meaning=meaning,
            person=person,
            name=name_of(person),
            position="",
            at=proof.at,
            content_hash=content_hash,
            comment=comment,
            round=record.round,
            revision=api.content.get_uuid(revision),
            act=planned.meaning,
            on_cover=planned.on_cover,
            method=proof.method,
            authenticated_at=proof.at,
        )
    )
    close(revision, "signed", step.id, person)
    note(
        revision,
        "signed",
        meaning=meaning,
        step=step.id,
        content_hash=content_hash,
        method=proof.method,
    )
    _advance(revision, comment)
    return row


def asked(revision: Any) -> Item:
    """What the open step of a revision asks a signer for; the caller knows that one is open."""
    step = open_step(revision)
    return Item(api.content.get_uuid(revision), revision.content_hash, step.id, step.phase)


def challenge_for(revision: Any) -> str:
    """A challenge for the person who is logged in to sign the open step.

    :raises Conflict: if nothing is to be signed in this state
    :raises Forbidden: if the person may not sign the open step
    """
    if state_of(revision) not in PHASES:
        raise _wrong_state(revision)
    person = api.user.get_current().getId()
    refused = refusal_for(revision, person)
    if refused is not None:
        raise forbidden(REASONS[refused])
    return challenges.make(person, [asked(revision)])


def refusal_for(revision: Any, person: str) -> Refusal | None:
    """Why a person may not sign the open step now; None if nothing stands against it."""
    record = record_of(revision)
    if not record.running:
        return Refusal.NOT_YOUR_STEP
    return rules.refusal(
        route_of(revision),
        record.standing(),
        person,
        duties_of(revision),
        revision.content_hash,
    )


def _advance(revision: Any, comment: str) -> None:
    phase = proceed(revision, duties_of(revision))
    if phase == "review":
        return
    if state_of(revision) is State.IN_REVIEW:
        fire(revision, "confirm_review", comment)
    if phase is None:
        fire(revision, "approve", comment)
        after_approval(revision)


def _check_meaning(revision: Any, meaning: str) -> None:
    phase = PHASES.get(state_of(revision))
    if phase is None:
        raise _wrong_state(revision)
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


def _wrong_state(revision: Any) -> Exception:
    return conflict(
        _(
            "error_wrong_state",
            default="The revision is in the state ${state}; this is not possible there.",
            mapping={"state": told(STATES[state_of(revision)])},
        )
    )
