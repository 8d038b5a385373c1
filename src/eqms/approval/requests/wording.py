"""What proposals are called, and the sentence that a signature on one stands under."""

from eqms import _
from eqms.approval.requests.storage import Kind
from eqms.approval.requests.storage import Outcome
from eqms.approval.requests.storage import Proposal
from eqms.documents.errors import told
from typing import Any
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


KINDS = {
    Kind.SUSPEND: _("request_suspend", default="Suspend"),
    Kind.RESUME: _("request_resume", default="Resume"),
    Kind.RETIRE: _("request_retire", default="Retire"),
    Kind.CANCEL_APPROVAL: _("request_cancel_approval", default="Cancel the approval"),
    Kind.RESCHEDULE: _("request_reschedule", default="Another day in force"),
}

OUTCOMES = {
    Outcome.OPEN: _("request_open", default="Waiting"),
    Outcome.APPROVED: _("request_approved", default="Approved"),
    Outcome.REJECTED: _("request_rejected", default="Turned down"),
    Outcome.WITHDRAWN: _("request_withdrawn", default="Taken back"),
}


@provider(IVocabularyFactory)
def kinds(context: Any) -> SimpleVocabulary:
    """What can be proposed."""
    return SimpleVocabulary([SimpleTerm(kind, kind.value, title) for kind, title in KINDS.items()])


def statement(document: Any, proposal: Proposal) -> str:
    """What a person states by signing a proposal, in the language of the request."""
    return told(
        _(
            "statement_request",
            default="I approve the proposal no. ${number} on “${title}” (${code}): ${kind}. "
            "Reason: ${reason}",
            mapping={
                "number": proposal.number,
                "title": document.title,
                "code": document.code or "–",
                "kind": told(KINDS[proposal.kind]),
                "reason": proposal.reason,
            },
        )
    )
