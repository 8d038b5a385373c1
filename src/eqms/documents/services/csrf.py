"""Who may write by REST without a form token."""

from plone.protect.authenticator import check
from plone.protect.interfaces import IDisableCSRFProtection
from typing import Any
from zope.interface import alsoProvides


def refuse_forged_request(request: Any) -> None:
    """Ask for the form token unless the client sent its credentials itself.

    A browser adds cookies to what a foreign page makes it send, so a call that rests on a cookie
    alone needs the token (``X-CSRF-TOKEN``).

    :raises Forbidden: without it
    """
    if request._auth and not _sent_by_foreign_page(request):
        alsoProvides(request, IDisableCSRFProtection)
    else:
        check(request)


def _sent_by_foreign_page(request: Any) -> bool:
    """Whether a browser may have added the password by itself.

    It keeps one that was entered in its own window (HTTP Basic) and adds it wherever a cookie would
    go; it says then whose page sent the request. Programs name no origin.
    """
    if not request._auth.lower().startswith("basic "):
        return False
    return request.get_header("Origin") not in (None, request["SERVER_URL"])
