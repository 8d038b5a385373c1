"""Making a document of a Word file."""

from collections.abc import Mapping
from eqms import _
from eqms.agencies.content import Agency
from eqms.documents.errors import conflict
from eqms.documents.errors import REFUSALS
from eqms.documents.migration import require_window
from eqms.documents.upload import Upload
from eqms.domain.clock import now
from eqms.exchange.incoming import as_word
from eqms.exchange.making import CannotImport
from eqms.exchange.making import facts_of
from eqms.exchange.making import make
from eqms.exchange.mapping import line
from eqms.exchange.reading import read
from eqms.exchange.remarks import Remark
from eqms.exchange.storage import Batch
from eqms.exchange.storage import ImportedFile
from eqms.exchange.storage import log_of
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Outcome
from eqms.exchange.storage import Sent
from eqms.exchange.word import ProcedureReading
from eqms.exchange.word import UnreadableFile
from plone import api
from types import MappingProxyType
from typing import Any
import transaction


NOTHING: Mapping[str, Any] = MappingProxyType({})


def import_file(
    agency: Agency, batch: Batch, upload: Upload
) -> tuple[ImportedFile, ProcedureReading | None]:
    """Make a document of a file, once; what became of it is entered in the batch and returned.

    A file that cannot be used leaves nothing behind but its entry.

    :raises Forbidden: in the mode ``in_force``, without an open migration window
    :raises Conflict: if the batch was undone
    """
    if batch.undone is not None:
        raise conflict(_("error_batch_undone", default="This import was undone. Begin a new one."))
    if batch.mode is Mode.IN_FORCE:
        require_window(agency)
    try:
        word = as_word(upload)
        reading = read(word.data, upload.name)
    except UnreadableFile as error:
        return _entered(batch, upload, Outcome.FAILED, error=Remark.unreadable(error)), None
    return import_reading(agency, batch, upload, word, reading), reading


def import_reading(
    agency: Agency,
    batch: Batch,
    upload: Sent,
    word: Upload,
    reading: ProcedureReading,
    corrections: Mapping[str, Any] = NOTHING,
) -> ImportedFile:
    """The same with a file that was read before, ``word`` being its ``.docx``."""
    facts: dict[str, Any] = {
        "code": corrections.get("code", reading.code),
        "title": line(corrections.get("title", reading.title)),
        "remarks": tuple(Remark.of(finding) for finding in reading.findings),
    }
    existing = document_by_uid(log_of(agency).document_of(upload.sha256))
    if existing is not None:
        facts |= facts_of(existing)
        return _entered(batch, upload, Outcome.EXISTING, **facts)
    savepoint = transaction.savepoint(optimistic=True)
    try:
        facts |= make(agency, batch, upload, word, reading, corrections)
    except (*REFUSALS, CannotImport) as refusal:
        savepoint.rollback()
        return _entered(batch, upload, Outcome.FAILED, error=reason_of(refusal), **facts)
    return _entered(batch, upload, Outcome.CREATED, **facts)


def document_by_uid(uid: str | None) -> Any | None:
    """A document by its UID, whoever asks; None if it is gone."""
    if uid is None:
        return None
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(UID=uid):
        return brain._unrestrictedGetObject()
    return None


def _entered(
    batch: Batch, upload: Sent, outcome: Outcome, error: Remark | None = None, **facts: Any
) -> ImportedFile:
    file = ImportedFile(
        name=upload.name,
        sha256=upload.sha256,
        outcome=outcome,
        at=now(),
        by=api.user.get_current().getId(),
        error=error,
        **facts,
    )
    batch.add(file)
    return file


def reason_of(refusal: Exception) -> Remark:
    """Why no document could be made, in the words of what refused it."""
    if isinstance(refusal, CannotImport):
        return refusal.remark
    told = refusal.args[0] if refusal.args else ""
    if isinstance(told, list):
        told = " ".join(f"{item.get('field', '')}: {item.get('message', '')}" for item in told)
    return Remark("refused", str(told))
