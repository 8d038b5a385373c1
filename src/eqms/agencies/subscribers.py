"""What happens when agencies come and go."""

from eqms.agencies import codes
from eqms.agencies.access import note_roles
from eqms.agencies.content import Agency
from eqms.agencies.content import IAgency
from eqms.agencies.groups import create_groups
from eqms.agencies.groups import remove_groups
from eqms.domain.canonical import canonical_json
from eqms.domain.vietnamese import nfc
from eqms.trail import storage as trail
from plone import api
from typing import Any
from zope.lifecycleevent.interfaces import IObjectAddedEvent
from zope.lifecycleevent.interfaces import IObjectModifiedEvent
from zope.lifecycleevent.interfaces import IObjectRemovedEvent
from zope.schema import getFieldNames
import json


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
    agency._noted_settings = _settings(agency)
    trail.append(
        api.content.get_uuid(agency),
        "agency_added",
        path="/".join(agency.getPhysicalPath()),
        settings=agency._noted_settings,
        **note_roles(agency),
    )


def agency_modified(agency: Agency, event: IObjectModifiedEvent) -> None:
    """Keep Vietnamese text in one Unicode form, and the code unique; note what was changed."""
    if event.descriptions:
        agency.title = nfc(agency.title)
        codes.hold(agency)
    before, after = agency._noted_settings, _settings(agency)
    if before == after:
        return
    agency._noted_settings = after
    trail.append(
        api.content.get_uuid(agency),
        "agency_changed",
        path="/".join(agency.getPhysicalPath()),
        changes={
            name: [before.get(name), value]
            for name, value in after.items()
            if before.get(name) != value
        },
    )


def agency_removed(agency: Agency, event: IObjectRemovedEvent) -> None:
    """Take the groups away with the agency."""
    remove_groups(agency)
    codes.release(agency)
    trail.append(api.content.get_uuid(agency), "agency_removed", title=agency.title)


def _settings(agency: Agency) -> dict[str, Any]:
    """Title and fields of an agency as plain data, independent of what the agency holds."""
    values = {name: getattr(agency, name, None) for name in ("title", *getFieldNames(IAgency))}
    return dict(json.loads(canonical_json(values)))
