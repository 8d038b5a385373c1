"""What the ISO secretary of an agency has to see to, from the catalog and the ledgers alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from eqms.agencies.content import Agency
from eqms.agencies.people import people_of
from eqms.approval.copies.indexers import NO_COPY
from eqms.approval.notices.storage import Acknowledgement
from eqms.approval.notices.storage import Notice
from eqms.approval.notices.storage import notices_for
from eqms.approval.requests.storage import book_of
from eqms.approval.requests.storage import Request
from eqms.approval.tasks import is_overdue
from eqms.approval.tasks import OpenTask
from eqms.approval.tasks import tasks_of
from eqms.approval.waiting import approved_revisions
from eqms.approval.waiting import Waiting
from eqms.documents.content import IRevision
from eqms.domain.revisions import DocumentState
from eqms.domain.revisions import State
from plone import api
from typing import Any
from typing import Final


MOST: Final = 50
"""Notices on the desk; earlier ones are history."""


@dataclass(frozen=True)
class Desk:
    """Each list is one thing to see to; catalog entries where nothing else is said.

    ``stuck`` are revisions in review or approval that wait for nobody; ``requests`` open proposals
    with the catalog entry of their document.
    """

    uncoded: Sequence[Any]
    to_issue: Sequence[Waiting]
    planned: Sequence[Waiting]
    decisions: Sequence[Any]
    without_file: Sequence[Any]
    without_copy: Sequence[Any]
    overdue: Sequence[OpenTask]
    stuck: Sequence[Any]
    requests: Sequence[tuple[Request, Any]]
    notices: Sequence[tuple[Notice, Acknowledgement | None]]


def desk_of(agency: Agency) -> Desk:
    """The desk of an agency, as far as the reader may see what lies on it."""
    path = "/".join(agency.getPhysicalPath())
    approved = approved_revisions(agency)
    tasks = _tasks(agency)
    return Desk(
        uncoded=[
            brain
            for brain in _found(
                eqms_agency=api.content.get_uuid(agency),
                eqms_document_state=DocumentState.NO_REVISION.value,
            )
            if not brain.eqms_written_code
        ],
        to_issue=[item for item in approved if item.due is None],
        planned=[item for item in approved if item.due is not None],
        decisions=_found(portal_type="IssueDecision", review_state="draft", path=path),
        without_file=_found(portal_type="IssueDecision", eqms_desk="no_file", path=path),
        without_copy=_found(eqms_desk=NO_COPY, path=path),
        overdue=[task for task in tasks if is_overdue(task)],
        stuck=_stuck(path, {task.revision for task in tasks}),
        requests=_requests(agency),
        notices=notices_for(agency, MOST),
    )


def _found(**query: Any) -> list[Any]:
    catalog = api.portal.get_tool("portal_catalog")
    return sorted(catalog(**query), key=lambda brain: (brain.Title, brain.UID))


def _tasks(agency: Agency) -> list[OpenTask]:
    """Open tasks on documents of the agency, the one due first in front."""
    uid = api.content.get_uuid(agency)
    tasks = [
        task
        for person in sorted(people_of(agency))
        for task in tasks_of(person)
        if task.agency == uid
    ]
    return sorted(tasks, key=lambda task: (task.due_on is None, task.due_on, task.opened_at))


def _stuck(path: str, asked: set[str]) -> list[Any]:
    deciding = [State.IN_REVIEW.value, State.IN_APPROVAL.value]
    found = _found(object_provides=IRevision.__identifier__, review_state=deciding, path=path)
    return [brain for brain in found if brain.UID not in asked]


def _requests(agency: Agency) -> list[tuple[Request, Any]]:
    waiting = list(book_of(agency).open())
    documents = {
        brain.UID: brain
        for brain in _found(
            UID=[request.proposal.document for request in waiting], show_inactive=True
        )
    }
    return [
        (request, documents[request.proposal.document])
        for request in waiting
        if request.proposal.document in documents
    ]
