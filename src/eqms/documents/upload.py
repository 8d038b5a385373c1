"""Files as they come in: measured before anything is done with them, their names made harmless."""

from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from eqms import _
from eqms.documents.errors import bad_request
from eqms.documents.errors import told
from eqms.domain.vietnamese import nfc
from functools import cached_property
from hashlib import sha256
from typing import Any
from zExceptions import HTTPRequestEntityTooLarge


MEGABYTE = 1024 * 1024
LIMIT = 20
"""Megabytes that one file may have; procedures with all their forms have less than two."""

LONGEST = LIMIT * MEGABYTE
"""The same in bytes."""

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Upload:
    """A file as it was sent, under a harmless name."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        """Digest of the bytes (hex), by which a file is known again."""
        return sha256(self.data).hexdigest()


class RequestEntityTooLarge(HTTPRequestEntityTooLarge):
    """The file has too many bytes (413)."""


def check_length(request: Any, megabytes: int = LIMIT, files: int = 1) -> None:
    """Refuse a JSON body that cannot hold acceptable files (base64), before it is parsed.

    :param megabytes: that one file may have
    :raises RequestEntityTooLarge: by what the client says about the length
    """
    stated = request.get("CONTENT_LENGTH") or "0"
    longest = files * megabytes * MEGABYTE * 4 // 3 + MEGABYTE
    if stated.isdigit() and int(stated) > longest:
        raise too_large(megabytes)


def decoded(file: Any, megabytes: int = LIMIT) -> Upload:
    """The file in a JSON body: ``{"data": base64, "filename": "…"}``.

    :raises BadRequest: if it is none
    :raises RequestEntityTooLarge: if it is too large
    """
    if not isinstance(file, dict) or not all(
        isinstance(file.get(name), str) and file[name] for name in ("data", "filename")
    ):
        raise bad_request(
            _(
                "error_file_member",
                default="file must be an object with data (base64) and filename.",
            )
        )
    try:
        data = b64decode(file["data"], validate=True)
    except (NotBase64, ValueError) as error:
        raise bad_request(_("error_no_base64", default="file.data is not base64.")) from error
    if len(data) > megabytes * MEGABYTE:
        raise too_large(megabytes)
    return Upload(harmless(file["filename"]), data)


def harmless(name: str) -> str:
    """The last part of a file name as people see it, whatever system it comes from."""
    last = nfc(name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in last if character.isprintable()).strip()
    stem, dot, suffix = shown.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{suffix[:10]}" or "file"


def too_large(megabytes: int) -> RequestEntityTooLarge:
    """A file has more bytes than one may have (413); to be raised by the caller."""
    message = _(
        "error_file_too_large",
        default="The file is larger than ${limit} MB. Make its pictures smaller and save it again.",
        mapping={"limit": megabytes},
    )
    return RequestEntityTooLarge(told(message))
