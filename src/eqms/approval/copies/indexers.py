"""What the catalog keeps of signed copies: which revisions in force have none."""

from eqms.approval.copies.storage import copies_of
from eqms.documents.content import IRevision
from eqms.documents.workflow import state_of
from eqms.domain.revisions import State
from plone.indexer import indexer
from Products.DCWorkflow.interfaces import IAfterTransitionEvent
from typing import Any


NO_COPY = "no_copy"


@indexer(IRevision)
def desk(revision: Any) -> tuple[str, ...]:
    """``no_copy`` for what was issued here and has no signed copy, nor a signed decision.

    What was taken over from paper has its original there.
    """
    if state_of(revision) is not State.IN_FORCE or revision.taken_over:
        return ()
    kept = copies_of(revision)
    stands = any(kept.struck(copy.number) is None for copy in kept.copies)
    signed = stands or (revision.issued_by_decision or {}).get("signed", False)
    return () if signed else (NO_COPY,)


def switched(revision: Any, event: IAfterTransitionEvent) -> None:
    """A revision came in force or ceased to be: the desk is told."""
    if State.IN_FORCE.value in (event.old_state.getId(), event.new_state.getId()):
        revision.reindexObject(idxs=["eqms_desk"])
