"""``@@desk``: bàn làm việc của thư ký ISO."""

from eqms import _
from eqms.agencies.people import name_of
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.approval.decisions.states import ENTER
from eqms.approval.desk import Desk
from eqms.approval.desk import desk_of
from eqms.approval.notices.storage import Acknowledgement
from eqms.approval.notices.storage import Notice
from eqms.approval.notices.telling import acknowledge
from eqms.approval.requests.wording import KINDS as REQUEST_KINDS
from eqms.documents.dates import day_of
from eqms.documents.dates import moment_of
from eqms.documents.errors import bad_request
from eqms.documents.errors import REFUSALS
from eqms.documents.errors import told
from eqms.references.folder import references_url
from functools import cached_property
from plone import api
from plone.app.uuid.utils import uuidToObject
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
import transaction


NOTICE_KINDS = {
    "issued": _("notice_issued", default="Issued for a day to come"),
    "in_force": _("notice_in_force", default="In force"),
    "suspended": _("notice_suspended_short", default="Suspended"),
    "resumed": _("notice_resumed", default="In force again"),
    "retired": _("notice_retired_short", default="Out of use"),
}


class DeskPage(BrowserView):
    """What waits, what is overdue, what became known; with the way to act on it."""

    template = ViewPageTemplateFile("desk.pt")
    refusal = ""

    def __call__(self) -> str:
        """The page; on a POST a decision is begun, or a notice taken note of."""
        form = self.request.form
        if self.request.method == "POST":
            if "decide" in form and (url := self._attempt(lambda: self._decide(form))):
                return str(self.request.response.redirect(url))
            if "acknowledge" in form:
                self._attempt(lambda: acknowledge(self.context, str(form["acknowledge"])))
        return str(self.template())

    @cached_property
    def desk(self) -> Desk:
        """Everything on the desk."""
        return desk_of(self.context)

    @property
    def may_act(self) -> bool:
        """Whether the reader is a controller; others read."""
        return bool(api.user.has_permission(ENTER, obj=self.context))

    @property
    def references_url(self) -> str:
        """Where legal texts are kept."""
        return references_url()

    @property
    def planned(self) -> list[dict[str, Any]]:
        """Issued for a day to come."""
        return [{"item": item, "day": day_of(item.due.asdatetime())} for item in self.desk.planned]

    @property
    def overdue(self) -> list[dict[str, Any]]:
        """Tasks that are overdue."""
        site = api.portal.get()
        below = len("/".join(site.getPhysicalPath()))
        return [
            {
                "url": f"{site.absolute_url()}{task.path[below:]}",
                "title": " · ".join(filter(None, (task.code, task.title))),
                "person": task.person_name,
                "due_on": task.due_on.strftime("%d/%m/%Y"),
            }
            for task in self.desk.overdue
        ]

    @property
    def requests(self) -> list[dict[str, Any]]:
        """Open proposals."""
        return [
            {
                "url": f"{brain.getURL()}/@@requests",
                "kind": REQUEST_KINDS[request.proposal.kind],
                "title": " · ".join(filter(None, (brain.eqms_written_code, brain.Title))),
                "by": name_of(request.proposal.by),
            }
            for request, brain in self.desk.requests
        ]

    @property
    def notices(self) -> list[dict[str, Any]]:
        """The newest notices."""
        return [_notice(notice, said) for notice, said in self.desk.notices]

    def _decide(self, form: dict[str, Any]) -> str:
        ticked = form.get("revisions") or []
        uids = [ticked] if isinstance(ticked, str) else [str(uid) for uid in ticked]
        revisions = [uuidToObject(uid, unrestricted=True) for uid in uids]
        if not revisions or None in revisions:
            raise bad_request(
                _("error_nothing_ticked", default="Tick what the decision is to issue.")
            )
        title = told(
            _("decision_default_title", default="On the issue of documents of the quality system")
        )
        decision = api.content.create(self.context, "IssueDecision", title=title)
        set_rows(decision, [issue_row(revision) for revision in revisions])
        return str(decision.absolute_url())

    def _attempt(self, act: Any) -> Any:
        savepoint = transaction.savepoint()
        try:
            return act()
        except REFUSALS as refusal:
            savepoint.rollback()
            self.refusal = str(refusal)
            return None


def _notice(notice: Notice, said: Acknowledgement | None) -> dict[str, Any]:
    return {
        "key": notice.key,
        "kind": NOTICE_KINDS[notice.kind],
        "url": f"{api.portal.get().absolute_url()}/{notice.path}",
        "title": " · ".join(filter(None, (notice.code, notice.title))),
        "number": notice.number,
        "replaced": notice.replaced,
        "decision": notice.decision,
        "agency": notice.agency_title,
        "day": day_of(notice.holds_from),
        "acknowledged": said and {"by": name_of(said.by), "at": moment_of(said.at)},
    }
