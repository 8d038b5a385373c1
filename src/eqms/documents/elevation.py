"""Acting for the system in the name of a person.

Some permissions no role holds (to switch a revision, to add one). Code that has decided, by its
own rules, that the act is due takes them for the length of a block; the trail and the workflow
history still name the person who caused it.
"""

from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import UnrestrictedUser
from Acquisition import aq_base
from collections.abc import Iterator
from contextlib import contextmanager
from plone import api


class ElevatedUser(UnrestrictedUser):
    """Holds every permission, under the id and name of the person it acts for."""

    def __init__(self, user_id: str | None, login: str) -> None:
        super().__init__(login, "", (), ())
        self._id = user_id

    def getId(self) -> str | None:
        """The id of the person; None for an anonymous request."""
        return self._id


@contextmanager
def elevated() -> Iterator[None]:
    """Hold every permission inside the block; never hand it to code that a user controls."""
    before = getSecurityManager()
    user = before.getUser()
    acting = ElevatedUser(user.getId(), user.getUserName())
    newSecurityManager(None, acting.__of__(api.portal.get_tool("acl_users")))
    try:
        yield
    finally:
        setSecurityManager(before)


def is_elevated() -> bool:
    """Whether code inside an `elevated` block is asking."""
    return isinstance(aq_base(getSecurityManager().getUser()), ElevatedUser)
