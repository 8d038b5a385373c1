"""Files as a form sends them."""

from collections.abc import Iterable
from eqms import _
from eqms.documents.errors import bad_request
from eqms.documents.upload import harmless
from eqms.documents.upload import MEGABYTE
from eqms.documents.upload import Upload
from typing import Any


def chosen(files: Iterable[Any], megabytes: int) -> list[Upload]:
    """The files that were chosen, one byte longer than they may be where they are too large.

    :raises BadRequest: if none was
    """
    uploads = [
        Upload(harmless(file.filename), file.read(megabytes * MEGABYTE + 1))
        for file in files
        if getattr(file, "filename", "")
    ]
    if not uploads:
        raise bad_request(_("error_no_copy_file", default="Choose a file."))
    return uploads
