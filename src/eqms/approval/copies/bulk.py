"""Many signed copies at once, each put to its document by the code in its name."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from eqms import _
from eqms.approval.copies.attaching import attach
from eqms.approval.copies.attaching import may_attach
from eqms.documents.content import register_of
from eqms.documents.errors import forbidden
from eqms.documents.errors import REFUSALS
from eqms.documents.upload import RequestEntityTooLarge
from eqms.documents.upload import Upload
from eqms.domain.filenames import named_in
from plone import api
from typing import Any
import transaction


class Outcome(StrEnum):
    """What became of a file."""

    ATTACHED = "attached"
    UNKNOWN = "unknown"
    """No code of a document of the agency stands in its name."""
    AMBIGUOUS = "ambiguous"
    """More than one does, or two documents have it."""
    NOT_ISSUED = "not_issued"
    """The document has no revision in force."""
    REFUSED = "refused"


@dataclass(frozen=True)
class Result:
    """What became of one file: ``codes`` are those in its name, ``copy`` the number of the copy."""

    filename: str
    outcome: Outcome
    codes: tuple[str, ...] = ()
    revision: Any = None
    copy: int | None = None
    message: str = ""


def attach_all(
    agency: Any, kind: str, uploads: Iterable[Upload], place: str = "", signers: str = ""
) -> list[Result]:
    """Attach each file to the revision in force of its document; each succeeds or fails for itself.

    :param place: where the originals lie, and ``signers`` who signed, for all of them (paper)
    :raises Forbidden: if the person may not attach copies in the agency
    """
    if not may_attach(agency):
        raise forbidden(
            _(
                "error_copies_not_allowed",
                default="Signed copies are attached by the document controller of the agency.",
            )
        )
    brains = _documents(agency)
    return [_attach(brains, kind, upload, place, signers) for upload in uploads]


def _documents(agency: Any) -> list[Any]:
    """Catalog entries of the documents of an agency that have a code."""
    catalog = api.portal.get_tool("portal_catalog")
    entries = catalog.searchResults(eqms_agency=api.content.get_uuid(agency))
    return [entry for entry in entries if entry.eqms_written_code]


def _attach(entries: list[Any], kind: str, upload: Upload, place: str, signers: str) -> Result:
    codes = named_in(upload.name, [entry.eqms_written_code for entry in entries])
    if codes.code is None:
        outcome = Outcome.AMBIGUOUS if codes.codes else Outcome.UNKNOWN
        return Result(upload.name, outcome, codes.codes)
    [document] = [entry.getObject() for entry in entries if entry.eqms_written_code == codes.code]
    live = register_of(document).live
    if live is None:
        return Result(upload.name, Outcome.NOT_ISSUED, codes.codes)
    revision = document._getOb(live.id)
    savepoint = transaction.savepoint()
    try:
        copy = attach(revision, kind, upload, place, signers)
    except (*REFUSALS, RequestEntityTooLarge) as refusal:
        savepoint.rollback()
        return Result(
            upload.name, Outcome.REFUSED, codes.codes, revision=revision, message=str(refusal)
        )
    return Result(upload.name, Outcome.ATTACHED, codes.codes, revision=revision, copy=copy.number)
