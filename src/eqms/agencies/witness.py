"""A witness of site-wide roles: no event tells of them, so a plugin of the user folder does.

Whenever a person or group is given or loses roles by the pages, REST or code of Plone, every role
assigner of the user folder is told. This one assigns nothing: it notes what it is told. What is
done to the role manager itself in the management screens (ZMI) passes it by.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from eqms.trail import storage as trail
from plone import api
from Products.PluggableAuthService.interfaces.plugins import IRoleAssignerPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from typing import Any
from zope.interface import implementer


WITNESS = "eqms_role_witness"

NOTHING_SPECIAL = frozenset({"Member", "Authenticated", "Anonymous"})
"""Roles that everybody has who can log in."""


@implementer(IRoleAssignerPlugin)
class RoleWitness(BasePlugin):
    """Writes a row about each change of a principal's site-wide roles."""

    meta_type = "eqms Role Witness"

    _dont_swallow_my_exceptions = True
    """The user folder would go on without the row."""

    def __init__(self, id: str) -> None:
        self._setId(id)
        self.title = "Notes changes of roles in the audit trail"
        self._told: OOBTree = OOBTree()

    def doAssignRoleToPrincipal(self, principal_id: str, role: str) -> bool:
        """Note a role more; False, because this plugin assigns none."""
        self._note(principal_id, {*self._told.get(principal_id, ()), role})
        return False

    def doRemoveRoleFromPrincipal(self, principal_id: str, role: str) -> bool:
        """Note a role less; False, because this plugin removes none."""
        self._note(principal_id, {*self._told.get(principal_id, ())} - {role})
        return False

    def assignRolesToPrincipal(
        self, roles: Iterable[str], principal_id: str, REQUEST: Any = None
    ) -> None:
        """Note the roles that a principal has from now on."""
        self._note(principal_id, set(roles))

    def _note(self, principal_id: str, roles: set[str]) -> None:
        before = self._told.get(principal_id)
        after = tuple(sorted(roles - NOTHING_SPECIAL))
        if after == (before or ()):
            return
        self._told[principal_id] = after
        # What a principal had before the witness came is not known, and said so by None.
        trail.append(
            trail.SITE, "site_roles_changed", principal=principal_id, changes=[before, after]
        )


def install_witness() -> None:
    """Put the witness into the user folder of the site; nothing if it stands there already."""
    users = api.portal.get_tool("acl_users")
    if WITNESS not in users.objectIds():
        users._setObject(WITNESS, RoleWitness(WITNESS))
        users.plugins.activatePlugin(IRoleAssignerPlugin, WITNESS)


def remove_witness() -> None:
    """Take the witness away; what it noted stays in the trail."""
    users = api.portal.get_tool("acl_users")
    if WITNESS in users.objectIds():
        users.plugins.deactivatePlugin(IRoleAssignerPlugin, WITNESS)
        users._delObject(WITNESS)
