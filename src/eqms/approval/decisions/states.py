"""States of a decision, and who may do what in them."""

from eqms import _
from eqms.approval.decisions.content import IssueDecision
from eqms.approval.settings import setting
from eqms.documents.elevation import elevated
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import forbidden
from plone import api
from typing import Any
from typing import Final


ENTER: Final = "eqms: Enter decision"

DRAFT: Final = "draft"
ISSUED: Final = "issued"
CANCELLED: Final = "cancelled"


def state_of(decision: IssueDecision) -> str:
    """``draft``, ``issued`` or ``cancelled``."""
    return str(api.content.get_state(decision))


def require_permission(decision: IssueDecision) -> None:
    """Refuse who may not enter decisions of the agency.

    :raises Forbidden: for everybody but its document controllers
    """
    if not api.user.has_permission(ENTER, obj=decision):
        raise forbidden(_("error_not_allowed", default="You are not allowed to do this here."))


def require_draft(decision: IssueDecision) -> None:
    """Refuse to change a decision that is prepared no more.

    :raises Conflict: if it was issued or cancelled
    """
    if state_of(decision) != DRAFT:
        raise conflict(
            _(
                "error_decision_closed",
                default="The decision was issued or cancelled. Nobody can change it any more.",
            )
        )


def check_file(file: Any) -> None:
    """Refuse a decision without its signed file where the site asks for it.

    :raises BadRequest: if there is none
    """
    if file is None and setting("decision_file_required"):
        raise bad_request(
            _("error_no_signed_file", default="Attach the signed decision; this site asks for it.")
        )


def fire(decision: IssueDecision, transition: str, comment: str = "") -> None:
    """Fire a transition that no role may fire; the caller has decided that it is due."""
    with elevated():
        api.portal.get_tool("portal_workflow").doActionFor(decision, transition, comment=comment)
    decision.reindexObject()
