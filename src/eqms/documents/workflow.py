"""Workflow of controlled documents and revisions: chains, and firing what only code may fire."""

from eqms import _
from eqms.documents.content import IControlledDocument
from eqms.documents.content import IRevision
from eqms.documents.elevation import elevated
from eqms.documents.errors import conflict
from eqms.documents.errors import told
from eqms.documents.labels import STATES
from eqms.domain.revisions import State
from plone import api
from plone.base.interfaces import IWorkflowChain
from Products.CMFCore.interfaces import IWorkflowTool
from Products.CMFCore.WorkflowCore import WorkflowException
from Products.CMFPlacefulWorkflow.interfaces import IPlacefulMarker
from typing import Any
from zope.component import adapter
from zope.interface import implementer


DOCUMENT_WORKFLOW = "eqms_document_workflow"
REVISION_WORKFLOW = "eqms_revision_workflow"

_DOCUMENT_TRANSITIONS = {
    "hidden": "hide",
    "restricted": "restrict",
    "internal": "open_to_staff",
    "public": "open_to_public",
}


@implementer(IWorkflowChain)
@adapter(IControlledDocument, IWorkflowTool)
def document_chain(document: Any, tool: Any) -> tuple[str, ...]:
    """Every controlled document has this chain, whatever its type is called."""
    return (DOCUMENT_WORKFLOW,)


@implementer(IWorkflowChain)
@adapter(IRevision, IWorkflowTool)
def revision_chain(revision: Any, tool: Any) -> tuple[str, ...]:
    """Every revision has this chain."""
    return (REVISION_WORKFLOW,)


@implementer(IWorkflowChain)
@adapter(IControlledDocument, IPlacefulMarker)
def placeful_document_chain(document: Any, tool: Any) -> tuple[str, ...]:
    """No local workflow policy takes a controlled document out of control."""
    return (DOCUMENT_WORKFLOW,)


@implementer(IWorkflowChain)
@adapter(IRevision, IPlacefulMarker)
def placeful_revision_chain(revision: Any, tool: Any) -> tuple[str, ...]:
    """No local workflow policy takes a revision out of control."""
    return (REVISION_WORKFLOW,)


def state_of(revision: Any) -> State:
    """The state of a revision."""
    return State(api.content.get_state(revision))


def fire(revision: Any, transition: str, comment: str = "", **details: Any) -> None:
    """Fire a transition, also one that no role may fire; the caller has decided that it is due.

    :param details: what the audit row of the transition says besides
    :raises Conflict: if the revision is in a state that the transition does not leave
    """
    tool = api.portal.get_tool("portal_workflow")
    with elevated():
        try:
            tool.doActionFor(revision, transition, comment=comment, details=details)
        except WorkflowException as error:
            message = _(
                "error_state_left",
                default="The revision is in the state ${state}, so this cannot happen now.",
                mapping={"state": told(STATES[state_of(revision)])},
            )
            raise conflict(message) from error


def make_readable_by(document: Any, visibility: str) -> None:
    """Set who may read a document; only the switch of revisions calls this."""
    if api.content.get_state(document) != visibility:
        tool = api.portal.get_tool("portal_workflow")
        with elevated():
            tool.doActionFor(document, _DOCUMENT_TRANSITIONS[visibility])
