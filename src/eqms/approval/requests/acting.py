"""Making a proposal, and deciding on it."""

from datetime import date
from eqms import _
from eqms.agencies.people import name_of
from eqms.approval.authentication import challenges
from eqms.approval.authentication.proof import prove
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.decisions.states import check_file
from eqms.approval.requests import effects
from eqms.approval.requests.storage import book_of
from eqms.approval.requests.storage import Cited
from eqms.approval.requests.storage import Kind
from eqms.approval.requests.storage import Outcome
from eqms.approval.requests.storage import Proposal
from eqms.approval.requests.storage import Request
from eqms.approval.requests.storage import request_by
from eqms.approval.requests.storage import requests_of
from eqms.approval.requests.wording import statement
from eqms.approval.signature import SignatureRow
from eqms.documents.content import register_of
from eqms.documents.dates import site_zone
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import forbidden
from eqms.documents.migration import reasoned
from eqms.documents.noting import note
from eqms.domain.challenge import Item
from eqms.domain.clock import now
from eqms.domain.clock import today
from plone import api
from plone.namedfile.file import NamedBlobFile
from typing import Any
from zExceptions import NotFound


PROPOSE = "eqms: Propose ending"
APPROVE = "eqms: Approve revision"


def propose(
    document: Any,
    kind: Kind,
    reason: str,
    *,
    revision: str | None = None,
    why: str = "other",
    successor: str | None = None,
    due_on: date | None = None,
) -> Request:
    """Propose something about a document, as its controller.

    :param revision: UID, if more than one could be meant
    :param why: for retiring: what readers are told, a term of ``eqms.end_reasons``
    :param successor: for retiring: UID of the document to go by instead
    :param due_on: for rescheduling: the new first day in force
    :raises Forbidden: for everybody but document controllers of the agency
    :raises BadRequest: without a reason, or if what the kind needs is missing or wrong
    :raises Conflict: if it could not be carried out now, or the same was proposed already
    """
    _require(PROPOSE, document)
    target = effects.target_of(document, kind, revision)
    before = requests_of(document)
    if any(item.outcome is Outcome.OPEN and item.proposal.kind is kind for item in before):
        raise conflict(
            _("error_proposed_already", default="The same was proposed already and is open still.")
        )
    retiring = kind is Kind.RETIRE
    proposal = Proposal(
        number=len(before) + 1,
        kind=kind,
        document=api.content.get_uuid(document),
        revision=api.content.get_uuid(target),
        reason=reasoned(reason),
        by=_person(),
        at=now(),
        why=why if retiring else "",
        successor=successor if retiring else None,
        due_on=due_on if kind is Kind.RESCHEDULE else None,
    )
    effects.check(target, proposal)
    request = Request(proposal)
    book_of(document).add(request)
    note(
        target,
        "request_made",
        request=proposal.number,
        kind=kind.value,
        reason=proposal.reason,
        proposal_hash=proposal.hash,
    )
    return request


def sign(
    document: Any,
    number: int,
    secret: str,
    comment: str = "",
    *,
    challenge: str | None = None,
    method: str | None = None,
) -> Request:
    """Approve a proposal with a signature; it is carried out in the same transaction.

    :param secret: what proves anew who is signing (the password, by default)
    :param challenge: what the signer was asked to sign, as ``challenge_for`` handed it out
    :raises Forbidden: for who may not approve the document, and for who made the proposal
    :raises Conflict: if it is decided already, or cannot be carried out any more
    :raises ReauthenticationFailed: if the secret is wrong; the trail has a row about it
    """
    request = _open_request(document, number)
    person = _require_signer(document, request)
    target = _target(document, request)
    effects.check(target, request.proposal)
    if challenge is not None:
        challenges.redeem(challenge, person, [asked(request)])
    try:
        proof = prove(person, secret, method)
    except ReauthenticationFailed as failure:
        note(target, failure.action, request=number, **failure.details)
        raise
    request.signature = SignatureRow(
        step=_step(request),
        meaning=request.proposal.kind.value,
        person=person,
        name=name_of(person),
        position="",
        at=proof.at,
        content_hash=request.proposal.hash,
        comment=comment,
        revision=request.proposal.revision,
        statement=statement(document, request.proposal),
        method=proof.method,
        authenticated_at=proof.at,
    )
    _close(document, request, Outcome.APPROVED, comment, method=proof.method)
    effects.perform(target, request.proposal, None, request=number, proposed_by=request.proposal.by)
    return request


