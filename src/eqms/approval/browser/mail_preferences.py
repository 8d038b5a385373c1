"""The page on which people choose what is mailed to them."""

from eqms import _
from eqms.approval.mail.kinds import GROUPS
from eqms.approval.mail.preferences import PACES
from eqms.approval.mail.preferences import prefer
from eqms.approval.mail.preferences import preferences
from eqms.documents.browser.forms import ActionForm
from plone import api
from plone.supermodel import model
from typing import Any
from z3c.form import button
from zope import schema
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


_PACES = SimpleVocabulary(
    [SimpleTerm(pace.value, pace.value, title) for pace, title in PACES.items()]
)


class IMailPreferences(model.Schema):
    """One choice for each group of mails."""

    tasks = schema.Choice(title=GROUPS["tasks"].title, vocabulary=_PACES)
    drafts = schema.Choice(title=GROUPS["drafts"].title, vocabulary=_PACES)
    notices = schema.Choice(title=GROUPS["notices"].title, vocabulary=_PACES)


class MailPreferencesForm(ActionForm):
    """``@@mail-preferences``: for the person who is logged in."""

    schema = IMailPreferences
    ignoreContext = False
    label = _("heading_mail_preferences", default="Mail to me")
    description = _(
        "help_mail_preferences",
        default="Whatever you choose here: what waits for you always stands under My tasks.",
    )

    def getContent(self) -> dict[str, str]:
        """What was chosen before."""
        wishes = preferences(api.user.get_current().getId())
        return {group: pace.value for group, pace in wishes.items()}

    @button.buttonAndHandler(_("action_save_preferences", default="Save"), name="save")
    def save(self, action: Any) -> None:
        """Keep the choice."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        prefer(api.user.get_current().getId(), data)
        self.finish(self.context, _("done_save_preferences", default="Your choice was saved."))
