"""The proposals about a document, and who goes by it."""

from eqms.agencies.people import name_of
from eqms.approval.requests.acting import may_sign
from eqms.approval.requests.acting import PROPOSE
from eqms.approval.requests.storage import Outcome
from eqms.approval.requests.storage import Request
from eqms.approval.requests.storage import requests_of
from eqms.approval.requests.usage import Usage
from eqms.approval.requests.usage import usage_of
from eqms.approval.requests.wording import KINDS
from eqms.approval.requests.wording import OUTCOMES
from eqms.documents.dates import moment_of
from functools import cached_property
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


class RequestsPage(BrowserView):
    """``@@requests`` of a document."""

    template = ViewPageTemplateFile("requests.pt")

    def __call__(self) -> str:
        """The page."""
        return str(self.template())

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """A line for each proposal, the newest first."""
        return [_row(self.context, item) for item in reversed(requests_of(self.context))]

    @property
    def usage(self) -> Usage:
        """Who goes by the document."""
        return usage_of(self.context)

    @property
    def may_propose(self) -> bool:
        """Whether the reader controls the document."""
        return bool(api.user.has_permission(PROPOSE, obj=self.context))


class RequestsPanel(ViewletBase):
    """Open proposals beside the text, and the way to a new one."""

    def update(self) -> None:
        """Collect what is open."""
        super().update()
        self.rows = [
            _row(self.context, item)
            for item in requests_of(self.context)
            if item.outcome is Outcome.OPEN
        ]
        self.may_propose = api.user.has_permission(PROPOSE, obj=self.context)

    def available(self) -> bool:
        """Only where there is something to read or to do."""
        return bool(self.rows or self.may_propose)


def _row(document: Any, request: Request) -> dict[str, Any]:
    proposal = request.proposal
    is_open = request.outcome is Outcome.OPEN
    cited = request.cited
    return {
        "number": proposal.number,
        "kind": KINDS[proposal.kind],
        "outcome": OUTCOMES[request.outcome],
        "open": is_open,
        "reason": proposal.reason,
        "due_on": proposal.due_on.strftime("%d/%m/%Y") if proposal.due_on else "",
        "by": name_of(proposal.by),
        "at": moment_of(proposal.at),
        "closed_by": name_of(request.closed_by) if request.closed_by else "",
        "closed_at": moment_of(request.closed_at),
        "comment": request.comment,
        "signed": request.signature is not None,
        "decision": cited
        and {"number": cited.number, "date": cited.decided_on.strftime("%d/%m/%Y")},
        "may_sign": is_open and may_sign(document, request),
        "may_withdraw": is_open and api.user.has_permission(PROPOSE, obj=document),
        "query": f"?number={proposal.number}",
    }
