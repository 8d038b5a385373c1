"""Forms in which people decide on a revision."""

from eqms import _
from eqms.approval import actions
from eqms.approval.authentication.proof import allowed_methods
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.authentication.vocabularies import methods
from eqms.approval.signing import PHASES
from eqms.documents.browser.forms import ActionForm
from eqms.documents.browser.forms import attempt
from eqms.documents.workflow import state_of
from eqms.domain.revisions import State
from plone.autoform import directives
from plone.supermodel import model
from typing import Any
from z3c.form import button
from zope import schema
from zope.i18nmessageid import Message


class IComment(model.Schema):
    """A comment that may be left out."""

    comment = schema.Text(title=_("label_comment", default="Comment"), required=False)


class IReason(model.Schema):
    """A comment that must be given."""

    comment = schema.Text(title=_("label_reason", default="Reason"))


class ISignature(model.Schema):
    """What signing asks for."""

    comment = schema.Text(title=_("label_comment", default="Comment"), required=False)
    method = schema.Choice(
        title=_("label_method", default="Confirm with"), source=methods, required=False
    )
    directives.mode(challenge="hidden")
    challenge = schema.ASCIILine(title=_("label_challenge", default="Challenge"))
    password = schema.Password(
        title=_("label_password", default="Your password"),
        description=_(
            "help_password",
            default="Confirms that it is you who signs. It is a confirmation in this software, not "
            "a digital signature.",
        ),
    )


class TransitionForm(ActionForm):
    """Fires one transition as the person who is logged in."""

    transition = ""
    done: Message

    def act(self) -> None:
        """Fire it, or show why it is refused."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        if attempt(self, lambda: self._fire(data.get("comment") or "")):
            self.finish(self.context, self.done)

    def _fire(self, comment: str) -> bool:
        actions.transition(self.context, self.transition, comment)
        return True


class SubmitForm(TransitionForm):
    """Trình xem xét."""

    schema = IComment
    transition = "submit"
    label = _("heading_submit", default="Submit for review")
    description = _(
        "help_submit",
        default="The draft is locked and goes to the reviewers of the agency. Recall it if you "
        "have to change it.",
    )
    done = _("done_submit", default="The revision was submitted for review.")

    @button.buttonAndHandler(_("action_submit", default="Submit for review"), name="submit")
    def submit(self, action: Any) -> None:
        """Submit."""
        self.act()


class RejectForm(TransitionForm):
    """Trả lại."""

    schema = IReason
    transition = "reject"
    label = _("heading_reject", default="Return")
    description = _(
        "help_reject",
        default="The revision goes back to its authors as a draft. Signatures given so far become "
        "invalid.",
    )
    done = _("done_reject", default="The revision was returned to its authors.")

    @button.buttonAndHandler(_("action_reject", default="Return"), name="reject")
    def reject(self, action: Any) -> None:
        """Return."""
        self.act()


class RecallForm(TransitionForm):
    """Rút lại."""

    schema = IReason
    transition = "recall"
    label = _("heading_recall", default="Recall")
    description = _(
        "help_recall",
        default="The revision becomes a draft again. Signatures given so far become invalid.",
    )
    done = _("done_recall", default="The revision was recalled; it is a draft again.")

    @button.buttonAndHandler(_("action_recall", default="Recall"), name="recall")
    def recall(self, action: Any) -> None:
        """Recall."""
        self.act()


class WithdrawForm(TransitionForm):
    """Hủy dự thảo."""

    schema = IReason
    transition = "withdraw"
    label = _("heading_withdraw", default="Discard draft")
    description = _(
        "help_withdraw",
        default="The draft ends here and is kept as cancelled. The revision in force stays.",
    )
    done = _("done_withdraw", default="The draft was discarded.")

    @button.buttonAndHandler(_("action_withdraw", default="Discard draft"), name="withdraw")
    def withdraw(self, action: Any) -> None:
        """Discard."""
        self.act()


LABELS = {
    State.IN_REVIEW: _("heading_sign_review", default="Confirm review"),
    State.IN_APPROVAL: _("heading_sign_approval", default="Approve"),
}


class SignForm(ActionForm):
    """Xác nhận đã xem xét, or Phê duyệt: whichever step is open."""

    schema = ISignature

    @property
    def label(self) -> Message:
        """What signing means in the state the revision is in."""
        return LABELS.get(state_of(self.context), LABELS[State.IN_REVIEW])

    def updateFieldsFromSchemata(self) -> None:
        """Ask how to prove it only where the site leaves a choice."""
        super().updateFieldsFromSchemata()
        if len(allowed_methods()) == 1:
            self.fields = self.fields.omit("method")

    def render(self) -> str:
        """The form, each time with a challenge of its own: one is worth one attempt."""
        challenge = attempt(self, lambda: actions.challenge_for(self.context))
        self.widgets["challenge"].value = challenge or ""
        return str(super().render())

    @button.buttonAndHandler(_("action_sign", default="Sign"), name="sign")
    def sign(self, action: Any) -> None:
        """Sign the open step."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        try:
            row = attempt(self, lambda: self._sign(data))
        except ReauthenticationFailed as failure:
            self.request.response.setStatus(403)
            self.status = failure.message
            return
        if row is not None:
            self.finish(self.context, _("done_sign", default="Your signature was recorded."))

    def _sign(self, data: dict[str, Any]) -> Any:
        return actions.sign(
            self.context,
            PHASES.get(state_of(self.context), ""),
            data["password"],
            data["comment"] or "",
            challenge=data["challenge"],
            method=data.get("method"),
        )