def cite(
    document: Any,
    number: int,
    decision_number: str,
    decided_on: date,
    file: NamedBlobFile | None = None,
) -> Request:
    """Approve a proposal by the decision that it rests on; it is carried out at once.

    :raises Forbidden: for everybody but document controllers of the agency
    :raises BadRequest: if the decision has no number, or a day to come; without its file where the
        site asks for it
    :raises Conflict: if it is decided already, or cannot be carried out any more
    """
    request = _open_request(document, number)
    _require(PROPOSE, document)
    if not decision_number.strip() or decided_on > today(site_zone()):
        raise bad_request(
            _(
                "error_cited_decision",
                default="A decision that is cited needs its number and the day it was signed.",
            )
        )
    check_file(file)
    request.cited = Cited(decision_number.strip(), decided_on, file)
    decision = {"decision_number": request.cited.number, "decided_on": decided_on}
    _close(document, request, Outcome.APPROVED, "", **decision)
    effects.perform(
        _target(document, request),
        request.proposal,
        request.cited,
        request=number,
        proposed_by=request.proposal.by,
        **decision,
    )
    return request


def reject(document: Any, number: int, comment: str) -> Request:
    """Turn a proposal down, as somebody who might have signed it.

    :raises Forbidden: for who may not approve the document, and for who made the proposal
    :raises Conflict: if it is decided already
    :raises BadRequest: without a comment
    """
    request = _open_request(document, number)
    _require_signer(document, request)
    _close(document, request, Outcome.REJECTED, reasoned(comment))
    return request


def withdraw(document: Any, number: int, comment: str) -> Request:
    """Take a proposal back, as a document controller.

    :raises Forbidden: for everybody but document controllers of the agency
    :raises Conflict: if it is decided already
    :raises BadRequest: without a comment
    """
    request = _open_request(document, number)
    _require(PROPOSE, document)
    _close(document, request, Outcome.WITHDRAWN, reasoned(comment))
    return request


def asked(request: Request) -> Item:
    """What a proposal asks a signer for."""
    proposal = request.proposal
    return Item(proposal.revision, proposal.hash, _step(request), proposal.kind.value)


def challenge_for(document: Any, number: int) -> str:
    """A challenge for the person who is logged in to sign a proposal.

    :raises Forbidden: if the person may not sign it
    :raises Conflict: if it is decided already
    """
    request = _open_request(document, number)
    return challenges.make(_require_signer(document, request), [asked(request)])


def may_sign(document: Any, request: Request) -> bool:
    """Whether the person who is logged in may decide on a proposal."""
    allowed = api.user.has_permission(APPROVE, obj=document)
    return bool(allowed) and request.proposal.by != _person()


def _close(document: Any, request: Request, outcome: Outcome, comment: str, **details: Any) -> None:
    request.outcome = outcome
    request.closed_by = _person()
    request.closed_at = now()
    request.comment = comment
    book_of(document).close(request)
    note(
        _target(document, request),
        f"request_{outcome.value}",
        request=request.proposal.number,
        kind=request.proposal.kind.value,
        proposal_hash=request.proposal.hash,
        comment=comment,
        **details,
    )


def _open_request(document: Any, number: int) -> Request:
    request = request_by(document, number)
    if request is None:
        raise NotFound(str(number))
    if request.outcome is not Outcome.OPEN:
        raise conflict(
            _("error_request_closed", default="The proposal is decided or withdrawn already.")
        )
    return request


def _target(document: Any, request: Request) -> Any:
    entry = register_of(document).entry(request.proposal.revision)
    if entry is None:
        raise NotFound(request.proposal.revision)
    return document._getOb(entry.id)


def _require_signer(document: Any, request: Request) -> str:
    _require(APPROVE, document)
    if request.proposal.by == _person():
        raise forbidden(
            _(
                "error_own_proposal",
                default="You made the proposal, so somebody else has to decide on it.",
            )
        )
    return _person()


def _require(permission: str, document: Any) -> None:
    if not api.user.has_permission(permission, obj=document):
        raise forbidden(_("error_not_allowed", default="You are not allowed to do this here."))


def _person() -> str:
    return api.user.get_current().getId() or ""


def _step(request: Request) -> str:
    return f"request-{request.proposal.number}"
