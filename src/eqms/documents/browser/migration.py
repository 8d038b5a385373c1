"""The mark on what was taken over, its confirmation, and the window in which it is taken over."""

from Acquisition import aq_parent
from eqms import _
from eqms.documents.browser.forms import ActionForm
from eqms.documents.browser.forms import attempt
from eqms.documents.content import IRevision
from eqms.documents.indexers import is_unconfirmed
from eqms.documents.indexers import revision_in_force
from eqms.documents.migration import APPROVE
from eqms.documents.migration import close_window
from eqms.documents.migration import confirm
from eqms.documents.migration import open_window
from eqms.documents.migration import Window
from eqms.documents.migration import window_of
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from plone.supermodel import model
from typing import Any
from z3c.form import button
from zope import schema


class MigrationPanel(ViewletBase):
    """The way to confirm what was taken over, for who may; the mark itself is on every page."""

    def update(self) -> None:
        """Find the revision that waits for confirmation, if one does."""
        super().update()
        in_revision = IRevision.providedBy(self.context)
        revision = self.context if in_revision else revision_in_force(self.context)
        waits = revision is not None and is_unconfirmed(revision)
        self.revision = revision if waits else None

    def available(self) -> bool:
        """Only for approvers who did not take part in entering it."""
        if self.revision is None:
            return False
        person = api.user.get_current().getId()
        return person not in self.revision.saved_by and bool(
            api.user.has_permission(APPROVE, obj=self.revision)
        )


class ConfirmForm(ActionForm):
    """Xác nhận dữ liệu nạp."""

    schema = model.Schema
    label = _("heading_confirm_migration", default="Confirm migrated data")
    description = _(
        "help_confirm_migration",
        default="You state that this revision agrees with the document on paper. It cannot be "
        "corrected any more; changes need a new revision.",
    )

    @button.buttonAndHandler(_("action_confirm_migration", default="Confirm"), name="confirm")
    def confirm(self, action: Any) -> None:
        """Confirm."""
        if attempt(self, self._confirm):
            message = _("done_confirm_migration", default="The migrated data was confirmed.")
            self.finish(aq_parent(self.context), message)

    def _confirm(self) -> bool:
        confirm(self.context)
        return True


class IWindow(model.Schema):
    """Until when documents may be taken over, and why."""

    until = schema.Date(title=_("label_window_until", default="Last day"))
    reason = schema.Text(title=_("label_reason", default="Reason"))


class WindowForm(ActionForm):
    """Mở đợt nạp dữ liệu."""

    schema = IWindow
    label = _("heading_window", default="Migration window")

    @property
    def window(self) -> Window | None:
        """The window that is open."""
        return window_of(self.context)

    @property
    def description(self) -> Any:
        """What a window is for, or until when one is open."""
        if self.window is None:
            return _(
                "help_window",
                default="While a window is open, the document controllers of the agency take over "
                "documents that were approved on paper. Everybody can see that it is open.",
            )
        return _(
            "help_window_open",
            default="A window is open until the end of ${until}. Reason: ${reason}",
            mapping={
                "until": self.window.until.strftime("%d/%m/%Y"),
                "reason": self.window.reason,
            },
        )

    @button.buttonAndHandler(_("action_open_window", default="Open window"), name="open")
    def open(self, action: Any) -> None:
        """Open a window, or replace the one that is open."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
        elif attempt(self, lambda: open_window(self.context, data["until"], data["reason"])):
            self.finish(self.context, _("done_open_window", default="The window is open."))

    @button.buttonAndHandler(
        _("action_close_window", default="Close window"),
        name="close",
        condition=lambda form: form.window is not None,
    )
    def close(self, action: Any) -> None:
        """Close the window before its last day."""
        if attempt(self, self._close):
            self.finish(self.context, _("done_close_window", default="The window is closed."))

    def _close(self) -> bool:
        close_window(self.context)
        return True
