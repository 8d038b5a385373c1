"""What follows the last signature: the revision is issued, or waits for a decision."""

from Acquisition import aq_parent
from eqms.agencies.content import Agency
from eqms.agencies.lookup import agency_of
from eqms.approval.notices.telling import announce
from eqms.approval.settings import setting
from eqms.documents.switch import issue
from eqms.documents.switch import requested_start
from typing import Any


def after_approval(revision: Any) -> None:
    """Issue an approved revision as its agency issues documents of its type."""
    if not waits_for_decision(agency_of(revision), aq_parent(revision).portal_type):
        issue(revision, requested_start(revision))
        if revision.due_at is not None:
            announce(revision)


def waits_for_decision(agency: Agency, portal_type: str) -> bool:
    """Whether an agency issues documents of a type by decision: it says so, or else the site."""
    mode = (agency.issue_modes or {}).get(portal_type) or agency.issue_mode or setting("issue_mode")
    return bool(mode == "by_decision")
