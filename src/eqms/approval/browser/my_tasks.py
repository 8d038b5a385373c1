"""The page that everybody who works on documents begins with: what waits for me."""

from eqms import _
from eqms.approval.tasks import is_overdue
from eqms.approval.tasks import OpenTask
from eqms.approval.tasks import tasks_for
from eqms.documents.content import IRevision
from eqms.documents.dates import moment_of
from eqms.interfaces import IEqmsLayer
from plone import api
from plone.base.interfaces import IRedirectAfterLogin
from Products.Five.browser import BrowserView
from typing import Any
from zope.component import adapter
from zope.interface import implementer
from zope.interface import Interface


MOST_DRAFTS = 50
"""Drafts on the page; who has more open finds the rest in the agency."""

WORDS = {
    "review": _("task_review", default="Review"),
    "approval": _("task_approval", default="Approve"),
}


class MyTasks(BrowserView):
    """``@@my-tasks``: Việc cần xử lý."""

    def tasks(self) -> list[dict[str, Any]]:
        """What waits for the person, and for those whom the person stands in for today."""
        me = api.user.get_current().getId()
        return [row_of(task, me) for task in tasks_for(me)]

    @property
    def site_url(self) -> str:
        """Address of the site."""
        return _site_url()

    def drafts(self) -> list[dict[str, Any]]:
        """Drafts that the person opened, the one written last in front."""
        catalog = api.portal.get_tool("portal_catalog")
        found = catalog.searchResults(
            object_provides=IRevision.__identifier__,
            review_state="draft",
            Creator=api.user.get_current().getId(),
            sort_on="modified",
            sort_order="descending",
            sort_limit=MOST_DRAFTS,
        )[:MOST_DRAFTS]
        return [{"url": brain.getURL(), "title": brain.Title} for brain in found]


def row_of(task: OpenTask, me: str) -> dict[str, Any]:
    """A task as the page shows it."""
    url = f"{_site_url()}{task.path.removeprefix(_site_path())}"
    return {
        "url": url,
        "sign_url": f"{url}/@@sign",
        "code": task.code,
        "number": task.number,
        "title": task.title,
        "agency": task.agency_title,
        "act": task.act or WORDS[task.phase],
        "urgent": task.kind == "urgent",
        "for": task.person_name if task.person != me else "",
        "opened_at": moment_of(task.opened_at),
        "due_on": task.due_on.strftime("%d/%m/%Y") if task.due_on else "",
        "overdue": is_overdue(task),
    }


@implementer(IRedirectAfterLogin)
@adapter(Interface, IEqmsLayer)
class TasksAfterLogin:
    """Who logs in to work, and not to read a certain page, begins with what waits."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context = context

    def __call__(self, came_from: str | None = None, is_initial_login: bool = False) -> str | None:
        """Where to go on; as Plone would, for people for whom nothing waits."""
        site = _site_url()
        bare = (came_from or site).split("?")[0].rstrip("/")
        if bare in (site, f"{site}/login") and tasks_for(api.user.get_current().getId()):
            return f"{site}/@@my-tasks"
        return came_from


def _site_url() -> str:
    return str(api.portal.get().absolute_url())


def _site_path() -> str:
    return "/".join(api.portal.get().getPhysicalPath())
