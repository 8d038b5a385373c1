"""What happens when references come, change and go."""

from eqms import _
from eqms.domain.canonical import canonical_json
from eqms.domain.vietnamese import nfc
from eqms.references.interfaces import ICited
from eqms.references.register import register_to_write
from eqms.references.settings import IWorkingDays
from eqms.references.settings import PREFIX
from eqms.trail import storage as trail
from plone import api
from plone.dexterity.utils import iterSchemata
from plone.namedfile.interfaces import INamedField
from plone.registry.interfaces import IRecordModifiedEvent
from typing import Any
from zExceptions import BadRequest
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.lifecycleevent.interfaces import IObjectAddedEvent
from zope.lifecycleevent.interfaces import IObjectModifiedEvent
from zope.lifecycleevent.interfaces import IObjectRemovedEvent
from zope.schema import getFieldsInOrder
from zope.schema.interfaces import ValidationError
import json


KEEPERS = ("Manager", "Programme Officer", "Reference Keeper", "Site Administrator")
"""Who registers references and says what became of them."""

ROLES = {
    "Access contents information": ("Anonymous",),
    "View": ("Anonymous",),
    "Add portal content": KEEPERS,
    "Copy or Move": KEEPERS,
    "Delete objects": ("Manager", "Programme Officer", "Site Administrator"),
    "Modify portal content": KEEPERS,
    "eqms: View trail": (*KEEPERS, "QMS Auditor"),
}
"""Everybody reads references; they have no workflow, because nobody approves them here."""


def references_added(folder: Any, event: IObjectAddedEvent) -> None:
    """Say in the new folder who may do what with everything in it."""
    for permission, roles in ROLES.items():
        folder.manage_permission(permission, roles, acquire=0)
    folder.reindexObjectSecurity()


def reference_added(reference: Any, event: IObjectAddedEvent) -> None:
    """Register a new reference.

    :raises BadRequest: if it is registered already
    """
    _register(reference)
    reference._noted = _facts(reference)
    _note(reference, "reference_added", facts=reference._noted)


def reference_modified(reference: Any, event: IObjectModifiedEvent) -> None:
    """Keep the register in line, and note what was changed.

    :raises BadRequest: if it is registered already
    """
    _register(reference)
    before, after = reference._noted, _facts(reference)
    if before == after:
        return
    reference._noted = after
    changes = {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }
    _note(reference, "reference_changed", changes=changes)


def reference_removed(reference: Any, event: IObjectRemovedEvent) -> None:
    """Forget a reference; who cites it does so all the same."""
    register_to_write().drop(api.content.get_uuid(reference))
    _note(reference, "reference_removed", title=reference.title)


def reference_moved(reference: Any, event: Any) -> None:
    """Keep the address of a renamed reference."""
    if event.oldParent is not None and event.newParent is not None:
        _register(reference)


def setting_changed(event: IRecordModifiedEvent) -> None:
    """Working days were changed, by the page or by any other channel: due dates follow them.

    The registry forgets the constraints of fields, so they are asked here.

    :raises BadRequest: for what is no day, or no office hours
    """
    name = event.record.__name__
    if not name.startswith(f"{PREFIX}."):
        return
    try:
        IWorkingDays[name.removeprefix(f"{PREFIX}.")].validate(event.newValue)
    except ValidationError as error:
        message = _(
            "error_working_days",
            default="These are no working days: ${value}.",
            mapping={"value": str(event.newValue)},
        )
        raise BadRequest(translate(message, context=getRequest())) from error
    if event.oldValue != event.newValue:
        trail.append(
            trail.SITE,
            "working_days_changed",
            record=name,
            changes=[event.oldValue, event.newValue],
        )


def _register(reference: Any) -> None:
    reference.title = nfc(reference.title)
    if not ICited.providedBy(reference):
        return
    entry = reference.entry()
    register = register_to_write()
    rival = register.rival(entry)
    if rival is not None:
        message = _(
            "error_reference_taken",
            default="It is registered already: ${label}.",
            mapping={"label": rival.label},
        )
        raise BadRequest(translate(message, context=getRequest()))
    register.put(entry)


def _note(reference: Any, action: str, **details: Any) -> None:
    trail.append(
        api.content.get_uuid(reference),
        action,
        path="/".join(reference.getPhysicalPath()),
        **details,
    )


def _facts(reference: Any) -> dict[str, Any]:
    """The fields of a reference as plain data; of a file its name and size."""
    values = {}
    for schema in iterSchemata(reference):
        for name, field in getFieldsInOrder(schema):
            value = getattr(reference, name, None)
            if INamedField.providedBy(field) and value is not None:
                value = {"filename": value.filename, "size": value.getSize()}
            values[name] = value
    return dict(json.loads(canonical_json(values)))
