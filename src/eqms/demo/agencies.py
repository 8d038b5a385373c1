"""The agencies of the demo, added by the programme officer."""

from collections.abc import Mapping
from eqms.agencies.content import Agency
from eqms.demo import facts
from eqms.domain.vietnamese import slug
from plone import api
from plone.dexterity.utils import createContentInContainer
from typing import Any


def add_agencies(folder: Any, officer: str) -> dict[str, Agency]:
    """Add the agencies with their units, as the officer; returns them by code."""
    made = {}
    with api.env.adopt_user(username=officer):
        for agency in facts.agencies():
            made[agency.code] = createContentInContainer(
                folder,
                "Agency",
                id=slug(agency.title),
                title=agency.title,
                description=agency.description,
                code=agency.code,
                tier=agency.tier,
                block=agency.block,
                **agency.settings,
            )
            for unit in agency.units:
                createContentInContainer(
                    made[agency.code],
                    "Unit",
                    id=slug(unit.title),
                    title=unit.title,
                    code=unit.code,
                    head=unit.head,
                )
    return made


def fill_groups(agencies: Mapping[str, Agency]) -> None:
    """Put people in the groups of their agencies."""
    for agency in facts.agencies():
        for kind, logins in agency.groups.items():
            for login in logins:
                api.group.add_user(groupname=agencies[agency.code].group_ids[kind], username=login)


def unit_uid(agency: Agency, code: str) -> str:
    """UID of the unit of an agency with this code."""
    [unit] = (
        unit for unit in agency.objectValues() if unit.portal_type == "Unit" and unit.code == code
    )
    return str(api.content.get_uuid(unit))
