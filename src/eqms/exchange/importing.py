"""Making a document of a Word file."""

from collections.abc import Iterator
from datetime import date
from eqms import _
from eqms.agencies.content import Agency
from eqms.approval.record import record_of
from eqms.approval.signature import SignatureRow
from eqms.documents.coding import register_of_codes
from eqms.documents.errors import conflict
from eqms.documents.errors import REFUSALS
from eqms.documents.migration import require_window
from eqms.documents.migration import take_over
from eqms.documents.snapshot import hash_of
from eqms.documents.upload import LIMIT
from eqms.documents.upload import LONGEST
from eqms.documents.upload import Upload
from eqms.domain.clock import now
from eqms.domain.codes import InvalidCode
from eqms.domain.codes import validate
from eqms.domain.secrecy import secrecy_marks
from eqms.domain.vietnamese import fold
from eqms.exchange.mapping import field_and_level
from eqms.exchange.mapping import line
from eqms.exchange.mapping import revision_fields
from eqms.exchange.reading import read
from eqms.exchange.reading import words_of
from eqms.exchange.remarks import Remark
from eqms.exchange.storage import Batch
from eqms.exchange.storage import ImportedFile
from eqms.exchange.storage import log_of
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Outcome
from eqms.exchange.word import model
from eqms.exchange.word import ProcedureReading
from eqms.exchange.word import UnreadableFile
from eqms.exchange.word.errors import FileTooLarge
from eqms.references.registering import Citation
from eqms.references.registering import register_cited
from eqms.trail import storage as trail
from pathlib import PurePath
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.namedfile.file import NamedBlobFile
from typing import Any
import transaction


PORTAL_TYPE = "Procedure"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MEANINGS = {"drafted": "draft", "reviewed": "review", "approved": "approval"}
"""What a signer named in the file did, in the words of signatures given here."""


class CannotImport(Exception):
    """The file was read, but no document can be made of it."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.message)
        self.remark = remark


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
        reading = _read(upload)
    except UnreadableFile as error:
        return _entered(batch, upload, Outcome.FAILED, error=Remark.unreadable(error)), None
    facts: dict[str, Any] = {
        "code": reading.code,
        "title": line(reading.title),
        "remarks": tuple(Remark.of(finding) for finding in reading.findings),
    }
    existing = document_by_uid(log_of(agency).document_of(upload.sha256))
    if existing is not None:
        facts |= _facts(existing)
        return _entered(batch, upload, Outcome.EXISTING, **facts), reading
    savepoint = transaction.savepoint(optimistic=True)
    try:
        facts |= _imported(agency, batch, upload, reading)
    except (*REFUSALS, CannotImport) as refusal:
        savepoint.rollback()
        return _entered(batch, upload, Outcome.FAILED, error=_reason(refusal), **facts), reading
    return _entered(batch, upload, Outcome.CREATED, **facts), reading


def _read(upload: Upload) -> ProcedureReading:
    if len(upload.data) > LONGEST:
        raise FileTooLarge(limit=LIMIT)
    return read(upload.data, upload.name)


def document_by_uid(uid: str | None) -> Any | None:
    """A document by its UID, whoever asks; None if it is gone."""
    if uid is None:
        return None
    catalog = api.portal.get_tool("portal_catalog")
    for brain in catalog.unrestrictedSearchResults(UID=uid):
        return brain._unrestrictedGetObject()
    return None


def _entered(
    batch: Batch, upload: Upload, outcome: Outcome, error: Remark | None = None, **facts: Any
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


def _imported(
    agency: Agency, batch: Batch, upload: Upload, reading: ProcedureReading
) -> dict[str, Any]:
    remarks = [Remark.of(finding) for finding in reading.findings]
    if marks := secrecy_marks(words_of(upload.data)):
        remarks.append(Remark.own("secrecy_mark", marks=", ".join(marks)))
        if batch.mode is Mode.IN_FORCE:
            raise CannotImport(remarks[-1])
    remarks += _doubts(agency, reading)
    document = _create(agency, upload, reading)
    register_cited(cited(basis) for basis in reading.legal_bases)
    if document.code and register_of_codes(agency).rivals(document._code_holder):
        remarks.append(Remark.own("code_collides", code=document.code))
    revision = document["rev-1"]
    trail.append(
        api.content.get_uuid(document),
        "imported",
        path="/".join(document.getPhysicalPath()),
        batch=batch.uid,
        number=batch.number,
        file=upload.name,
        sha256=upload.sha256,
    )
    if batch.mode is Mode.IN_FORCE:
        _take_over(revision, batch, reading)
    log_of(agency).remember(upload.sha256, api.content.get_uuid(document))
    return {
        **_facts(document),
        "content_hash": revision.content_hash or hash_of(revision),
        "remarks": tuple(remarks),
    }


def _create(agency: Agency, upload: Upload, reading: ProcedureReading) -> Any:
    code = _usable(reading.code)
    title = line(reading.title) or PurePath(upload.name).stem
    field, level = field_and_level(agency, PORTAL_TYPE, code) if code else (None, None)
    document = createContent(
        PORTAL_TYPE,
        code=code,
        title=title,
        field=field,
        level=level,
        source=NamedBlobFile(upload.data, contentType=WORD, filename=upload.name),
    )
    document._v_first_draft = {
        **revision_fields(reading),
        "title": title,
        "field": field,
        "level": level,
    }
    document._v_code_may_collide = True
    return addContentToContainer(agency, document)


def _doubts(agency: Agency, reading: ProcedureReading) -> Iterator[Remark]:
    if reading.code and _usable(reading.code) is None:
        yield Remark.own("code_not_usable", text=reading.code)
    if not reading.title:
        yield Remark.own("title_from_name")
    if reading.issuer and fold(reading.issuer) != fold(agency.title):
        yield Remark.own("issuer_differs", found=line(reading.issuer), agency=agency.title)


def cited(basis: model.LegalBasis) -> Citation:
    """A legal basis as the register of legal texts takes it."""
    return Citation(
        basis.text, basis.number, basis.title, basis.issuer, basis.issued_on, basis.year
    )


def _usable(code: str) -> str | None:
    try:
        return validate(code)
    except InvalidCode:
        return None


def _take_over(revision: Any, batch: Batch, reading: ProcedureReading) -> None:
    issued_on: date | None = reading.issued_on or reading.effective_on
    if issued_on is None:
        raise CannotImport(Remark.own("issue_date_needed"))
    since = reading.effective_on or issued_on
    take_over(revision, since, issued_on=issued_on, batch=batch.uid)
    record = record_of(revision)
    for signer in reading.signers:
        record.add(_declared(signer))


def _declared(signer: model.Signer) -> SignatureRow:
    """A signature that the file says was given on paper; nobody here has seen it, or can."""
    return SignatureRow(
        step="",
        meaning=MEANINGS.get(signer.meaning, signer.heading or signer.meaning),
        person=None,
        name=line(signer.name),
        position=line(signer.position),
        at=None,
        content_hash="",
        kind="declared",
    )


def _facts(document: Any) -> dict[str, Any]:
    return {
        "code": document.code or "",
        "title": document.title,
        "document": api.content.get_uuid(document),
    }


def _reason(refusal: Exception) -> Remark:
    if isinstance(refusal, CannotImport):
        return refusal.remark
    told = refusal.args[0] if refusal.args else ""
    if isinstance(told, list):
        told = " ".join(f"{item.get('field', '')}: {item.get('message', '')}" for item in told)
    return Remark("refused", str(told))
