"""Rows about who belongs to which group and who holds which role where.

What concerns an agency stands in its trail, the rest in that of the site. A change made in the
management screens (ZMI) on the object itself sends no event; `eqms verify` tells of local roles of
an agency that no row speaks of.
"""

from Acquisition import aq_base
from BTrees.OOBTree import OOBTree
from collections.abc import Callable
from collections.abc import Mapping
from eqms.agencies.lookup import agency_of
from eqms.trail import storage as trail
from functools import wraps
from plone import api
from plone.app.workflow.interfaces import ILocalrolesModifiedEvent
from plone.browserlayer.interfaces import ILocalBrowserLayerType
from Products.PluggableAuthService.interfaces.events import IGroupDeletedEvent
from Products.PluggableAuthService.interfaces.events import IPrincipalAddedToGroupEvent
from Products.PluggableAuthService.interfaces.events import IPrincipalDeletedEvent
from Products.PluggableAuthService.interfaces.events import IPrincipalRemovedFromGroupEvent
from typing import Any
from zope.annotation.interfaces import IAnnotations
from zope.component import queryUtility
import transaction


ANNOTATION = "eqms.agencies.groups"


def own_group(group_id: str, uid: str) -> None:
    """Note which agency a group belongs to; kept when the group goes, as its rows are."""
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    annotations[ANNOTATION][group_id] = uid


def owner_of_group(group_id: str) -> str:
    """UID of the agency that a group belongs to, or `eqms.trail.storage.SITE`."""
    owners: Mapping[str, str] = IAnnotations(api.portal.get()).get(ANNOTATION, {})
    return owners.get(group_id, trail.SITE)


def _if_installed(handler: Callable[[Any], None]) -> Callable[[Any], None]:
    """Events of accounts come from every site of the server; only ours has a trail.

    The user folder swallows some errors of those who listen: a change of a group must not stand
    without its row, so the whole transaction is given up.
    """

    @wraps(handler)
    def handle(event: Any) -> None:
        if not is_installed():
            return
        try:
            handler(event)
        except Exception:
            transaction.doom()
            raise

    return handle


def is_installed() -> bool:
    """Whether the present site has the add-on."""
    return queryUtility(ILocalBrowserLayerType, name="eqms") is not None


@_if_installed
def member_added(event: IPrincipalAddedToGroupEvent) -> None:
    """Somebody joined a group."""
    _note_member("member_added", event)


@_if_installed
def member_removed(event: IPrincipalRemovedFromGroupEvent) -> None:
    """Somebody left a group."""
    _note_member("member_removed", event)


@_if_installed
def group_removed(event: IGroupDeletedEvent) -> None:
    """A group is gone; who was in it has left it before."""
    trail.append(owner_of_group(event.principal), "group_removed", group=event.principal)


@_if_installed
def user_removed(event: IPrincipalDeletedEvent) -> None:
    """An account is gone; its rows and signatures stay."""
    trail.append(trail.SITE, "user_removed", person=event.principal)


def local_roles_modified(context: Any, event: ILocalrolesModifiedEvent) -> None:
    """Roles were given or taken on an object, by the sharing page or REST."""
    if not is_installed():
        return
    before = getattr(aq_base(context), "_noted_roles", None)
    after = note_roles(context)
    if before == after:
        return
    agency = agency_of(context)
    trail.append(
        api.content.get_uuid(agency) if agency is not None else trail.SITE,
        "local_roles_changed",
        path="/".join(context.getPhysicalPath()),
        object=api.content.get_uuid(context),
        changes=[before, after],
    )


def note_roles(context: Any) -> dict[str, Any]:
    """Remember the local roles that the trail knows of, so that the next row can say what changed.

    :returns: ``roles`` by principal, and whether those from above are ``blocked``
    """
    context._noted_roles = roles_of(context)
    return dict(context._noted_roles)


def roles_of(context: Any) -> dict[str, Any]:
    """The local roles of an object as they are, in the form of a row."""
    return {
        "roles": {principal: sorted(roles) for principal, roles in context.get_local_roles()},
        "blocked": bool(getattr(aq_base(context), "__ac_local_roles_block__", False)),
    }


def _note_member(action: str, event: Any) -> None:
    trail.append(
        owner_of_group(event.group_id), action, group=event.group_id, person=str(event.principal)
    )
