"""What the catalog keeps of decisions."""

from eqms.approval.decisions.content import IIssueDecision
from eqms.approval.decisions.states import CANCELLED
from eqms.approval.decisions.states import ISSUED
from eqms.approval.decisions.states import state_of
from plone.indexer import indexer
from typing import Any


@indexer(IIssueDecision)
def decides(decision: Any) -> tuple[str, ...]:
    """UIDs of the documents about which a decision has a row that is not carried out yet."""
    if decision.carried_out_at is not None or state_of(decision) == CANCELLED:
        return ()
    return tuple(row.document for row in decision.rows)


@indexer(IIssueDecision)
def desk(decision: Any) -> tuple[str, ...]:
    """What of an issued decision is left to do: ``planned`` for a day to come, ``no_file``."""
    if state_of(decision) != ISSUED:
        return ()
    left = {
        "planned": decision.carried_out_at is None,
        "no_file": decision.signed_file is None,
    }
    return tuple(name for name, applies in left.items() if applies)
