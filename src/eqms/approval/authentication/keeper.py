"""Passwords of the site's own users move to the adaptive hash.

New and changed passwords are stored with it at once; one that was stored otherwise moves when its
user logs in (the login page, ``@login``) or signs. A request that only sends a password with its
other business (HTTP Basic) moves nothing: what it writes is its own. Users of the Zope root stay
as they are.
"""

from AuthEncoding import AuthEncoding
from eqms.approval.authentication.hashing import ARGON2
from eqms.approval.authentication.hashing import hashed
from plone import api
from Products.PlonePAS.plugins.user import UserManager
from Products.PluggableAuthService.interfaces.plugins import IUserAdderPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from zope.component.hooks import getSite
from zope.interface import implementer


KEEPER = "eqms_password_keeper"

SOURCE = "source_users"


@implementer(IUserAdderPlugin)
class PasswordKeeper(BasePlugin):
    """Adds users to the site's own source, the password hashed already."""

    meta_type = "eqms Password Keeper"

    def __init__(self, id: str) -> None:
        self._setId(id)
        self.title = "Stores passwords of new users with an adaptive hash"

    def doAddUser(self, login: str, password: str) -> bool:
        """Whether the user could be added; what an import brings hashed is stored as it is."""
        stored = password if AuthEncoding.is_encrypted(password) else hashed(password)
        return bool(_source().doAddUser(login, stored))


def move(login: str, password: str) -> None:
    """Store a password with the adaptive hash, if it is right and was stored otherwise."""
    source = _source()
    person = source._login_to_userid.get(login)
    if person is None or not ARGON2.outdated(source._user_passwords[person]):
        return
    if source.authenticateCredentials({"login": login, "password": password}) is not None:
        store(person, password)


def store(person: str, password: str) -> None:
    """Store a password with the adaptive hash; nothing for a user of another source."""
    source = _source()
    if person in source._user_passwords:
        source.updateUserPassword(person, hashed(password))


def installed() -> bool:
    """Whether this is a site that keeps passwords this way; the Zope root is none."""
    users = getattr(getSite(), "acl_users", None)
    return users is not None and KEEPER in users.objectIds()


def install_keeper() -> None:
    """Put the keeper first among what adds users; nothing if it stands there already."""
    if not installed():
        users = api.portal.get_tool("acl_users")
        users._setObject(KEEPER, PasswordKeeper(KEEPER))
        users.plugins.activatePlugin(IUserAdderPlugin, KEEPER)
        users.plugins.movePluginsTop(IUserAdderPlugin, (KEEPER,))


def remove_keeper() -> None:
    """Take the keeper away; hashes stay, and are understood as long as the package is there."""
    if installed():
        users = api.portal.get_tool("acl_users")
        users.plugins.deactivatePlugin(IUserAdderPlugin, KEEPER)
        users._delObject(KEEPER)


def _source() -> UserManager:
    return api.portal.get_tool("acl_users")[SOURCE]
