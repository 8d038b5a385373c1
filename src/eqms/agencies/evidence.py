"""Whether the roles on an agency and the members of its groups are those its trail tells of."""

from collections.abc import Iterator
from collections.abc import Mapping
from eqms.agencies.access import roles_of
from eqms.agencies.content import IAgency
from eqms.trail.interfaces import Comparison
from eqms.trail.interfaces import IContentCheck
from plone import api
from typing import Any
from zope.interface import implementer


@implementer(IContentCheck)
class AgencyCheck:
    """Compares agencies with their trails."""

    def subjects(self) -> Iterator[str]:
        """Every agency."""
        for brain in _agencies():
            yield brain.UID

    def compare(self, subject: str) -> Comparison:
        """Compare one agency, if the trail is that of one."""
        return AgencyComparison(subject)


class AgencyComparison(Comparison):
    """Roles and members, as the rows add up, against what is there.

    Findings: ``agency_missing`` (no row says that it was removed), ``roles`` (local roles that no
    row tells of, for example given in the management screens), ``members`` (of a group).
    """

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.present = False
        self.roles: Any = None
        self.members: dict[str, set[str]] = {}

    def see(self, row: Mapping[str, Any]) -> None:
        """Note what the row says of roles and members."""
        details = row.get("details")
        if not isinstance(details, Mapping):
            return
        match row.get("action"):
            case "agency_added":
                self.present = True
                self.roles = {name: details.get(name) for name in ("roles", "blocked")}
            case "agency_removed":
                self.present = False
            case "local_roles_changed" if details.get("object") == self.subject:
                self.roles = details["changes"][1]
            case "member_added":
                self.members.setdefault(details["group"], set()).add(details["person"])
            case "member_removed":
                self.members.setdefault(details["group"], set()).discard(details["person"])

    def findings(self) -> Iterator[tuple[str, str]]:
        """Compare what was noted with what is there."""
        if not self.present:
            return
        found = _agencies(UID=self.subject)
        if not found:
            yield "agency_missing", self.subject
            return
        agency = found[0]._unrestrictedGetObject()
        if roles_of(agency) != self.roles:
            yield "roles", self.subject
        groups = api.portal.get_tool("portal_groups")
        for group_id in agency.group_ids.values():
            group = groups.getGroupById(group_id)
            present = set(group.getGroupMemberIds()) if group is not None else set()
            told = self.members.get(group_id, set())
            # Whose account is gone is no member any more, and never left the group.
            if present - told or any(api.user.get(userid=person) for person in told - present):
                yield "members", group_id


def _agencies(**query: Any) -> Any:
    catalog = api.portal.get_tool("portal_catalog")
    return catalog.unrestrictedSearchResults(object_provides=IAgency.__identifier__, **query)
