"""Making a document, with its forms, of what was read of a Word file."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from eqms.agencies.content import Agency
from eqms.approval.record import record_of
from eqms.approval.signature import SignatureRow
from eqms.documents.coding import register_of_codes
from eqms.documents.migration import take_over
from eqms.documents.snapshot import hash_of
from eqms.documents.upload import Upload
from eqms.domain.secrecy import secrecy_marks
from eqms.domain.vietnamese import fold
from eqms.exchange.corrections import DAYS
from eqms.exchange.corrections import draft_of
from eqms.exchange.corrections import still_open
from eqms.exchange.forms import linked
from eqms.exchange.forms import make_forms
from eqms.exchange.forms import usable
from eqms.exchange.mapping import field_and_level
from eqms.exchange.mapping import line
from eqms.exchange.reading import WORD
from eqms.exchange.reading import words_of
from eqms.exchange.remarks import Remark
from eqms.exchange.storage import Batch
from eqms.exchange.storage import log_of
from eqms.exchange.storage import MadeForm
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Sent
from eqms.exchange.word import model
from eqms.exchange.word import ProcedureReading
from eqms.exchange.word.legal import read_legal_bases
from eqms.references.registering import Citation
from eqms.references.registering import register_cited
from eqms.trail import storage as trail
from pathlib import PurePath
from plone import api
from plone.dexterity.utils import addContentToContainer
from plone.dexterity.utils import createContent
from plone.namedfile.file import NamedBlobFile
from typing import Any


PORTAL_TYPE = "Procedure"

MEANINGS = {"drafted": "draft", "reviewed": "review", "approved": "approval"}
"""What a signer named in the file did, in the words of signatures given here."""


class CannotImport(Exception):
    """The file was read, but no document can be made of it."""

    def __init__(self, remark: Remark) -> None:
        super().__init__(remark.message)
        self.remark = remark


def make(
    agency: Agency,
    batch: Batch,
    upload: Sent,
    word: Upload,
    reading: ProcedureReading,
    corrections: Mapping[str, Any],
) -> dict[str, Any]:
    """Make the document and its forms; returns what the batch keeps of them.

    :param upload: the file as it was sent
    :param word: the same as ``.docx``
    :param corrections: what a person put right of the reading (``corrections.py``)
    :raises CannotImport: if no document may be made of the file
    """
    remarks = [Remark.of(finding) for finding in still_open(reading.findings, corrections)]
    if marks := secrecy_marks(words_of(word.data)):
        remarks.append(Remark.own("secrecy_mark", marks=", ".join(marks)))
        if batch.mode is Mode.IN_FORCE:
            raise CannotImport(remarks[-1])
    draft = draft_of(reading, corrections)
    remarks += _doubts(agency, reading, draft)
    forms = make_forms(agency, word, reading, draft)
    document = _create(agency, word, draft | {"application_forms": linked(draft, forms)})
    register_cited(cited(basis) for basis in _bases(reading, corrections))
    if document.code and register_of_codes(agency).rivals(document._code_holder):
        remarks.append(Remark.own("code_collides", code=document.code))
    for made in (document, *(form.document for form in forms)):
        trail.append(
            api.content.get_uuid(made),
            "imported",
            path="/".join(made.getPhysicalPath()),
            batch=batch.uid,
            number=batch.number,
            file=upload.name,
            sha256=upload.sha256,
        )
        if batch.mode is Mode.IN_FORCE:
            _take_over(made["rev-1"], batch, reading, draft)
    log_of(agency).remember(upload.sha256, api.content.get_uuid(document))
    return {
        **facts_of(document),
        "content_hash": _hash(document),
        "remarks": tuple(remarks),
        "forms": tuple(
            MadeForm(api.content.get_uuid(form.document), _hash(form.document)) for form in forms
        ),
    }


def _hash(document: Any) -> str:
    revision = document["rev-1"]
    return revision.content_hash or hash_of(revision)


def _create(agency: Agency, word: Upload, draft: Mapping[str, Any]) -> Any:
    code = usable(draft["code"])
    title = line(draft["title"]) or PurePath(word.name).stem
    field, level = field_and_level(agency, PORTAL_TYPE, code) if code else (None, None)
    document = createContent(
        PORTAL_TYPE,
        code=code,
        title=title,
        field=field,
        level=level,
        source=NamedBlobFile(word.data, contentType=WORD, filename=word.name),
    )
    document._v_first_draft = {
        **{name: value for name, value in draft.items() if name not in {"code", *DAYS}},
        "title": title,
        "field": field,
        "level": level,
    }
    document._v_code_may_collide = True
    return addContentToContainer(agency, document)


def _doubts(
    agency: Agency, reading: ProcedureReading, draft: Mapping[str, Any]
) -> Iterator[Remark]:
    if draft["code"] and usable(draft["code"]) is None:
        yield Remark.own("code_not_usable", text=draft["code"])
    if not draft["title"]:
        yield Remark.own("title_from_name")
    if reading.issuer and fold(reading.issuer) != fold(agency.title):
        yield Remark.own("issuer_differs", found=line(reading.issuer), agency=agency.title)


def _bases(reading: ProcedureReading, corrections: Mapping[str, Any]) -> Iterable[model.LegalBasis]:
    rows = corrections.get("legal_bases")
    if rows is None:
        return reading.legal_bases
    return read_legal_bases(row["text"] for row in rows if row.get("text"))


def cited(basis: model.LegalBasis) -> Citation:
    """A legal basis as the register of legal texts takes it."""
    return Citation(
        basis.text, basis.number, basis.title, basis.issuer, basis.issued_on, basis.year
    )


def _take_over(
    revision: Any, batch: Batch, reading: ProcedureReading, draft: Mapping[str, Any]
) -> None:
    days = {name: date.fromisoformat(draft[name]) if draft[name] else None for name in DAYS}
    issued_on = days["issued_on"] or days["effective_on"]
    if issued_on is None:
        raise CannotImport(Remark.own("issue_date_needed"))
    since = days["effective_on"] or issued_on
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


def facts_of(document: Any) -> dict[str, Any]:
    """What a batch says of a document."""
    return {
        "code": document.code or "",
        "title": document.title,
        "document": api.content.get_uuid(document),
    }
