"""What this room asks of rooms above it, and tells them."""

from zope.interface import Attribute
from zope.interface import Interface
from zope.interface.interfaces import IObjectEvent


class IRevisionType(Interface):
    """Question to the room that knows a kind of document: which type are its revisions?

    Adapts a controlled document; the answer of this room is ``DocumentRevision``.
    """

    portal_type = Attribute("Portal type of the revisions of the document.")


class ISubmitCheck(Interface):
    """Question before a revision is submitted: what stands against it?

    Named subscription adapters of a revision.
    """

    def problems() -> list[str]:
        """Messages for the author; empty if the revision may be submitted."""


class IRevisionSwitched(IObjectEvent):
    """A revision came into force, or ceased to be in force, in this transaction."""

    document = Attribute("The controlled document.")
    instant = Attribute("Since when it holds: an aware datetime in UTC.")
    transition = Attribute("Name of the transition that did it.")
