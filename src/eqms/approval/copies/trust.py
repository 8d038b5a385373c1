"""Certificates that the site trusts, as an administrator pasted them into the settings."""

from asn1crypto import pem
from asn1crypto import x509
from cryptography.x509 import load_der_x509_certificate
from eqms import _
from eqms.approval.settings import setting
from eqms.documents.errors import conflict


def trusted_certificates() -> list[x509.Certificate]:
    """The certificates that a signer's must lead to; none if nobody set any.

    :raises Conflict: if what stands in the settings cannot be read: nothing is said then about a
        signature, rather than that its chain was not to be checked
    """
    try:
        return certificates_in(setting("trusted_certificates") or "")
    except ValueError as error:
        raise conflict(
            _(
                "error_trusted_certificates",
                default="The trusted certificates in the settings of the site cannot be read. Ask "
                "an administrator to paste them anew, in PEM form.",
            )
        ) from error


def certificates_in(text: str) -> list[x509.Certificate]:
    """The certificates in a PEM text; raises ValueError if something in it is none."""
    if not text.strip():
        return []
    blocks = pem.unarmor(text.encode(), multiple=True)
    certificates = [x509.Certificate.load(der, strict=True) for _kind, _headers, der in blocks]
    for certificate in certificates:
        load_der_x509_certificate(certificate.dump())
    return certificates
