"""Forms in which people decide on a revision."""

from eqms import _
from eqms.approval import actions
from eqms.documents.browser.forms import ActionForm
from eqms.documents.browser.forms import attempt
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
