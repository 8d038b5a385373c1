"""What happens when agencies come and go."""

from eqms.agencies import codes
from eqms.agencies.content import Agency
from eqms.agencies.groups import create_groups
from eqms.agencies.groups import remove_groups
from eqms.domain.vietnamese import nfc
from eqms.trail import storage as trail
from plone import api
from zope.lifecycleevent.interfaces import IObjectAddedEvent
from zope.lifecycleevent.interfaces import IObjectModifiedEvent
from zope.lifecycleevent.interfaces import IObjectRemovedEvent


ADDERS = {
    "eqms: Add controlled document": ("Document Author", "Document Controller", "Manager"),
    "eqms: Add unit": (
        "Document Controller",
        "Manager",
        "Programme Officer",
        "Site Administrator",
    ),
}
"""Who may add documents and units to an agency; outside agencies nobody may."""


def agency_added(agency: Agency, event: IObjectAddedEvent) -> None:
    """Give a new agency its groups and let its people add documents."""
    agency.title = nfc(agency.title)
    codes.part_from_original(agency)
    codes.hold(agency)
    for permission, roles in ADDERS.items():
        agency.manage_permission(permission, roles, acquire=0)
    create_groups(agency)
    trail.append(
        api.content.get_uuid(agency),
        "agency_added",
        path="/".join(agency.getPhysicalPath()),
        title=agency.title,
        code=agency.code,
    )


def agency_modified(agency: Agency, event: IObjectModifiedEvent) -> None:
    """Keep Vietnamese text in one Unicode form, and the code unique."""
    if event.descriptions:
        agency.title = nfc(agency.title)
        codes.hold(agency)


def agency_removed(agency: Agency, event: IObjectRemovedEvent) -> None:
    """Take the groups away with the agency."""
    remove_groups(agency)
    codes.release(agency)
    trail.append(api.content.get_uuid(agency), "agency_removed", title=agency.title)
