"""``POST /{revision}/@signed-copies``, ``…/{number}/verify`` and ``…/{number}/strike``."""

from eqms.approval.copies.attaching import attach
from eqms.approval.copies.attaching import copy_of
from eqms.approval.copies.attaching import look_again
from eqms.approval.copies.attaching import strike_out
from eqms.approval.copies.manifest import copy_json
from eqms.approval.copies.services.path import CopiesService
from eqms.approval.copies.storage import copies_of
from eqms.approval.settings import setting
from eqms.documents.services.body import body_of
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.documents.upload import check_length
from eqms.documents.upload import decoded
from typing import Any
from zExceptions import NotFound


class SignedCopiesPost(CopiesService):
    """Attaches a copy, looks at one again, or strikes one out; answers with the copy."""

    def reply(self) -> dict[str, Any]:
        """By what is asked for."""
        refuse_forged_request(self.request)
        match self.asked:
            case []:
                return self._attach()
            case [_number, "verify"]:
                look_again(self.context, self.number())
            case [_number, "strike"]:
                strike_out(self.context, self.number(), text_of(self.request, "reason"))
            case _other:
                raise NotFound("/".join(self.asked))
        return self._answer(self.number())

    def _attach(self) -> dict[str, Any]:
        """Body ``{"kind", "file": {"data": base64, "filename"}, "place", "signers"}``; 201."""
        megabytes = setting("copy_megabytes")
        check_length(self.request, megabytes)
        copy = attach(
            self.context,
            text_of(self.request, "kind"),
            decoded(body_of(self.request).get("file"), megabytes),
            text_of(self.request, "place"),
            text_of(self.request, "signers"),
        )
        answer = self._answer(copy.number)
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", answer["@id"])
        return answer

    def _answer(self, number: int) -> dict[str, Any]:
        return copy_json(self.context, copies_of(self.context), copy_of(self.context, number))
