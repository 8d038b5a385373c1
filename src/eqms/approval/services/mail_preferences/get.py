"""``GET /@mail-preferences``."""

from eqms.approval.mail.preferences import preferences
from plone import api
from plone.restapi.services import Service


class MailPreferencesGet(Service):
    """The pace of each group of mails: ``at_once``, ``daily`` or ``never``."""

    def reply(self) -> dict[str, str]:
        """The wishes of the person who asks."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        wishes = preferences(api.user.get_current().getId())
        return {group: pace.value for group, pace in wishes.items()}
