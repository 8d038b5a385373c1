"""What the catalog keeps of decisions."""

from eqms.approval.decisions.content import IIssueDecision
from eqms.approval.decisions.states import CANCELLED
from eqms.approval.decisions.states import state_of
from plone.indexer import indexer
from typing import Any


@indexer(IIssueDecision)
def decides(decision: Any) -> tuple[str, ...]:
    """UIDs of the documents about which a decision has a row that is not carried out yet."""
    if decision.carried_out_at is not None or state_of(decision) == CANCELLED:
        return ()
    return tuple(row.document for row in decision.rows)
