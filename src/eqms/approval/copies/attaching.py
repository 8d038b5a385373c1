"""Attaching signed copies to a revision, looking at them again, striking wrong ones out."""

from datetime import datetime
from eqms import _
from eqms.approval.copies.facts import CheckedSignature
from eqms.approval.copies.facts import Verification
from eqms.approval.copies.storage import copies_of
from eqms.approval.copies.storage import Copy
from eqms.approval.copies.storage import DIGITAL
from eqms.approval.copies.storage import KINDS
from eqms.approval.copies.storage import list_for
from eqms.approval.copies.storage import PAPER
from eqms.approval.copies.storage import Strike
from eqms.approval.copies.trust import trusted_certificates
from eqms.approval.copies.verification import Unreadable
from eqms.approval.copies.verification import verify
from eqms.approval.permissions import ATTACH_COPIES
from eqms.approval.settings import setting
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import forbidden
from eqms.documents.noting import note
from eqms.documents.upload import MEGABYTE
from eqms.documents.upload import too_large
from eqms.documents.upload import Upload
from eqms.documents.workflow import state_of
from eqms.domain.clock import now
from eqms.domain.filetypes import FileType
from eqms.domain.filetypes import named_as
from eqms.domain.filetypes import PDF
from eqms.domain.filetypes import scan_type
from eqms.domain.revisions import LIVE
from eqms.domain.revisions import OUT_OF_USE
from eqms.domain.revisions import State
from hashlib import sha256
from plone import api
from plone.namedfile.file import NamedBlobFile
from typing import Any
from zExceptions import NotFound


APPROVED_OR_LATER = LIVE | OUT_OF_USE | {State.APPROVED}


def attach(revision: Any, kind: str, upload: Upload, place: str = "", signers: str = "") -> Copy:
    """Attach a signed copy as the person who is logged in; the content stays as it is.

    :param kind: ``digital`` or ``paper``
    :param place: where the original lies; required for paper
    :param signers: who signed the paper; required for paper
    :raises Forbidden: if the person may not
    :raises Conflict: if the revision is not approved yet, or the same file is there already
    :raises BadRequest: if the file is not of the kind, or something about the paper is missing
    :raises RequestEntityTooLarge: if it is larger than the site takes
    """
    _check_allowed(revision)
    _check_state(revision)
    if kind not in KINDS:
        raise bad_request(
            _(
                "error_unknown_copy_kind",
                default="kind must be one of: ${kinds}.",
                mapping={"kinds": ", ".join(KINDS)},
            )
        )
    if len(upload.data) > setting("copy_megabytes") * MEGABYTE:
        raise too_large(setting("copy_megabytes"))
    moment = now()
    signatures = _signatures(upload.data) if kind == DIGITAL else ()
    file_type = PDF if kind == DIGITAL else _scan(upload.data, place, signers)
    known = copies_of(revision)
    if any(copy.sha256 == upload.sha256 and not known.struck(copy.number) for copy in known.copies):
        raise conflict(
            _("error_copy_there", default="This file is attached to the revision already.")
        )
    copy = _copy(revision, kind, upload, file_type, moment, place.strip(), signers.strip())
    look = Verification(moment, copy.by, True, signatures)
    list_for(revision).add(copy, look)
    revision.reindexObject(idxs=["eqms_desk"])
    note(
        revision,
        "signed_copy_attached",
        copy=copy.number,
        kind=kind,
        filename=copy.filename,
        sha256=copy.sha256,
        content_hash=copy.content_hash,
        place=copy.place,
        signers=copy.signers,
        verdict=look.verdict,
        certificates=_fingerprints(look),
    )
    return copy


