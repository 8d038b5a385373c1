"""One-time codes by the clock (RFC 6238): six digits, a new one every 30 seconds.

A code is accepted within one step of the clock before and after, because telephones are not
exact, and only once: a step at or before the last accepted one is over (RFC 6238, 5.2).
"""

from datetime import datetime
from typing import Final
import hmac
import pyotp


STEP_SECONDS: Final = 30

_WINDOW: Final = (0, -1, 1)

NEVER: Final = -1
"""The last accepted step of somebody who has used no code yet."""


def new_key() -> str:
    """A key of 160 random bits, in Base32 as the apps for codes take it."""
    return pyotp.random_base32()


def accepted_step(key: str, code: str, now: datetime, last: int = NEVER) -> int | None:
    """The step that a code is of, if it is accepted at ``now`` (aware); else None.

    Spaces in the code do not matter.
    """
    present = int(now.timestamp()) // STEP_SECONDS
    typed = "".join(code.split()).encode()
    codes = pyotp.TOTP(key, interval=STEP_SECONDS)
    for step in (present + offset for offset in _WINDOW):
        expected = codes.at(step * STEP_SECONDS).encode()
        if hmac.compare_digest(expected, typed) and step > last:
            return step
    return None


def enrolment_uri(key: str, person: str, site: str) -> str:
    """The key as an app for codes reads it from a link or a QR code (``otpauth:``)."""
    return pyotp.TOTP(key, interval=STEP_SECONDS).provisioning_uri(name=person, issuer_name=site)
