"""Signed copies as people and portals read them."""

from datetime import datetime
from eqms.approval.copies.facts import CheckedSignature
from eqms.approval.copies.facts import Verification
from eqms.approval.copies.storage import copies_of
from eqms.approval.copies.storage import Copy
from eqms.approval.copies.storage import CopyList
from typing import Any
import base64


def of(revision: Any) -> list[dict[str, Any]]:
    """Every copy of a revision in the order they were attached, as JSON; for the manifest too.

    ``kind`` is ``digital`` or ``paper``, ``verdict`` what the last look at it says (``intact``,
    ``changed_later``, ``broken``), ``struck`` why it counts no longer.
    """
    kept = copies_of(revision)
    return [copy_json(revision, kept, copy) for copy in kept.copies]


def copy_json(revision: Any, kept: CopyList, copy: Copy) -> dict[str, Any]:
    """One copy with everything that was found out about it."""
    strike = kept.struck(copy.number)
    looks = kept.looks_at(copy.number)
    url = revision.absolute_url()
    return {
        "@id": f"{url}/@signed-copies/{copy.number}",
        "number": copy.number,
        "kind": copy.kind,
        "names": [signature.signer for signature in looks[-1].signatures] or [copy.signers],
        "place": copy.place,
        "verdict": looks[-1].verdict.value,
        "attached_at": _instant(copy.at),
        "attached_by": copy.by,
        "filename": copy.filename,
        "content_type": copy.media_type,
        "size": copy.size,
        "sha256": copy.sha256,
        "download": f"{url}/@@signed-copy/{copy.number}",
        "copy_of": {"revision": copy.revision, "content_hash": copy.content_hash},
        "verifications": [_look_json(look) for look in looks],
        "struck": strike and {"at": _instant(strike.at), "by": strike.by, "reason": strike.reason},
    }


def _look_json(look: Verification) -> dict[str, Any]:
    return {
        "at": _instant(look.at),
        "by": look.by,
        "same_bytes": look.same_bytes,
        "verdict": look.verdict.value,
        "signatures": [_signature_json(signature) for signature in look.signatures],
    }


def _signature_json(signature: CheckedSignature) -> dict[str, Any]:
    certificate = signature.certificate
    return {
        "signer": signature.signer,
        "verdict": signature.verdict.value,
        "later_changes": signature.later.value,
        "signed_at": _instant(signature.signed_at) if signature.signed_at else None,
        "time_source": signature.time_source.value,
        "chain": signature.chain.value,
        "revocation": signature.revocation,
        "certificate": certificate
        and {
            "subject": certificate.subject,
            "issuer": certificate.issuer,
            "serial": certificate.serial,
            "valid_from": _instant(certificate.valid_from),
            "valid_until": _instant(certificate.valid_until),
            "sha256": certificate.sha256,
            "der": base64.b64encode(certificate.der).decode("ascii"),
        },
    }


def _instant(value: datetime) -> str:
    return value.isoformat().replace("+00:00", "Z")
