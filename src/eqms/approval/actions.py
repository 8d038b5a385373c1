"""What people decide on a revision: submit, sign, return, recall, discard."""

from Acquisition import aq_parent
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from contextlib import nullcontext
from eqms import _
from eqms.approval import signing
from eqms.approval.authentication import challenges
from eqms.approval.authentication.proof import prove
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.issuing import after_approval
from eqms.approval.progress import open_step
from eqms.approval.progress import proceed
from eqms.approval.separation import duties_of
from eqms.approval.signature import SignatureRow
from eqms.approval.signing import ToSign
from eqms.approval.signing import wrong_state
from eqms.documents.errors import bad_request
from eqms.documents.errors import forbidden
from eqms.documents.errors import REFUSALS
from eqms.documents.noting import note
from eqms.documents.workflow import fire
from eqms.documents.workflow import state_of
from eqms.domain.challenge import Item
from eqms.domain.revisions import State
from eqms.domain.revisions import TRANSITIONS
from plone import api
from Products.CMFCore.WorkflowCore import WorkflowException
from typing import Any


def transition(revision: Any, name: str, comment: str = "") -> None:
    """Submit, reject, recall or withdraw, as the person who is logged in.

    :raises Forbidden: if the person may not, or it is not the person's step
    :raises Conflict: if the revision is in another state
    :raises BadRequest: if a needed comment is missing, or something stands against submitting
    """
    tool = api.portal.get_tool("portal_workflow")
    if state_of(revision) not in TRANSITIONS[name].sources:
        raise wrong_state(revision)
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
    capacity: str = "",
    on_behalf_of: str | None = None,
    challenge: str | None = None,
    method: str | None = None,
) -> SignatureRow:
    """Sign the open step as the person who is logged in; the last signature issues the revision.

    :param meaning: ``review`` or ``approval``; must be that of the open step
    :param secret: what proves anew who is signing (the password, by default)
    :param capacity: an ``eqms.domain.capacity.Capacity``; empty is the usual one of the post
    :param on_behalf_of: id of the absent member whom the person stands in for
    :param challenge: what the signer was asked to sign, as ``challenge_for`` handed it out
    :param method: how the person proves it; None is the way that the site prefers
    :raises BadRequest: if the meaning or the capacity is none that there is
    :raises Conflict: if the state, the step or the content is not what the signer believes, or
        the challenge is for something else, expired or used
    :raises Forbidden: if it is not the person's step, or the person wrote in the revision
    :raises ReauthenticationFailed: if the secret is wrong, or no secret is looked at for some
        minutes after too many wrong ones; the trail has a row about it
    """
    one = ToSign(revision, meaning, capacity, on_behalf_of)
    signing.check(one)
    [row] = _sign([one], secret, comment, challenge, method)
    return row


def sign_set(
    wanted: Sequence[ToSign],
    secret: str,
    comment: str = "",
    *,
    challenge: str | None = None,
    method: str | None = None,
) -> list[SignatureRow]:
    """Sign a set (tập trình ký): one authentication, one row and hash for each revision, or none.

    Refused as a whole if one cannot be signed; the message says which and why. Otherwise as
    ``sign``.
    """
    if not wanted:
        raise bad_request(_("error_empty_set", default="Choose what you want to sign."))
    problems = []
    for one in wanted:
        try:
            with _naming(one.revision):
                signing.check(one)
        except REFUSALS as refusal:
            problems.append(refusal)
    if problems:
        raise type(problems[0])(" ".join(str(problem) for problem in problems))
    return _sign(wanted, secret, comment, challenge, method)


def asked(revision: Any) -> Item:
    """What the open step of a revision asks a signer for; the caller knows that one is open."""
    step = open_step(revision)
    return Item(api.content.get_uuid(revision), revision.content_hash, step.id, step.phase)


def challenge_for(*revisions: Any) -> str:
    """A challenge for the person who is logged in to sign the open step of each revision.

    :raises Conflict: if nothing is to be signed in the state of one
    :raises Forbidden: if the person may not sign the open step of one, for nobody
    """
    for revision in revisions:
        signing.check_able(revision)
    person = api.user.get_current().getId()
    return challenges.make(person, [asked(revision) for revision in revisions])


def _sign(
    wanted: Sequence[ToSign],
    secret: str,
    comment: str,
    challenge: str | None,
    method: str | None,
) -> list[SignatureRow]:
    person = api.user.get_current().getId()
    if challenge is not None:
        challenges.redeem(challenge, person, [asked(one.revision) for one in wanted])
    try:
        proof = prove(person, secret, method)
    except ReauthenticationFailed as failure:
        for one in wanted:
            note(one.revision, failure.action, meaning=one.meaning, **failure.details)
        raise
    many, rows = len(wanted) > 1, []
    for number, one in enumerate(wanted):
        with _naming(one.revision) if many else nullcontext():
            if number:
                # One signature may have put another revision of the same document in force.
                signing.check(one)
            rows.append(signing.give(one, person, proof, comment))
            _advance(one.revision, comment)
    return rows


def _advance(revision: Any, comment: str) -> None:
    phase = proceed(revision, duties_of(revision))
    if phase == "review":
        return
    if state_of(revision) is State.IN_REVIEW:
        fire(revision, "confirm_review", comment)
    if phase is None:
        fire(revision, "approve", comment)
        after_approval(revision)


@contextmanager
def _naming(revision: Any) -> Iterator[None]:
    """Say in a refusal which revision it is about."""
    try:
        yield
    except REFUSALS as refusal:
        code = aq_parent(revision).code or ""
        raise type(refusal)(f"{code} {revision.title}: {refusal}".strip()) from refusal
