"""A decision as JSON: what was entered, and its rows with what stands against them."""

from eqms.approval.decisions.content import IIssueDecision
from eqms.approval.decisions.content import IssueDecision
from eqms.approval.decisions.rows import obstacle
from eqms.approval.decisions.states import CANCELLED
from eqms.approval.decisions.states import state_of
from eqms.documents.content import number_of
from eqms.documents.content import register_of
from eqms.domain.decisions import Row
from plone import api
from plone.app.uuid.utils import uuidToObject
from plone.restapi.interfaces import ISerializeToJson
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.serializer.dxcontent import SerializeToJson
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface


@implementer(ISerializeToJson)
@adapter(IIssueDecision, Interface)
class SerializeDecision(SerializeToJson):
    """``GET /{decision}``."""

    def __call__(self, version: Any = None, include_items: bool = True) -> dict[str, Any]:
        """The fields, the state, the rows in order, and those that were dropped with the reason."""
        result: dict[str, Any] = super().__call__(version=version, include_items=include_items)
        decision = self.context
        return result | {
            "state": state_of(decision),
            "entered_at": json_compatible(decision.entered_at),
            "in_force_from": json_compatible(decision.start),
            "carried_out_at": json_compatible(decision.carried_out_at),
            "content_hash": decision.content_hash,
            "rows": rows_of(decision),
            "dropped": [
                row_json(gone.row)
                | {"reason": gone.reason, "by": gone.by, "at": json_compatible(gone.at)}
                for gone in decision.dropped
            ],
        }


def rows_of(decision: IssueDecision) -> list[dict[str, Any]]:
    """The rows; as long as they wait to be carried out, with what stands against each."""
    waits = decision.carried_out_at is None and state_of(decision) != CANCELLED
    return [
        row_json(row) | {"obstacle": obstacle(decision, row) if waits else None}
        for row in decision.rows
    ]


def row_json(row: Row) -> dict[str, Any]:
    """A row with the names of what it is about; empty ones for what is gone."""
    document = uuidToObject(row.document, unrestricted=True)
    revision = None
    if document is not None:
        register = register_of(document)
        entry = register.entry(row.revision) if row.revision else register.latest
        revision = document._getOb(entry.id) if entry is not None else None
    return {
        "document": row.document,
        "revision": row.revision,
        "action": row.action.value,
        "successor": row.successor,
        "@id": document.absolute_url() if document is not None else None,
        "code": document.code if document is not None else None,
        "title": (revision or document).title if document is not None else "",
        "type": document.portal_type if document is not None else None,
        "number": number_of(revision) if revision is not None else None,
        "state": api.content.get_state(revision) if revision is not None else None,
    }
