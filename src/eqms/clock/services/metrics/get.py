"""``GET /@metrics``."""

from eqms.clock.figures import as_metrics
from plone.restapi.services import Service


class MetricsGet(Service):
    """The figures of the clock as text, for a monitoring system."""

    def render(self) -> str:
        """Lines of name and value."""
        response = self.request.response
        response.setHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        response.setHeader("Cache-Control", "private, no-store")
        return as_metrics()
