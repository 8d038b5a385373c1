"""A revision that a caller may not view does not exist for that caller."""

from AccessControl.PermissionRole import rolesForPermissionOn
from Acquisition import aq_inner
from typing import Any
from zExceptions import NotFound


def refuse_if_hidden(content: Any, request: Any) -> None:
    """Answer 404 while a request is traversing content that its user may not view.

    The user is authenticated here, ahead of the publisher, which does it only at the end of the
    way and would answer 401: that tells the address exists.

    :raises NotFound: if nobody on the way can authenticate the user with the right to view
    """
    if request is None or request.get("PARENTS") is None:
        return
    roles = rolesForPermissionOn("View", aq_inner(content))
    if roles is None or "Anonymous" in roles:
        return
    published = request.other.get("PUBLISHED")
    request.other["PUBLISHED"] = content
    try:
        allowed = _authenticated(content, request, roles)
    finally:
        if published is None:
            request.other.pop("PUBLISHED", None)
        else:
            request.other["PUBLISHED"] = published
    if not allowed:
        # The error page is rendered for the last object on the way: it must not be this one.
        request["PARENTS"].pop()
        request.steps.pop()
        raise NotFound(content.getId())


def _authenticated(content: Any, request: Any, roles: Any) -> bool:
    folders = (getattr(parent, "__allow_groups__", None) for parent in reversed(request["PARENTS"]))
    for folder in folders:
        if folder is not None and folder.validate(request, request._auth, roles) is not None:
            return True
    return False
