"""What the kinds of references have in common."""

from zope.interface import Attribute
from zope.interface import Interface


class IReferences(Interface):
    """The one folder of the site in which references are kept."""


class IReference(Interface):
    """Something that documents point to: registered here, never approved here."""


class ICited(IReference):
    """A reference that documents name by a number or code, which is registered once."""

    label = Attribute("As it is cited in one line.")

    def entry() -> object:
        """What the register of the site keeps of it, an :class:`~.register.Entry`.

        :raises BadRequest: if nothing tells it apart from others
        """
