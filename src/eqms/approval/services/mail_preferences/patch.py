"""``PATCH /@mail-preferences``."""

from eqms.approval.mail.preferences import prefer
from eqms.approval.mail.preferences import preferences
from eqms.documents.services.body import body_of
from eqms.documents.services.csrf import refuse_forged_request
from plone import api
from plone.restapi.services import Service


class MailPreferencesPatch(Service):
    """Body: ``{"tasks": "daily", …}``; what is left out stays as it is."""

    def reply(self) -> dict[str, str]:
        """The wishes as they are now; 400 for a group or a pace that does not exist."""
        refuse_forged_request(self.request)
        person = api.user.get_current().getId()
        prefer(person, body_of(self.request))
        return {group: pace.value for group, pace in preferences(person).items()}
