"""``POST /{agency}/@staging``, ``…/{id}`` and ``…/{id}/commit``."""

from eqms import _
from eqms.documents.errors import bad_request
from eqms.documents.services.body import body_of
from eqms.documents.services.body import choice_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.documents.upload import check_length
from eqms.documents.upload import decoded
from eqms.exchange.serializer import batch_json
from eqms.exchange.services.staging.path import StagingService
from eqms.exchange.staging.serializer import file_json
from eqms.exchange.staging.serializer import staging_json
from eqms.exchange.staging.serializer import staging_url
from eqms.exchange.staging.storage import open_staging
from eqms.exchange.staging.storage import StagedFile
from eqms.exchange.staging.storage import Staging
from eqms.exchange.staging.working import Become
from eqms.exchange.staging.working import commit
from eqms.exchange.staging.working import stage
from typing import Any
from zExceptions import NotFound


class StagingPost(StagingService):
    """Opens a staging, takes one file into it, or makes documents of its files."""

    def reply(self) -> dict[str, Any]:
        """By what is asked for."""
        refuse_forged_request(self.request)
        match self.asked:
            case []:
                return self._open()
            case [_staging]:
                return self._stage()
            case [_staging, "commit"]:
                return self._commit()
        raise NotFound("/".join(self.asked))

    def _open(self) -> dict[str, Any]:
        """201 with the staging."""
        staging = open_staging(self.context)
        self.request.response.setStatus(201)
        self.request.response.setHeader("Location", staging_url(self.context, staging))
        return staging_json(self.context, staging)

    def _stage(self) -> dict[str, Any]:
        """Body ``{"file": {"data": base64, "filename": "…"}}``; 201 with what is read in it.

        Of a file that cannot be read there is the ``error``.
        """
        staging = self.staging()
        check_length(self.request)
        file, reading = stage(staging, decoded(body_of(self.request).get("file")))
        self.request.response.setStatus(201)
        return file_json(self.context, staging, file, reading)

    def _commit(self) -> dict[str, Any]:
        """201 with the import; body ``{"mode": …, "files": [ids], "unit": UID}``.

        ``mode`` is ``draft``, ``review`` or ``in_force``. Without ``files`` all that could be read
        are taken. Those that failed stay.
        """
        staging = self.staging()
        become = choice_of(self.request, "mode", Become, Become.DRAFT)
        unit = body_of(self.request).get("unit") or None
        batch = commit(self.context, staging, become, files=self._files(staging), unit=unit)
        self.request.response.setStatus(201)
        return batch_json(self.context, batch)

    def _files(self, staging: Staging) -> list[StagedFile] | None:
        asked = body_of(self.request).get("files")
        if asked is None:
            return None
        known = {file.number: file for file in staging.files}
        if not isinstance(asked, list) or not all(number in known for number in asked):
            raise bad_request(
                _("error_staged_files", default="files must be ids of files that wait here.")
            )
        return [known[number] for number in asked]
