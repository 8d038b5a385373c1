"""Writing documents by REST: identity on the document, content on the draft."""

from Acquisition import aq_base
from eqms import _
from eqms.documents.content import IControlledDocument
from eqms.documents.errors import bad_request
from eqms.documents.services.body import body_of
from plone.restapi.deserializer.dxcontent import DeserializeFromJson
from plone.restapi.interfaces import IDeserializeFromJson
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface


CONTENT = ("title", "field", "level", "source", "revision")


@implementer(IDeserializeFromJson)
@adapter(IControlledDocument, Interface)
class DeserializeDocument(DeserializeFromJson):
    """On POST the member ``revision`` is the content of the first draft; on PATCH none is taken."""

    def __call__(
        self,
        validate_all: bool = False,
        data: dict[str, Any] | None = None,
        create: bool = False,
        mask_validation_errors: bool = True,
    ) -> Any:
        """Read the body, or ``data``.

        :raises BadRequest: if content comes without a draft to put it in, or the first draft is
            no object
        """
        data = dict(body_of(self.request) if data is None else data)
        if create:
            self._take_first_draft(data)
        elif refused := [name for name in CONTENT if name in data]:
            raise bad_request(
                _(
                    "error_content_on_document",
                    default="${names} belong to a revision. Open a draft with @revise and change "
                    "it there.",
                    mapping={"names": ", ".join(refused)},
                )
            )
        return super().__call__(validate_all, data, create, mask_validation_errors)

    def _take_first_draft(self, data: dict[str, Any]) -> None:
        draft = data.pop("revision", None) or {}
        if not isinstance(draft, dict):
            raise bad_request(
                _("error_revision_no_object", default="revision must be an object with fields.")
            )
        if draft.get("title"):
            data.setdefault("title", draft["title"])
        aq_base(self.context)._v_first_draft = draft
