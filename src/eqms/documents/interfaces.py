"""What this room asks of rooms above it, and tells them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
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


class IRevisionSupplement(Interface):
    """Question to rooms above: what else does JSON say of a revision?

    Subscription adapters of a revision and the request.
    """

    def facts() -> dict[str, object]:
        """Members for the object that describes the revision, as far as the caller may know."""


class IDocumentSupplement(Interface):
    """Question to rooms above: what else does JSON say of a document?

    Subscription adapters of a controlled document and the request.
    """

    def facts() -> dict[str, object]:
        """Members for the object that describes the document, as far as the caller may know."""


class IListCriterion(Interface):
    """Something of a room above that today's master list can be narrowed by: a named utility.

    The name is that of the parameter, ``check`` for example.
    """

    title = Attribute("What it is called in the form of the list.")

    def choices() -> Mapping[str, str]:
        """Titles by value, for the caller; empty if there is nothing to choose for him."""

    def criteria(value: str) -> Mapping[str, Any]:
        """What the catalog is asked for a value; BadRequest or Forbidden if nothing may be."""


class IRevisionSwitched(IObjectEvent):
    """A revision came into force, or ceased to be in force, in this transaction."""

    document = Attribute("The controlled document.")
    instant = Attribute("Since when it holds: an aware datetime in UTC.")
    transition = Attribute("Name of the transition that did it.")


class IRevisionConfirmed(IObjectEvent):
    """An approver stated that a migrated revision agrees with the paper."""


class IScheduledKind(Interface):
    """Something that is planned for a time, under the name of its kind: a named utility.

    Used by the schedule of the site (``documents/schedule.py``).
    """

    def perform(key: str, due_at: datetime) -> None:
        """Let it take effect as of ``due_at`` (aware), in the present transaction.

        Nothing if it is not planned for that instant any more. Raises whatever stands against it;
        it is tried again later then.
        """

    def subject(key: str) -> object | None:
        """The content it is about, to be shown to administrators; None if it is gone."""


class IFieldWords(Interface):
    """Question about a kind of field: how is its value put into words, to be compared?

    Multi-adapters of (field, revision), also for the columns of tables. The answers of this room
    cover the usual kinds of fields.
    """

    def shown(value: Any) -> Any:
        """The value as :class:`~eqms.documents.showing.Prose` or ``Table``, None included."""
