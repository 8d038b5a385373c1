"""What happens to users, whichever page or service does it."""

from eqms.approval.authentication.keeper import installed
from eqms.approval.authentication.keeper import move
from eqms.approval.authentication.keeper import store
from eqms.approval.authentication.storage import stored
from eqms.approval.authentication.storage import written
from plone import api
from plone.restapi.deserializer import json_body
from plone.restapi.exceptions import DeserializationError
from Products.PluggableAuthService.interfaces.events import ICredentialsUpdatedEvent
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from Products.PluggableAuthService.interfaces.events import IUserLoggedInEvent
from typing import Any
from zope.globalrequest import getRequest


def password_changed(event: ICredentialsUpdatedEvent) -> None:
    """Store a changed password again, with the adaptive hash."""
    if installed() and event.principal is not None:
        store(event.principal.getId(), event.password)


def logged_in(event: IUserLoggedInEvent) -> None:
    """Move the password that somebody has just logged in with."""
    if installed():
        move(*_credentials(getRequest()))


def principal_deleted(event: IPrincipalDeletedEvent) -> None:
    """Whoever gets the id of a deleted user later starts with nothing."""
    if installed() and any(event.principal in tree for tree in stored().trees):
        written().forget(event.principal)


def _credentials(request: Any) -> tuple[str, str]:
    """Login name and password of a request that logs in; empty if it does so in another way."""
    form = getattr(request, "form", {})
    login = form.get("__ac_name") or _body(request).get("login") or ""
    return api.portal.get_tool("acl_users").applyTransform(login), form.get("__ac_password", "")


def _body(request: Any) -> dict[str, Any]:
    try:
        return dict(json_body(request))
    except DeserializationError:
        return {}
