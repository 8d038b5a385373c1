"""``POST /{agency}/@imports``, ``…/{id}`` and ``…/{id}/undo``."""

from eqms import _
from eqms.documents.errors import bad_request
from eqms.documents.services.body import body_of
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.documents.upload import check_length
from eqms.documents.upload import decoded
from eqms.exchange.batches import CannotUndo
from eqms.exchange.batches import open_batch
from eqms.exchange.batches import undo
from eqms.exchange.importing import import_file
from eqms.exchange.serializer import addresses_of
from eqms.exchange.serializer import batch_facts
from eqms.exchange.serializer import batch_url
from eqms.exchange.serializer import file_json
from eqms.exchange.services.imports.path import ImportsService
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Outcome
from typing import Any
from zExceptions import NotFound


class ImportsPost(ImportsService):
    """Opens a batch, takes one file into it, or takes the whole batch back."""

    def reply(self) -> dict[str, Any]:
        """By what is asked for."""
        refuse_forged_request(self.request)
        match self.asked:
            case []:
                return self._open()
            case [_number]:
                return self._import()
            case [_number, "undo"]:
                return self._undo()
        raise NotFound("/".join(self.asked))

    def _open(self) -> dict[str, Any]:
        """Body ``{"mode": "draft" | "in_force"}``, by default drafts; 201 with the batch."""
        try:
            mode = Mode(text_of(self.request, "mode") or Mode.DRAFT)
        except ValueError as error:
            raise bad_request(
                _(
                    "error_unknown_mode",
                    default="mode must be one of: ${allowed}.",
                    mapping={"allowed": ", ".join(known.value for known in Mode)},
                )
            ) from error
        batch = open_batch(self.context, mode)
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", batch_url(self.context, batch))
        return batch_facts(self.context, batch)

    def _import(self) -> dict[str, Any]:
        """Body ``{"file": {"data": base64, "filename": "…"}}``; answers with what became of it.

        201 if a document was made of it, 200 if there is one already or the file is of no use.
        """
        batch = self.batch()
        check_length(self.request)
        upload = decoded(body_of(self.request).get("file"))
        file, reading = import_file(self.context, batch, upload)
        if file.outcome is Outcome.CREATED:
            self.request.response.setStatus(201)
        return file_json(file, addresses_of([file]), reading)

    def _undo(self) -> dict[str, Any]:
        """Body ``{"reason": "…"}``; 409 with the ``documents`` that something was built on."""
        batch = self.batch()
        try:
            undo(self.context, batch, text_of(self.request, "reason"))
        except CannotUndo as refusal:
            self.request.response.setStatus(409)
            return {
                "type": "Conflict",
                "message": str(refusal),
                "documents": [
                    {
                        "@id": obstacle.document.absolute_url(),
                        "code": obstacle.document.code,
                        "title": obstacle.document.title,
                        "reason": obstacle.told,
                    }
                    for obstacle in refusal.obstacles
                ],
            }
        return batch_facts(self.context, batch)
