"""``GET /{agency}/@routes`` and ``GET /@routes``."""

from collections.abc import Mapping
from eqms.approval.routes import plans_of
from eqms.approval.routes import site_plans
from eqms.domain.route_plan import BUILT_IN
from eqms.domain.route_plan import data_of
from eqms.domain.route_plan import RoutePlan
from plone.restapi.services import Service
from typing import Any


class RoutesGet(Service):
    """Routes by document type; the empty name is for all types without one of their own."""

    def plans(self) -> Mapping[str, RoutePlan]:
        """Those of the agency."""
        return plans_of(self.context)

    def reply(self) -> dict[str, Any]:
        """The routes, and the one that holds where nobody planned any."""
        return {
            "@id": f"{self.context.absolute_url()}/@routes",
            "routes": {name: data_of(plan) for name, plan in self.plans().items()},
            "built_in": data_of(BUILT_IN),
        }


class SiteRoutesGet(RoutesGet):
    """The same for agencies that have none."""

    def plans(self) -> Mapping[str, RoutePlan]:
        """Those of the site."""
        return site_plans()
