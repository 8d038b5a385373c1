"""What was found out about the digital signatures in a file, as it is kept and shown.

A result speaks of the file at the time of the verification and claims no more than was looked at:
nothing here was asked of anybody outside this machine.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What stands in one word, the worst first."""

    BROKEN = "broken"
    """Bytes that were signed, or the signature itself, are not what they were."""
    CHANGED_LATER = "changed_later"
    """What was signed is unchanged, but more was added that the signature does not allow."""
    INTACT = "intact"


class Later(StrEnum):
    """What was added to the file after the signature."""

    NOTHING = "nothing"
    HARMLESS = "harmless"
    """Further signatures, filled fields, notes or data for validation."""
    CONTENT = "content"


class TimeSource(StrEnum):
    """Who says when it was signed."""

    STAMP = "time_stamp"
    """A time-stamping authority whose certificate leads to a trusted one."""
    STAMP_NOT_CHECKED = "time_stamp_not_checked"
    """A time-stamping authority that was not traced to a trusted certificate."""
    SIGNER = "signer"
    """The clock of the signer's computer."""
    NOBODY = "nobody"


class Chain(StrEnum):
    """Whether the certificate leads to one that the site trusts, as of the time of signing."""

    TRUSTED = "trusted"
    NOT_TRUSTED = "not_trusted"
    NOT_CHECKED = "not_checked"
    """The site has no trusted certificates."""


@dataclass(frozen=True)
class Certificate:
    """A signer's certificate. ``der`` are its bytes, ``sha256`` their digest (hex)."""

    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_until: datetime
    sha256: str
    der: bytes


@dataclass(frozen=True)
class CheckedSignature:
    """One digital signature. ``certificate`` is None where it could not even be read.

    Revocation is never asked for: that would need the internet.
    """

    signer: str
    verdict: Verdict
    later: Later
    signed_at: datetime | None
    time_source: TimeSource
    chain: Chain
    certificate: Certificate | None
    revocation: str = "not_checked"


@dataclass(frozen=True)
class Verification:
    """A look at a stored file: whether its bytes are those that were attached, and its signatures.

    ``by`` is the id of who asked for it; scans have no ``signatures``.
    """

    at: datetime
    by: str
    same_bytes: bool
    signatures: tuple[CheckedSignature, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The worst there is to say."""
        found = {signature.verdict for signature in self.signatures}
        if not self.same_bytes:
            found.add(Verdict.BROKEN)
        return next((verdict for verdict in Verdict if verdict in found), Verdict.INTACT)
