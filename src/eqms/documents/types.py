"""Types that make documents controlled stay as they are while there are documents of them.

The control panel can take a behavior away from a type, or the type away from the site. Either would
take the workflow, the guards and the registers away from what exists already.
"""

from collections.abc import Iterable
from eqms import _
from eqms.documents.content import IControlledDocument
from eqms.documents.content import IRevision
from eqms.documents.errors import conflict
from OFS.interfaces import IObjectWillBeMovedEvent
from plone import api
from plone.behavior.interfaces import IBehavior
from plone.dexterity.fti import DexterityFTI
from Products.CMFCore.interfaces import ISiteRoot
from zope.component import queryUtility
from zope.interface.interface import InterfaceClass
from zope.lifecycleevent.interfaces import IObjectModifiedEvent


MARKERS = (IControlledDocument, IRevision)

REMOVE_ANYWAY = "eqms.uninstall_with_content"
"""Set to true in the registry to uninstall although controlled documents exist."""


def controlled_types() -> list[str]:
    """Portal types with the behavior of controlled documents, those of the control panel too."""
    return [
        fti.getId()
        for fti in api.portal.get_tool("portal_types").objectValues("Dexterity FTI")
        if "eqms.controlled_document" in fti.behaviors
    ]


def type_modified(fti: DexterityFTI, event: IObjectModifiedEvent) -> None:
    """Refuse to take the behavior from a type that documents or revisions are of.

    :raises Conflict: unless the site allows the removal of its controlled documents
    """
    given = {_interface(name) for name in fti.behaviors}
    _refuse_if_used(fti, [marker for marker in MARKERS if marker not in given])


def type_moving(fti: DexterityFTI, event: IObjectWillBeMovedEvent) -> None:
    """Refuse to remove or rename a type that documents or revisions are of.

    :raises Conflict: unless the site allows the removal of its controlled documents
    """
    if event.oldParent is not None and not ISiteRoot.providedBy(event.object):
        _refuse_if_used(fti, MARKERS)


def _interface(behavior: str) -> InterfaceClass | None:
    registration = queryUtility(IBehavior, name=behavior)
    return registration.interface if registration is not None else None


def _refuse_if_used(fti: DexterityFTI, markers: Iterable[InterfaceClass]) -> None:
    catalog = api.portal.get_tool("portal_catalog")
    count = sum(
        len(
            catalog.unrestrictedSearchResults(
                portal_type=fti.getId(), object_provides=marker.__identifier__
            )
        )
        for marker in markers
    )
    if count and not api.portal.get_registry_record(REMOVE_ANYWAY, default=False):
        raise conflict(
            _(
                "error_type_used",
                default="${count} controlled documents or revisions are of the type ${type}. "
                "They would lose their workflow and their protection.",
                mapping={"count": count, "type": fti.getId()},
            )
        )
