"""Whom a route asks may see the revision while it is on its way, whatever else he or she is."""

from Acquisition import aq_base
from borg.localrole.interfaces import ILocalRoleProvider
from collections.abc import Iterator
from eqms.approval.substitution import represented_by
from eqms.documents.content import IRevision
from typing import Any
from zope.component import adapter
from zope.interface import implementer


ROUTE_MEMBER = "Route Member"


@implementer(ILocalRoleProvider)
@adapter(IRevision)
class RouteMembers:
    """The role `ROUTE_MEMBER` for members of opened steps, and who stands in for one today.

    Read from the record with every question, so that nothing has to be taken back when a route
    ends, a task moves or an absent person returns.
    """

    def __init__(self, revision: Any) -> None:
        self.revision = revision

    def getRoles(self, principal_id: str) -> tuple[str, ...]:
        """Roles of one person or group; of most there are none."""
        members = self._members()
        if principal_id in members:
            return (ROUTE_MEMBER,)
        stands_in = members and any(row.absent in members for row in represented_by(principal_id))
        return (ROUTE_MEMBER,) if stands_in else ()

    def getAllRoles(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """For the catalog: the members. Substitutes come by their tasks, which end by the day."""
        return ((person, (ROUTE_MEMBER,)) for person in self._members())

    def _members(self) -> frozenset[str]:
        record = getattr(aq_base(self.revision), "_approval", None)
        if record is None or not record.running:
            return frozenset()
        return frozenset().union(*(step.people for step in record.opened))
