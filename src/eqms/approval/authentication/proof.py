"""Proof that the person who is logged in is the one who decides."""

from dataclasses import dataclass
from datetime import datetime
from datetime import timedelta
from eqms import _
from eqms.approval.authentication.interfaces import IReauthentication
from eqms.approval.authentication.password import METHOD
from eqms.approval.authentication.storage import stored
from eqms.approval.authentication.storage import written
from eqms.approval.settings import setting
from eqms.documents.dates import moment_of
from eqms.documents.errors import bad_request
from eqms.documents.errors import forbidden
from eqms.domain.clock import now
from eqms.domain.lockout import Attempts
from eqms.domain.lockout import Policy
from plone import api
from typing import Any
from zope.component import getUtility
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Proof:
    """By which method, and when (aware, UTC), a person proved to be at the keyboard."""

    method: str
    at: datetime


class ReauthenticationFailed(Exception):
    """The secret does not prove who is signing.

    Not a refusal that ends the transaction: the count and the row about it must stay. Whoever
    catches it notes ``action`` with ``details`` in the trail, and answers 403 by status.
    """

    action = "reauthentication_failed"

    def __init__(self, method: str, message: Message, **details: Any) -> None:
        super().__init__(method)
        self.message = message
        self.details = {"method": method, **details}


class AuthenticationLocked(ReauthenticationFailed):
    """Too many wrong attempts: for some minutes no secret is looked at, not even the right one."""

    action = "authentication_locked"

    def __init__(self, method: str, until: datetime) -> None:
        message = _(
            "error_authentication_locked",
            default="Too many wrong attempts. You can sign again after ${until}. Nothing was "
            "signed.",
            mapping={"until": moment_of(until)},
        )
        super().__init__(method, message, until=until)


def allowed_methods() -> tuple[str, ...]:
    """The methods that the site allows, the preferred one first."""
    return tuple(setting("authentication_methods"))


def prove(person: str, secret: str, method: str | None = None) -> Proof:
    """Have the person who is logged in prove anew who he or she is.

    :param person: user id; must be the caller's own
    :param secret: what the method asks for (a password, a code)
    :param method: one of those the site allows; None is the preferred one
    :raises Forbidden: if it is somebody else's id
    :raises BadRequest: if the site does not allow the method
    :raises ReauthenticationFailed: if the secret is wrong; it was counted
    :raises AuthenticationLocked: after too many wrong ones, this one perhaps being the last
    """
    allowed = allowed_methods()
    chosen = method or allowed[0]
    if chosen not in allowed:
        raise bad_request(
            _(
                "error_unknown_method",
                default="method must be one of: ${methods}.",
                mapping={"methods": ", ".join(allowed)},
            )
        )
    return _prove(person, secret, chosen)


def prove_password(person: str, password: str) -> Proof:
    """As `prove`, with the password, whatever the site allows for signing.

    Asked for when a person changes how he or she signs.
    """
    return _prove(person, password, METHOD)


def _prove(person: str, secret: str, method: str) -> Proof:
    if api.user.get_current().getId() != person:
        raise forbidden(_("error_other_person", default="You can only sign as yourself."))
    before = stored().attempts.get(person, Attempts())
    moment = now()
    if before.locked(moment):
        raise AuthenticationLocked(method, before.locked_until)
    way = getUtility(IReauthentication, name=method)
    if not secret or not way.confirms(person, secret):
        after = before.failure(policy(), moment)
        written().attempts[person] = after
        if after.locked(moment):
            raise AuthenticationLocked(method, after.locked_until)
        raise ReauthenticationFailed(method, way.wrong)
    if before != Attempts():
        del written().attempts[person]
    return Proof(method, moment)


def policy() -> Policy:
    """How many wrong attempts the site allows, and how long it locks."""
    minutes = setting("authentication_lock_minutes")
    return Policy(setting("authentication_attempts"), timedelta(minutes=minutes))
