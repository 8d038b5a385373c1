"""The groups of an agency: who may draft, review, approve and control its documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from eqms import _
from eqms.agencies.access import own_group
from eqms.agencies.content import Agency
from eqms.domain.vietnamese import slug
from plone import api
from types import MappingProxyType
from zope.i18n import translate
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class GroupKind:
    """One kind of group that every agency has, and the role it holds below the agency."""

    id: str
    role: str
    title: Message
    site_roles: tuple[str, ...] = ()
    """Held in the whole site: what is kept once for all agencies."""


KINDS: Mapping[str, GroupKind] = MappingProxyType(
    {
        kind.id: kind
        for kind in (
            GroupKind("authors", "Document Author", _("group_authors", default="Authors")),
            GroupKind("reviewers", "Document Reviewer", _("group_reviewers", default="Reviewers")),
            GroupKind("approvers", "Document Approver", _("group_approvers", default="Approvers")),
            GroupKind(
                "controllers",
                "Document Controller",
                _("group_controllers", default="Document controllers (ISO secretaries)"),
                ("Reference Keeper",),
            ),
        )
    }
)


def create_groups(agency: Agency) -> None:
    """Make the groups of a new agency and give them their roles on its folder.

    The roles are set once and stay: people come and go by membership, so that nothing below
    the agency has to be indexed anew.
    """
    tool = api.portal.get_tool("portal_groups")
    # A copied agency comes with the roles of the original's people.
    agency.manage_delLocalRoles(list(getattr(agency, "group_ids", {}).values()))
    ids = {}
    for kind in KINDS.values():
        group_id = _free_id(f"{slug(agency.code)}-{kind.id}")
        title = f"{agency.title}: {translate(kind.title, target_language=_language())}"
        tool.addGroup(group_id, title=title, roles=kind.site_roles)
        own_group(group_id, api.content.get_uuid(agency))
        agency.manage_setLocalRoles(group_id, [kind.role])
        ids[kind.id] = group_id
    agency.group_ids = ids
    agency.reindexObjectSecurity()


def remove_groups(agency: Agency) -> None:
    """Remove the groups of an agency that is being removed."""
    tool = api.portal.get_tool("portal_groups")
    for group_id in getattr(agency, "group_ids", {}).values():
        if tool.getGroupById(group_id) is not None:
            tool.removeGroup(group_id)


def members(agency: Agency, kind: str) -> list[str]:
    """Ids of the people in one of the agency's groups, sorted; never more than the group holds."""
    group = api.portal.get_tool("portal_groups").getGroupById(agency.group_ids[kind])
    return sorted(group.getGroupMemberIds()) if group is not None else []


def _free_id(wanted: str) -> str:
    tool = api.portal.get_tool("portal_groups")
    candidate, number = wanted, 1
    # Roles are given to ids: one that is a person's would give them to the person.
    while tool.getGroupById(candidate) is not None or api.user.get(userid=candidate) is not None:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def _language() -> str:
    return str(api.portal.get_default_language())
