"""The print in the JSON of a revision."""

from eqms.documents.content import IRevision
from eqms.documents.interfaces import IRevisionSupplement
from eqms.documents.serializer import instant_json
from eqms.printing.copies import kept_copy
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface


@implementer(IRevisionSupplement)
@adapter(IRevision, Interface)
class Print:
    """``pdf``: where it is, and the digest of the bytes once they are kept for good."""

    def __init__(self, revision: Any, request: Any) -> None:
        self.revision = revision

    def facts(self) -> dict[str, object]:
        """The member."""
        kept = kept_copy(self.revision)
        return {
            "pdf": {
                "@id": f"{self.revision.absolute_url()}/@@pdf",
                "sha256": kept and kept.sha256,
                "size": kept and kept.size,
                "made_at": instant_json(kept.at if kept else None),
            }
        }