def look_again(revision: Any, number: int) -> Verification:
    """Verify a copy anew: the bytes as they are stored, with the certificates trusted now.

    :raises Forbidden: if the person may not
    :raises NotFound: if there is no such copy
    """
    _check_allowed(revision)
    copy = copy_of(revision, number)
    data = copy.file.data
    same = sha256(data).hexdigest() == copy.sha256
    signatures = _signatures_of_stored(data) if copy.kind == DIGITAL else ()
    look = Verification(now(), api.user.get_current().getId(), same, signatures)
    list_for(revision).verified(number, look)
    note(
        revision,
        "signed_copy_verified",
        copy=number,
        same_bytes=same,
        verdict=look.verdict,
        certificates=_fingerprints(look),
    )
    return look


def strike_out(revision: Any, number: int, reason: str) -> None:
    """Say that a copy was attached wrongly; it stays, with the reason.

    :raises Forbidden: if the person may not
    :raises NotFound: if there is no such copy
    :raises BadRequest: without a reason
    :raises Conflict: if it was struck out already
    """
    _check_allowed(revision)
    copy_of(revision, number)
    if not reason.strip():
        raise bad_request(_("error_copy_reason", default="Say why the copy is struck out."))
    if copies_of(revision).struck(number) is not None:
        raise conflict(_("error_copy_struck", default="The copy was struck out already."))
    person = api.user.get_current().getId()
    list_for(revision).strike(Strike(number, person, now(), reason.strip()))
    revision.reindexObject(idxs=["eqms_desk"])
    note(revision, "signed_copy_struck", copy=number, reason=reason.strip())


def copy_of(revision: Any, number: int) -> Copy:
    """A copy of a revision by its number.

    :raises NotFound: if there is none
    """
    copy = copies_of(revision).copy(number)
    if copy is None:
        raise NotFound(str(number))
    return copy


def may_attach(context: Any) -> bool:
    """Whether the person who is logged in may attach copies to revisions here."""
    return api.user.has_permission(ATTACH_COPIES, obj=context)


def _copy(
    revision: Any,
    kind: str,
    upload: Upload,
    file_type: FileType,
    moment: datetime,
    place: str,
    signers: str,
) -> Copy:
    filename = named_as(upload.name, file_type)
    return Copy(
        number=len(copies_of(revision).copies) + 1,
        kind=kind,
        revision=api.content.get_uuid(revision),
        content_hash=revision.content_hash,
        by=api.user.get_current().getId(),
        at=moment,
        filename=filename,
        media_type=file_type.media_type,
        size=len(upload.data),
        sha256=upload.sha256,
        file=NamedBlobFile(upload.data, contentType=file_type.media_type, filename=filename),
        place=place if kind == PAPER else "",
        signers=signers if kind == PAPER else "",
    )


def _signatures(data: bytes) -> tuple[CheckedSignature, ...]:
    try:
        return verify(data, trusted_certificates())
    except Unreadable as refusal:
        raise bad_request(refusal.message) from refusal


def _signatures_of_stored(data: bytes) -> tuple[CheckedSignature, ...]:
    """A file that was read when it was attached and cannot be any more is not the same bytes."""
    try:
        return verify(data, trusted_certificates())
    except Unreadable:
        return ()


def _scan(data: bytes, place: str, signers: str) -> FileType:
    file_type = scan_type(data)
    if file_type is None:
        raise bad_request(
            _("error_no_scan", default="A scan must be a PDF, JPEG, PNG or TIFF file.")
        )
    if not place.strip() or not signers.strip():
        raise bad_request(
            _(
                "error_paper_facts",
                default="Say who signed the paper, and where the original lies.",
            )
        )
    return file_type


def _fingerprints(look: Verification) -> list[str]:
    return [
        signature.certificate.sha256
        for signature in look.signatures
        if signature.certificate is not None
    ]


def _check_allowed(revision: Any) -> None:
    if not may_attach(revision):
        raise forbidden(
            _(
                "error_copies_not_allowed",
                default="Signed copies are attached by the document controller of the agency.",
            )
        )


def _check_state(revision: Any) -> None:
    if state_of(revision) not in APPROVED_OR_LATER:
        raise conflict(
            _(
                "error_copies_too_early",
                default="Signed copies can be attached once the revision is approved.",
            )
        )
