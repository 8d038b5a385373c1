"""Who may write by REST without a form token."""

from plone.protect.authenticator import check
from plone.protect.interfaces import IDisableCSRFProtection
from typing import Any
from zope.interface import alsoProvides


def refuse_forged_request(request: Any) -> None:
    """Ask for the form token unless the client sent its credentials itself.

    A browser adds cookies to what a foreign page makes it send, but never an Authorization
    header; so a call that rests on a cookie alone needs the token (``X-CSRF-TOKEN``).

    :raises Forbidden: without it
    """
    if request._auth:
        alsoProvides(request, IDisableCSRFProtection)
    else:
        check(request)
