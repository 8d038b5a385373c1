"""``GET /@my-tasks``."""

from eqms.approval.tasks import is_overdue
from eqms.approval.tasks import OpenTask
from eqms.approval.tasks import tasks_for
from plone import api
from plone.restapi.batching import HypermediaBatch
from plone.restapi.serializer.converters import json_compatible
from plone.restapi.services import Service
from typing import Any


class MyTasksGet(Service):
    """What waits for the person who asks, the one due first in front; in batches."""

    def reply(self) -> dict[str, Any]:
        """The tasks; nobody may keep the answer."""
        self.request.response.setHeader("Cache-Control", "private, no-store")
        batch = HypermediaBatch(self.request, tasks_for(api.user.get_current().getId()))
        result: dict[str, Any] = {
            "@id": batch.canonical_url,
            "items": [task_json(task) for task in batch],
            "items_total": batch.items_total,
        }
        if batch.links:
            result["batching"] = batch.links
        return result


def task_json(task: OpenTask) -> dict[str, Any]:
    """A task as JSON: what to read, what ``@sign`` asks for, and until when."""
    site = api.portal.get()
    below = task.path.removeprefix("/".join(site.getPhysicalPath()))
    return {
        "@id": f"{site.absolute_url()}{below}",
        "revision": task.revision,
        "document": task.document,
        "code": task.code,
        "number": task.number,
        "title": task.title,
        "kind": task.kind,
        "agency": {"UID": task.agency, "title": task.agency_title},
        "meaning": task.phase,
        "step": task.step,
        "act": task.act,
        "content_hash": task.content_hash,
        "on_behalf_of": task.person if task.person != api.user.get_current().getId() else None,
        "opened_at": json_compatible(task.opened_at),
        "due_on": json_compatible(task.due_on),
        "overdue": is_overdue(task),
    }
