"""``GET /{agency}/@desk``."""

from eqms.approval.desk import desk_of
from eqms.approval.notices.storage import Acknowledgement
from eqms.approval.notices.storage import Notice
from eqms.approval.services.my_tasks.get import task_json
from eqms.approval.waiting import Waiting
from plone import api
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from typing import Any


class DeskGet(Service):
    """What the ISO secretary has to see to, by kind."""

    def reply(self) -> dict[str, Any]:
        """A list for each kind; nobody may keep the answer."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        desk = desk_of(self.context)
        return {
            "@id": f"{self.context.absolute_url()}/@desk",
            "without_code": [_entry(brain) for brain in desk.uncoded],
            "to_issue": [_waiting(item) for item in desk.to_issue],
            "planned": [_waiting(item) for item in desk.planned],
            "decisions": [_entry(brain) for brain in desk.decisions],
            "without_signed_file": [_entry(brain) for brain in desk.without_file],
            "without_signed_copy": [_entry(brain) for brain in desk.without_copy],
            "overdue": [task_json(task) for task in desk.overdue],
            "stuck": [_entry(brain) for brain in desk.stuck],
            "requests": [
                {
                    "@id": f"{brain.getURL()}/@requests/{request.proposal.number}",
                    "kind": request.proposal.kind.value,
                    "title": brain.Title,
                    "proposed_at": json_compatible(request.proposal.at),
                }
                for request, brain in desk.requests
            ],
            "notices": [notice_json(notice, said) for notice, said in desk.notices],
        }


def notice_json(notice: Notice, said: Acknowledgement | None) -> dict[str, Any]:
    """A notice, and who took note of it."""
    return {
        "id": notice.key,
        "@id": f"{api.portal.get().absolute_url()}/{notice.path}",
        "kind": notice.kind,
        "at": json_compatible(notice.at),
        "holds_from": json_compatible(notice.holds_from),
        "document": notice.document,
        "code": notice.code,
        "title": notice.title,
        "number": notice.number,
        "replaced": notice.replaced or None,
        "decision": notice.decision or None,
        "agency": {"UID": notice.agency, "title": notice.agency_title},
        "acknowledged_by": said.by if said is not None else None,
        "acknowledged_at": json_compatible(said.at) if said is not None else None,
    }


def _entry(brain: Any) -> dict[str, Any]:
    return {"@id": brain.getURL(), "UID": brain.UID, "title": brain.Title}


def _waiting(item: Waiting) -> dict[str, Any]:
    return {
        "@id": item.url,
        "UID": item.uid,
        "document": item.document,
        "code": item.code,
        "number": item.number,
        "title": item.title,
        "in_force_from": json_compatible(item.due),
    }
