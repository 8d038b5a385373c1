"""Where a route comes from: the agency's reviewers, then its approvers."""

from eqms.agencies.groups import members
from eqms.agencies.lookup import agency_of
from eqms.approval.interfaces import IRouteSource
from eqms.documents.content import IRevision
from eqms.domain.route import Route
from eqms.domain.route import Step
from typing import Any
from zope.component import adapter
from zope.interface import implementer


REVIEW = "review"
APPROVAL = "approval"


@implementer(IRouteSource)
@adapter(IRevision)
class AgencyRoute:
    """Two steps: one of the agency's reviewers, then one of its approvers."""

    def __init__(self, revision: Any) -> None:
        self.revision = revision

    def route(self) -> Route:
        """The steps with the people who are in the groups now.

        :raises eqms.domain.route.RouteError: if one of the groups is empty
        """
        agency = agency_of(self.revision)
        return Route(
            (
                Step(REVIEW, "review", frozenset(members(agency, "reviewers")), "any"),
                Step(APPROVAL, "approval", frozenset(members(agency, "approvers")), "any"),
            )
        )
