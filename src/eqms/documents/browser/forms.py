"""Forms that act on documents and revisions; what is refused is shown, and nothing is half-done."""

from collections.abc import Callable
from eqms import _
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.errors import REFUSALS
from eqms.documents.errors import told
from eqms.domain.numbering import Change
from eqms.domain.revisions import Kind
from html import escape
from plone import api
from plone.autoform.form import AutoExtensibleForm
from plone.supermodel import model
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form import button
from z3c.form.form import Form
from zope import schema
from zope.i18nmessageid import Message
from zope.schema.interfaces import IPassword
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary
import transaction


def attempt(form: Form, act: Callable[[], Any]) -> Any | None:
    """Do something that may be refused; then the form says why and the rest is as before."""
    savepoint = transaction.savepoint()
    try:
        return act()
    except REFUSALS as refusal:
        savepoint.rollback()
        show_error(form, str(refusal))
        return None


def show_error(form: Form, message: Message | str) -> None:
    """Show a message of a form as an error; text that people wrote into it stays text."""
    form.status = form.formErrorsMessage = escape(told(message))


class ActionForm(AutoExtensibleForm, Form):
    """A form about the context that stores nothing of its own."""

    description: Message | str = ""
    ignoreContext = True
    template = ViewPageTemplateFile("form.pt")

    def updateWidgets(self, prefix: str | None = None) -> None:
        """A password is never sent back, not even a wrong one."""
        super().updateWidgets(prefix)
        for widget in self.widgets.values():
            if IPassword.providedBy(widget.field):
                widget.value = ""

    def updateActions(self) -> None:
        """Let the first button stand out: it is what the page is for."""
        super().updateActions()
        for action in list(self.actions.values())[:1]:
            action.klass = action.klass.replace("btn-secondary", "btn-primary")

    def finish(self, target: Any, message: Any) -> None:
        """Show a message on the page of what was acted on."""
        api.portal.show_message(message, self.request)
        self.request.response.redirect(target.absolute_url())


CHANGES = SimpleVocabulary(
    [
        SimpleTerm(
            Change.AMENDMENT.value,
            Change.AMENDMENT.value,
            _("change_amendment", default="Amendment: the amendment number goes up by one"),
        ),
        SimpleTerm(
            Change.REISSUE.value,
            Change.REISSUE.value,
            _("change_reissue", default="Re-issue: the issue number goes up by one"),
        ),
    ]
)


KINDS = SimpleVocabulary(
    [
        SimpleTerm(
            Kind.NORMAL.value,
            Kind.NORMAL.value,
            _("kind_normal", default="Normal"),
        ),
        SimpleTerm(
            Kind.URGENT.value,
            Kind.URGENT.value,
            _(
                "kind_urgent",
                default="Urgent: a correction that cannot wait for the draft in progress",
            ),
        ),
    ]
)


class IRevise(model.Schema):
    """What kind of change the next revision is."""

    change = schema.Choice(
        title=_("label_change", default="Kind of change"),
        vocabulary=CHANGES,
        default=Change.AMENDMENT.value,
    )
    kind = schema.Choice(
        title=_("label_urgency", default="Urgency"),
        description=_(
            "help_urgency",
            default="One normal and one urgent revision may be open at the same time. When one of "
            "them is in force, the other takes its changes over.",
        ),
        vocabulary=KINDS,
        default=Kind.NORMAL.value,
    )


class ReviseForm(ActionForm):
    """Open the next draft as a copy of the revision in force."""

    schema = IRevise
    label = _("heading_revise", default="Revise")
    description = _(
        "help_revise",
        default="A draft is opened as a copy of the revision in force, which stays in force until "
        "the new one is approved.",
    )

    @button.buttonAndHandler(_("action_open_draft", default="Open draft"), name="open")
    def open(self, action: Any) -> None:
        """Open the draft and go to its edit form."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        change, kind = Change(data["change"]), Kind(data["kind"])
        draft = attempt(self, lambda: revise(self.context, change, kind))
        if draft is not None:
            self.request.response.redirect(f"{draft.absolute_url()}/edit")


class EditDraft(BrowserView):
    """Where one goes on after adding a document: to its draft."""

    def __call__(self) -> str:
        """Redirect to the edit form of the open draft, or to the document."""
        entry = register_of(self.context).open()
        target = self.context.absolute_url()
        if entry is not None:
            target = f"{target}/{entry.id}/edit"
        return str(self.request.response.redirect(target))
