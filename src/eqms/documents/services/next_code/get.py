"""``GET /{agency}/@next-code?type=&parent=``: the code that comes next. Nothing is given away."""

from eqms import _
from eqms.documents.coding import pattern_of
from eqms.documents.coding import suggest
from eqms.documents.content import IControlledDocument
from eqms.documents.errors import bad_request
from eqms.documents.types import controlled_types
from eqms.domain.codes import CodePatternError
from eqms.domain.codes import InvalidCode
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.restapi.services import Service
from typing import Any


class NextCodeGet(Service):
    """By type of document, and the fields of its pattern: ``parent`` (UID), ``field``, ``level``.

    Whoever adds a document with the code first has it; the next one who asks gets another.
    """

    def reply(self) -> dict[str, Any]:
        """``code`` (null without a pattern, or if its one code is given) and ``pattern``.

        :raises BadRequest: for a type that is none, a parent that the caller may not see, or
            values that make no code
        """
        portal_type = self._text("type")
        if portal_type not in controlled_types():
            raise bad_request(
                _(
                    "error_no_document_type",
                    default="type must be one of: ${names}.",
                    mapping={"names": ", ".join(controlled_types())},
                )
            )
        parent = self._owner()
        values = {name: self._text(name) or None for name in ("field", "level", "unit")}
        try:
            pattern = pattern_of(
                self.context, portal_type, parent.portal_type if parent is not None else ""
            )
            code = suggest(self.context, portal_type, parent, **values)
        except (CodePatternError, InvalidCode) as error:
            raise bad_request(str(error)) from error
        return {
            "@id": f"{self.context.absolute_url()}/@next-code",
            "type": portal_type,
            "parent": api.content.get_uuid(parent) if parent is not None else None,
            "pattern": str(pattern) if pattern is not None else None,
            "code": code,
        }

    def _owner(self) -> Any | None:
        uid = self._text("parent")
        if not uid:
            return None
        parent = uuidToObject(uid)
        if not IControlledDocument.providedBy(parent):
            raise bad_request(_("error_no_parent", default="parent must be the UID of a document."))
        return parent

    def _text(self, name: str) -> str:
        value = self.request.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""
