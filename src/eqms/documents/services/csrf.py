"""Who may write by REST without a form token."""

from plone.protect.interfaces import IDisableCSRFProtection
from typing import Any
from zope.interface import alsoProvides


def trust_authorization_header(request: Any) -> None:
    """Ask no token of a client that sent its credentials itself.

    A browser adds cookies to what a foreign page makes it send, but never an Authorization
    header; a call that rests on a cookie alone still needs the token.
    """
    if request._auth:
        alsoProvides(request, IDisableCSRFProtection)
