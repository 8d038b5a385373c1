"""``GET /{revision}/@signed-copies`` and ``…/{number}``."""

from eqms.approval.copies.attaching import copy_of
from eqms.approval.copies.manifest import copy_json
from eqms.approval.copies.manifest import of
from eqms.approval.copies.services.path import CopiesService
from eqms.approval.copies.storage import copies_of
from typing import Any


class SignedCopiesGet(CopiesService):
    """All signed copies of a revision, or one of them."""

    def reply(self) -> dict[str, Any]:
        """Without the files; ``download`` says where each is."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        if self.asked:
            copy = copy_of(self.context, self.number())
            return copy_json(self.context, copies_of(self.context), copy)
        items = of(self.context)
        return {
            "@id": f"{self.context.absolute_url()}/@signed-copies",
            "items": items,
            "items_total": len(items),
        }
