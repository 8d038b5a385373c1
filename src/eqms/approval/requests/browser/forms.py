"""Forms in which something is proposed about a document, and decided."""

from collections.abc import Callable
from eqms import _
from eqms.approval.authentication.proof import allowed_methods
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.browser.signing import ISignature
from eqms.approval.requests import acting
from eqms.approval.requests.storage import Request
from eqms.approval.requests.storage import request_by
from eqms.approval.requests.wording import statement
from eqms.documents.browser.forms import ActionForm
from eqms.documents.browser.forms import attempt
from eqms.documents.browser.forms import show_error
from eqms.documents.errors import bad_request
from eqms.documents.vocabularies import WHY_ENDED
from eqms.domain.codes import canonical
from plone import api
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from typing import Any
from z3c.form import button
from zExceptions import NotFound
from zope import schema


class IProposal(model.Schema):
    """What is asked of a document controller."""

    kind = schema.Choice(
        title=_("label_request_kind", default="Proposal"), vocabulary="eqms.request_kinds"
    )
    reason = schema.Text(title=_("label_reason", default="Reason"))
    why = schema.Choice(
        title=_("label_request_why", default="What readers are told"),
        description=_("help_request_why", default="When a document is retired."),
        vocabulary=WHY_ENDED,
        default="other",
        required=False,
    )
    successor = schema.TextLine(
        title=_("label_request_successor", default="Code of the document to go by instead"),
        description=_("help_request_why", default="When a document is retired."),
        required=False,
    )
    due_on = schema.Date(
        title=_("label_request_due_on", default="New day in force"),
        description=_(
            "help_request_due_on", default="When a revision that is issued already is postponed."
        ),
        required=False,
    )


class ProposeForm(ActionForm):
    """Đề nghị tạm ngừng, bãi bỏ …; who uses the document is shown first, on ``@@requests``."""

    schema = IProposal
    label = _("heading_propose", default="Propose")
    description = _(
        "help_propose",
        default="Nothing changes yet. Somebody who may approve the document signs the proposal, or "
        "you cite the decision it rests on.",
    )

    @button.buttonAndHandler(_("action_propose", default="Propose"), name="propose")
    def propose(self, action: Any) -> None:
        """Propose it."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        if attempt(self, lambda: self._propose(data)):
            _go(self, _("done_propose", default="The proposal was made."))

    def _propose(self, data: dict[str, Any]) -> Request:
        code = data.get("successor")
        return acting.propose(
            self.context,
            data["kind"],
            data["reason"],
            why=data.get("why") or "other",
            successor=_document_with(code) if code else None,
            due_on=data.get("due_on"),
        )


class RequestForm(ActionForm):
    """Decides on the proposal whose number stands in the address."""

    done: Any

    @property
    def number(self) -> int:
        """The number of the proposal.

        :raises NotFound: if it is none
        """
        value = str(self.request.form.get("number", ""))
        if not value.isdecimal() or len(value) > 6:
            raise NotFound(value)
        return int(value)

    @property
    def action(self) -> str:
        """Where the form is sent: the number goes with it."""
        return f"{self.request.getURL()}?number={self.number}"

    @property
    def description(self) -> str:
        """What the proposal says.

        :raises NotFound: if there is none with this number
        """
        found = request_by(self.context, self.number)
        if found is None:
            raise NotFound(str(self.number))
        return statement(self.context, found.proposal)

    def decide(self, act: Callable[[dict[str, Any]], Request]) -> None:
        """Do it, or show why it is refused."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        try:
            decided = attempt(self, lambda: act(data))
        except ReauthenticationFailed as failure:
            self.request.response.setStatus(403)
            show_error(self, failure.message)
            return
        if decided is not None:
            _go(self, self.done)


class SignRequestForm(RequestForm):
    """Phê duyệt đề nghị."""

    schema = ISignature
    label = _("heading_sign_request", default="Approve the proposal")
    done = _("done_sign_request", default="The proposal was approved and carried out.")

    def updateFieldsFromSchemata(self) -> None:
        """Ask how to prove it only where the site leaves a choice."""
        super().updateFieldsFromSchemata()
        if len(allowed_methods()) == 1:
            self.fields = self.fields.omit("method")

    def render(self) -> str:
        """The form, each time with a challenge of its own: one is worth one attempt."""
        challenge = attempt(self, lambda: acting.challenge_for(self.context, self.number))
        self.widgets["challenge"].value = challenge or ""
        return str(super().render())

    @button.buttonAndHandler(_("action_sign", default="Sign"), name="sign")
    def sign(self, action: Any) -> None:
        """Sign it."""
        self.decide(
            lambda data: acting.sign(
                self.context,
                self.number,
                data["password"],
                data["comment"] or "",
                challenge=data["challenge"],
                method=data.get("method"),
            )
        )


class ICited(model.Schema):
    """The decision that a proposal rests on."""

    number = schema.TextLine(title=_("label_decision_number", default="Number"), max_length=60)
    decided_on = schema.Date(title=_("label_decided_on", default="Date of the decision"))
    signed_file = NamedBlobFile(title=_("label_signed_file", default="Signed file"), required=False)


class CiteForm(RequestForm):
    """Dẫn quyết định."""

    schema = ICited
    label = _("heading_cite", default="Cite a decision")
    done = _("done_sign_request", default="The proposal was approved and carried out.")

    @button.buttonAndHandler(_("action_cite", default="Carry out"), name="cite")
    def cite(self, action: Any) -> None:
        """Carry it out by the decision."""
        self.decide(
            lambda data: acting.cite(
                self.context, self.number, data["number"], data["decided_on"], data["signed_file"]
            )
        )


class IComment(model.Schema):
    """A comment that must be given."""

    comment = schema.Text(title=_("label_reason", default="Reason"))


class RejectForm(RequestForm):
    """Không đồng ý với đề nghị."""

    schema = IComment
    label = _("heading_reject_request", default="Turn the proposal down")
    done = _("done_reject_request", default="The proposal was turned down.")

    @button.buttonAndHandler(_("action_reject_request", default="Turn down"), name="reject")
    def reject(self, action: Any) -> None:
        """Turn it down."""
        self.decide(lambda data: acting.reject(self.context, self.number, data["comment"]))


class WithdrawForm(RequestForm):
    """Rút đề nghị."""

    schema = IComment
    label = _("heading_withdraw_request", default="Take the proposal back")
    done = _("done_withdraw_request", default="The proposal was taken back.")

    @button.buttonAndHandler(_("action_withdraw_request", default="Take back"), name="withdraw")
    def withdraw(self, action: Any) -> None:
        """Take it back."""
        self.decide(lambda data: acting.withdraw(self.context, self.number, data["comment"]))


def _go(form: ActionForm, message: Any) -> None:
    api.portal.show_message(message, form.request)
    form.request.response.redirect(f"{form.context.absolute_url()}/@@requests")


def _document_with(code: str) -> str:
    """UID of the document with a code.

    :raises BadRequest: if none or more than one has it
    """
    found = api.portal.get_tool("portal_catalog")(eqms_codes=canonical(code), show_inactive=True)
    if len(found) != 1:
        raise bad_request(
            _(
                "error_successor_code",
                default="The code ${code} belongs to no document, or to more than one.",
                mapping={"code": code},
            )
        )
    return str(found[0].UID)
