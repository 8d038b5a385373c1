"""Signing authenticates again: with the password, against the user sources of the site."""

from eqms.approval.interfaces import IReauthentication
from eqms.interfaces import IEqmsLayer
from plone import api
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from typing import Any
from zope.component import adapter
from zope.interface import implementer


@implementer(IReauthentication)
@adapter(IEqmsLayer)
class PasswordReauthentication:
    """Asks the authentication plugins of the site; the answer must name the caller."""

    def __init__(self, request: Any) -> None:
        self.request = request

    def confirms(self, user_id: str, secret: str) -> bool:
        """Whether ``secret`` is the password of the user with this id."""
        user = api.user.get(userid=user_id)
        if user is None or not secret:
            return False
        credentials = {"login": user.getUserName(), "password": secret}
        plugins = api.portal.get_tool("acl_users").plugins
        for _plugin_id, plugin in plugins.listPlugins(IAuthenticationPlugin):
            answer = plugin.authenticateCredentials(credentials)
            if answer is not None and answer[0] == user_id:
                return True
        return False
