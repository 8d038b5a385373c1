"""The code that the add form suggests."""

from eqms.agencies.content import IAgency
from eqms.documents.coding import suggest
from eqms.documents.content import IControlledDocument
from eqms.interfaces import IEqmsLayer
from plone.app.uuid.utils import uuidToObject
from typing import Any
from z3c.form.interfaces import IAddForm
from z3c.form.interfaces import IValue
from zope.component import adapter
from zope.interface import alsoProvides
from zope.interface import implementer
from zope.interface import Interface


PARENT = "form.widgets.IControlledDocument.belongs_to"


class ICodeField(Interface):
    """Marks the field of a document's code, so that a default can be registered for it."""


alsoProvides(IControlledDocument["code"], ICodeField)


@implementer(IValue)
@adapter(IAgency, IEqmsLayer, IAddForm, ICodeField, Interface)
class SuggestedCode:
    """Default of the code field when a document is being added to an agency."""

    def __init__(self, context: Any, request: Any, form: Any, field: Any, widget: Any) -> None:
        self.context = context
        self.request = request
        self.form = form

    def get(self) -> str | None:
        """The next code by the agency's pattern; None where there is no pattern."""
        return suggest(self.context, self.form.portal_type, self._parent())

    def _parent(self) -> Any | None:
        """The document that the new one is to belong to, if the address of the form says so."""
        uid = self.request.form.get(PARENT, "")
        parent = uuidToObject(uid) if isinstance(uid, str) and uid else None
        return parent if IControlledDocument.providedBy(parent) else None
