"""Time stamps after RFC 3161 over checkpoints: asked for by HTTP, verified without any connection.

A stamp proves that the checkpoint, and by its chain every row it speaks for, existed at the time
that the authority names; whoever holds the database cannot make one for a time that is past.
"""

from asn1crypto import cms
from asn1crypto import pem
from asn1crypto import x509
from datetime import datetime
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext
from typing import NamedTuple
import asyncio


TIMEOUT = 10
"""Seconds to wait for the authority."""

_ALGORITHM = "sha256"


class NoStamp(Exception):
    """The authority gave no stamp; says why. Nothing else depends on it."""


class Stamp(NamedTuple):
    """What a time stamp is worth."""

    at: datetime | None
    """The time that the authority names; None if the token cannot be read."""

    intact: bool
    """It is a stamp of this hash, and its signature is that of the certificate in it."""

    trusted: bool
    """The certificate leads to one of the trusted roots. Revocation is not checked: that would
    need a connection."""


def request(url: str, digest: str) -> bytes:
    """Ask an authority for a stamp on a SHA-256 (hex); returns the token (DER, a CMS object).

    :raises NoStamp: if there is none, whatever the reason
    """
    stamper = RequestsHTTPTimeStamper(url, timeout=TIMEOUT)
    try:
        token = asyncio.run(stamper.async_timestamp(bytes.fromhex(digest), _ALGORITHM))
        encoded: bytes = token.dump()
    except (TimestampRequestError, OSError, ValueError, KeyError, TypeError) as error:
        raise NoStamp(f"{type(error).__name__}: {error}") from error
    if not verify(encoded, digest, "").intact:
        raise NoStamp("the answer is no stamp of what was asked for")
    return encoded


def verify(token: bytes, digest: str, roots: str) -> Stamp:
    """What a token says about a SHA-256 (hex).

    :param roots: certificates in PEM that are trusted; may be empty
    """
    try:
        signed = cms.ContentInfo.load(token)["content"]
        at = signed["encap_content_info"]["content"].parsed["gen_time"].native
        context = ValidationContext(
            trust_roots=certificates(roots),
            other_certs=[choice.chosen for choice in signed["certificates"]],
            allow_fetching=False,
            moment=at,
            # Its certificate may well have expired since.
            best_signature_time=at,
            revocation_mode="soft-fail",
        )
        found = asyncio.run(
            validate_tst_signed_data(
                signed,
                context,
                lambda name: bytes.fromhex(digest) if name == _ALGORITHM else b"",
            )
        )
        status = TimestampSignatureStatus(**found)
    except (SignatureValidationError, ValueError, KeyError, TypeError, AttributeError):
        return Stamp(None, intact=False, trusted=False)
    return Stamp(at, intact=status.intact and status.valid, trusted=status.trusted)


def certificates(text: str) -> list[x509.Certificate]:
    """The certificates in a PEM text.

    :raises ValueError: if there is text that is none
    """
    if not text.strip():
        return []
    found = pem.unarmor(text.encode("ascii"), multiple=True)
    return [x509.Certificate.load(der) for _kind, _headers, der in found]
