"""The default way: the password, against the user sources of the site."""

from eqms import _
from eqms.approval.authentication.hashing import afresh
from eqms.approval.authentication.interfaces import IReauthentication
from eqms.approval.authentication.keeper import move
from plone import api
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from zope.interface import implementer


METHOD = "password"


@implementer(IReauthentication)
class PasswordReauthentication:
    """Asks the authentication plugins of the site; the answer must name the caller."""

    title = _("label_password", default="Your password")
    wrong = _("error_reauthentication", default="The password is not right. Nothing was signed.")

    def confirms(self, person: str, secret: str) -> bool:
        """Whether ``secret`` is the password of the user with this id."""
        user = api.user.get(userid=person)
        if user is None or not secret:
            return False
        login = user.getUserName()
        if not _confirmed(person, {"login": login, "password": secret}):
            return False
        move(login, secret)
        return True


def _confirmed(person: str, credentials: dict[str, str]) -> bool:
    plugins = api.portal.get_tool("acl_users").plugins.listPlugins(IAuthenticationPlugin)
    with afresh():
        answers = (plugin.authenticateCredentials(credentials) for _id, plugin in plugins)
        return any(answer is not None and answer[0] == person for answer in answers)
