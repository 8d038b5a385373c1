"""``POST /{agency}/@signed-copies``: many files, each to the document whose code its name holds."""

from eqms import _
from eqms.approval.copies.bulk import attach_all
from eqms.approval.copies.bulk import Result
from eqms.approval.settings import setting
from eqms.documents.errors import bad_request
from eqms.documents.services.body import body_of
from eqms.documents.services.body import text_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.documents.upload import check_length
from eqms.documents.upload import decoded
from plone.restapi.services import Service
from typing import Any


MOST_FILES = 20
"""In one call, for the whole body is in memory; a program makes several calls."""


class AgencyCopiesPost(Service):
    """Answers with what became of each file, in the order they were sent."""

    def reply(self) -> dict[str, Any]:
        """Body ``{"kind", "files": [{"data": base64, "filename"}, …], "place", "signers"}``.

        :raises BadRequest: without files, or with too many
        """
        refuse_forged_request(self.request)
        megabytes = setting("copy_megabytes")
        check_length(self.request, megabytes, MOST_FILES)
        files = body_of(self.request).get("files")
        if not isinstance(files, list) or not 1 <= len(files) <= MOST_FILES:
            raise bad_request(
                _(
                    "error_copy_files",
                    default="files must be a list of 1 to ${most} files.",
                    mapping={"most": MOST_FILES},
                )
            )
        results = attach_all(
            self.context,
            text_of(self.request, "kind"),
            [decoded(file, megabytes) for file in files],
            text_of(self.request, "place"),
            text_of(self.request, "signers"),
        )
        return {"items": [result_json(result) for result in results]}


def result_json(result: Result) -> dict[str, Any]:
    """What became of a file; ``revision`` and ``copy`` are addresses where there is one."""
    revision = result.revision.absolute_url() if result.revision is not None else None
    return {
        "filename": result.filename,
        "outcome": result.outcome.value,
        "codes": list(result.codes),
        "revision": revision,
        "copy": f"{revision}/@signed-copies/{result.copy}" if result.copy else None,
        "message": result.message,
    }
