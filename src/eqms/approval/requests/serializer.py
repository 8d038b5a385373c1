"""Proposals as JSON."""

from eqms.approval.requests.storage import Request
from eqms.approval.requests.usage import Usage
from plone.restapi.serializer.converters import json_compatible
from typing import Any


def request_json(document: Any, request: Request) -> dict[str, Any]:
    """A proposal, what became of it and what that rests on."""
    proposal, signature, cited = request.proposal, request.signature, request.cited
    return {
        "@id": f"{document.absolute_url()}/@requests/{proposal.number}",
        "number": proposal.number,
        "kind": proposal.kind.value,
        "document": proposal.document,
        "revision": proposal.revision,
        "reason": proposal.reason,
        "why": proposal.why or None,
        "successor": proposal.successor,
        "in_force_on": json_compatible(proposal.due_on),
        "proposed_by": proposal.by,
        "proposed_at": json_compatible(proposal.at),
        "content_hash": proposal.hash,
        "state": request.outcome.value,
        "closed_by": request.closed_by,
        "closed_at": json_compatible(request.closed_at),
        "comment": request.comment,
        "signature": signature
        and {
            "person": signature.person,
            "name": signature.name,
            "at": json_compatible(signature.at),
            "statement": signature.statement,
            "method": signature.method,
            "content_hash": signature.content_hash,
        },
        "decision": cited
        and {
            "number": cited.number,
            "date": json_compatible(cited.decided_on),
            "file": cited.file.filename if cited.file is not None else None,
        },
    }


def usage_json(usage: Usage) -> dict[str, Any]:
    """Who goes by a document."""
    return {
        "citing": [_entry(brain) for brain in usage.citing],
        "agencies": [_entry(brain) for brain in usage.agencies],
        "tiers": [str(tier) for tier in usage.tiers],
        "decisions": [_entry(brain) for brain in usage.decisions],
        "open_revision": usage.open_revision,
    }


def _entry(brain: Any) -> dict[str, Any]:
    return {"@id": brain.getURL(), "UID": brain.UID, "title": brain.Title}
