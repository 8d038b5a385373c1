"""What a site can plug in, and what rooms above may answer."""

from zope.interface import Interface


class IRouteSource(Interface):
    """Question when a revision is submitted: by which steps is it decided, and by whom?

    Adapts a revision.
    """

    def route() -> object:
        """An ``eqms.domain.route.Route`` with the people of each step.

        :raises eqms.domain.route.RouteError: if a step has nobody
        """
