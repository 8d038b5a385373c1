"""What a site can plug in, and what rooms above may answer."""

from zope.interface import Interface


class IReauthentication(Interface):
    """Proves at the moment of signing that the caller is who is logged in.

    Adapts the request. The default asks for the password; a site with single sign-on or
    one-time codes registers its own for a more specific layer.
    """

    def confirms(user_id: str, secret: str) -> bool:
        """Whether the secret proves that the person with this id is at the keyboard."""


class IRouteSource(Interface):
    """Question when a revision is submitted: by which steps is it decided, and by whom?

    Adapts a revision.
    """

    def route() -> object:
        """An ``eqms.domain.route.Route`` with the people of each step.

        :raises eqms.domain.route.RouteError: if a step has nobody
        """
