"""``POST /@trail-verify``: whether the site still holds what a checkpoint kept outside says."""

from eqms import _
from eqms.documents.errors import bad_request
from eqms.documents.services.body import body_of
from eqms.documents.services.csrf import refuse_forged_request
from eqms.domain.checkpoints import Head
from eqms.trail import verification
from plone.restapi.services import Service
from typing import Any


LIMIT = 1000
"""Heads in one request."""


class TrailVerifyPost(Service):
    """Compares heads with the chains; writes nothing, a body only holds more than an address."""

    def reply(self) -> dict[str, Any]:
        """What is not there any more.

        :raises BadRequest: if the body is not ``{"checkpoint": {…}, "heads": [[subject, length,
            hash], …]}``, with at most `LIMIT` heads
        """
        refuse_forged_request(self.request)
        body = body_of(self.request)
        heads, checkpoint = body.get("heads", []), body.get("checkpoint")
        if not _are_heads(heads) or not isinstance(checkpoint, dict | None):
            raise bad_request(
                _(
                    "error_heads",
                    default="heads must be a list of at most 1000 [subject, length, hash], "
                    "checkpoint an object.",
                )
            )
        findings = verification.compare((Head(*head) for head in heads), checkpoint)
        return {"checked": len(heads), "findings": [finding.as_json() for finding in findings]}


def _are_heads(heads: Any) -> bool:
    return (
        isinstance(heads, list)
        and len(heads) <= LIMIT
        and all(
            isinstance(head, list)
            and [type(member) for member in head] == [str, int, str]
            and abs(head[1]) < 1 << 31
            for head in heads
        )
    )
