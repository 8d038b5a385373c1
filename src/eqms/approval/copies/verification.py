"""Digital signatures in a PDF (PAdES, ISO 32000-2 12.8), verified offline with pyHanko."""

from asn1crypto import x509
from asn1crypto.cms import ContentInfo
from collections.abc import Sequence
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate
from datetime import datetime
from eqms import _
from eqms.approval.copies.facts import Certificate
from eqms.approval.copies.facts import Chain
from eqms.approval.copies.facts import CheckedSignature
from eqms.approval.copies.facts import Later
from eqms.approval.copies.facts import TimeSource
from eqms.approval.copies.facts import Verdict
from eqms.domain.clock import now
from eqms.domain.clock import utc
from io import BytesIO
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation import PdfSignatureStatus
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from zope.i18nmessageid import Message
import logging


# It would write a traceback for each certificate that leads to none that the site trusts.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)


class Unreadable(Exception):
    """The file is no PDF whose signatures could be looked at; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def verify(data: bytes, trusted: Sequence[x509.Certificate]) -> tuple[CheckedSignature, ...]:
    """Look at every signature in a file.

    :param trusted: certificates that a signer's must lead to; none means that nobody looks
    :raises Unreadable: if the file cannot be read, is encrypted, or nobody signed it
    """
    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        encrypted = reader.encrypted
        found = [] if encrypted else list(reader.embedded_regular_signatures)
        hybrid = reader.xrefs.hybrid_xrefs_present
    except Exception as error:  # a parser of foreign files may stumble over anything
        raise Unreadable(
            _(
                "error_pdf_unreadable",
                default="The file is not a PDF that can be read. Is it damaged?",
            )
        ) from error
    if encrypted:
        raise Unreadable(
            _(
                "error_pdf_encrypted",
                default="The PDF is encrypted, so its signatures cannot be verified.",
            )
        )
    if not found:
        raise Unreadable(
            _(
                "error_pdf_unsigned",
                default="There is no digital signature in the PDF. A scan of signed paper is "
                "attached as such.",
            )
        )
    return tuple(_checked(signature, trusted, hybrid) for signature in found)


def _checked(
    signature: EmbeddedPdfSignature, trusted: Sequence[x509.Certificate], hybrid: bool
) -> CheckedSignature:
    certificate = None
    try:
        certificate = _certificate(signature.signer_cert)
        status = _status(signature, trusted)
        later = _later(status, hybrid)
        signed_at, source = _time(status)
        return CheckedSignature(
            signer=_name(signature.signer_cert),
            verdict=_verdict(signature, status, later),
            later=later,
            signed_at=signed_at,
            time_source=source,
            chain=_chain(status, trusted),
            certificate=certificate,
        )
    except Exception:  # what cannot be evaluated is not what was signed
        return CheckedSignature(
            signer=certificate.subject if certificate is not None else "",
            verdict=Verdict.BROKEN,
            later=Later.NOTHING,
            signed_at=None,
            time_source=TimeSource.NOBODY,
            chain=Chain.NOT_CHECKED,
            certificate=certificate,
        )


def _status(
    signature: EmbeddedPdfSignature, trusted: Sequence[x509.Certificate]
) -> PdfSignatureStatus:
    """Certificates end after some years; whether one was good is asked of the time of signing."""
    stated = signature.self_reported_timestamp
    moment = min(utc(stated), now()) if stated is not None else now()
    context = ValidationContext(
        trust_roots=list(trusted),
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    return validate_pdf_signature(signature, context)


def _verdict(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, later: Later) -> Verdict:
    whole = status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    if not (status.intact and status.valid and whole and _container_fits(signature)):
        return Verdict.BROKEN
    return Verdict.CHANGED_LATER if later is Later.CONTENT else Verdict.INTACT


def _container_fits(signature: EmbeddedPdfSignature) -> bool:
    """Whether what surrounds the signature and is not signed itself was left alone, too: the
    zeros after it, the digests and the issuer it names, the certificates of those who issued the
    signer's. (A few bytes of it that mean nothing, such as its version, are not looked at.)"""
    content = bytes(signature.pkcs7_content)
    length = len(ContentInfo.load(content).dump())
    named = {digest["algorithm"].native for digest in signature.signed_data["digest_algorithms"]}
    used = signature.signer_info["digest_algorithm"]["algorithm"].native
    issued = signature.signer_cert
    if content[length:].strip(b"\0") or used not in named or not _names(signature, issued):
        return False
    kept = [issued, *signature.other_embedded_certs]
    for _step in kept:
        issuers = [other for other in kept if other.subject == issued.issuer]
        if not issuers:
            return True
        proved = [issuer for issuer in issuers if _issued_by(issued, issuer)]
        if not proved:
            return False
        issued = proved[0]
    return True


def _names(signature: EmbeddedPdfSignature, certificate: x509.Certificate) -> bool:
    identifier = signature.signer_info["sid"]
    if identifier.name != "issuer_and_serial_number":
        return True
    return bool(identifier.chosen["issuer"] == certificate.issuer)


def _issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(
            load_der_x509_certificate(issuer.dump())
        )
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _later(status: PdfSignatureStatus, hybrid: bool) -> Later:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Later.NOTHING
    allowed = status.docmdp_ok and status.modification_level not in (
        None,
        ModificationLevel.OTHER,
    )
    return Later.HARMLESS if allowed and not hybrid else Later.CONTENT


def _time(status: PdfSignatureStatus) -> tuple[datetime | None, TimeSource]:
    stamp = status.timestamp_validity
    if stamp is not None and stamp.intact and stamp.valid:
        source = TimeSource.STAMP if stamp.trusted else TimeSource.STAMP_NOT_CHECKED
        return utc(stamp.timestamp), source
    if status.signer_reported_dt is not None:
        return utc(status.signer_reported_dt), TimeSource.SIGNER
    return None, TimeSource.NOBODY


def _chain(status: PdfSignatureStatus, trusted: Sequence[x509.Certificate]) -> Chain:
    if not trusted:
        return Chain.NOT_CHECKED
    return Chain.TRUSTED if status.trusted else Chain.NOT_TRUSTED


def _certificate(certificate: x509.Certificate) -> Certificate:
    return Certificate(
        subject=certificate.subject.human_friendly,
        issuer=certificate.issuer.human_friendly,
        serial=f"{certificate.serial_number:x}",
        valid_from=utc(certificate.not_valid_before),
        valid_until=utc(certificate.not_valid_after),
        sha256=certificate.sha256.hex(),
        der=certificate.dump(),
    )


def _name(certificate: x509.Certificate) -> str:
    """The common name, as it is printed beside a signature."""
    name = certificate.subject.native.get("common_name")
    if isinstance(name, list):
        name = ", ".join(name)
    return str(name or certificate.subject.human_friendly)
