"""``PUT /{agency}/@routes`` and ``PUT /@routes``."""

from eqms import _
from eqms.approval.planning import set_agency_plans
from eqms.approval.planning import set_site_plans
from eqms.approval.services.routes.get import RoutesGet
from eqms.approval.services.routes.get import SiteRoutesGet
from eqms.documents.errors import bad_request
from eqms.documents.services.body import body_of
from eqms.documents.services.csrf import refuse_forged_request
from typing import Any


class RoutesPut(RoutesGet):
    """``{"routes": {"": {"steps": […]}, "Procedure": {…}}}`` in place of those there are."""

    def reply(self) -> dict[str, Any]:
        """As ``GET`` afterwards; 400 with what is wrong."""
        refuse_forged_request(self.request)
        set_agency_plans(self.context, asked(self.request))
        return super().reply()


class SiteRoutesPut(SiteRoutesGet):
    """The same for the site."""

    def reply(self) -> dict[str, Any]:
        """As ``GET`` afterwards; 400 with what is wrong."""
        refuse_forged_request(self.request)
        set_site_plans(asked(self.request))
        return super().reply()


def asked(request: Any) -> dict[str, Any]:
    """The routes in the body.

    :raises BadRequest: if there are none
    """
    routes = body_of(request).get("routes")
    if not isinstance(routes, dict):
        raise bad_request(_("error_no_routes", default="routes must be an object by type."))
    return routes
