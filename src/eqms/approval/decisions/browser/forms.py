"""Forms in which a decision is entered, or given up."""

from eqms import _
from eqms.approval.decisions.entering import cancel
from eqms.approval.decisions.entering import enter
from eqms.approval.decisions.entering import Entry
from eqms.documents.browser.forms import ActionForm
from eqms.documents.browser.forms import attempt
from plone.namedfile.field import NamedBlobFile
from plone.supermodel import model
from typing import Any
from z3c.form import button
from zope import schema


class IEntry(model.Schema):
    """What the clerk knows once the decision was signed."""

    number = schema.TextLine(
        title=_("label_decision_number", default="Number"),
        description=_("help_decision_number", default="For example 12/QĐ-STP."),
        max_length=60,
    )
    decided_on = schema.Date(title=_("label_decided_on", default="Date of the decision"))
    in_force_on = schema.Date(
        title=_("label_decision_in_force_on", default="In force from"),
        description=_(
            "help_in_force_on",
            default="If the decision names a day; otherwise its rows are in force when it is "
            "signed. A day that has passed needs the signed file.",
        ),
        required=False,
    )
    capacity = schema.TextLine(
        title=_("label_decision_capacity", default="Signed in the capacity of"), required=False
    )
    position = schema.TextLine(
        title=_("label_decision_position", default="Position of the signer"), required=False
    )
    signer = schema.TextLine(title=_("label_decision_signer", default="Signer"), required=False)
    signed_file = NamedBlobFile(title=_("label_signed_file", default="Signed file"), required=False)


class EnterForm(ActionForm):
    """Ban hành: number and date of the signed decision."""

    schema = IEntry
    label = _("heading_enter_decision", default="Enter the signed decision")
    description = _(
        "help_enter_decision",
        default="All rows are in force at one instant, or none is. Nobody can change the decision "
        "afterwards.",
    )

    def updateWidgets(self, prefix: str | None = None) -> None:
        """Show who is to sign, as far as it is known."""
        super().updateWidgets(prefix)
        for name in ("capacity", "position", "signer"):
            widget = self.widgets[name]
            widget.value = widget.value or getattr(self.context, name) or ""

    @button.buttonAndHandler(_("action_issue", default="Issue"), name="issue")
    def issue(self, action: Any) -> None:
        """Enter it."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        values = {name: value for name, value in data.items() if value is not None}
        if attempt(self, lambda: self._enter(values)):
            self.finish(self.context, _("done_enter_decision", default="The decision was issued."))

    def _enter(self, values: dict[str, Any]) -> bool:
        enter(self.context, Entry(**values))
        return True


class IReason(model.Schema):
    """A reason that must be given."""

    reason = schema.Text(title=_("label_reason", default="Reason"))


class CancelForm(ActionForm):
    """Hủy dự thảo quyết định."""

    schema = IReason
    label = _("heading_cancel_decision", default="Give the decision up")
    description = _(
        "help_cancel_decision",
        default="The decision is kept as cancelled. The revisions in it go on waiting.",
    )

    @button.buttonAndHandler(_("action_cancel_decision", default="Give up"), name="cancel")
    def cancel(self, action: Any) -> None:
        """Give it up."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        if attempt(self, lambda: self._cancel(data["reason"])):
            self.finish(
                self.context, _("done_cancel_decision", default="The decision was given up.")
            )

    def _cancel(self, reason: str) -> bool:
        cancel(self.context, reason)
        return True
