"""Where a revision stands on its route, who signed, and what the reader of the page may do."""

from Acquisition import aq_parent
from eqms import _
from eqms.approval.manifest import manifest
from eqms.approval.objections import REASONS
from eqms.approval.objections import refusal_for
from eqms.approval.record import record_of
from eqms.approval.signing import PHASES
from eqms.documents.dates import moment_of
from eqms.documents.workflow import state_of
from eqms.domain.revisions import State
from eqms.domain.route import Refusal
from plone import api
from plone.app.layout.viewlets.common import ViewletBase
from typing import Any
from zope.i18nmessageid import Message


MEANINGS = {
    "draft": _("meaning_draft", default="Drafted by"),
    "review": _("meaning_review", default="Reviewed by"),
    "approval": _("meaning_approval", default="Approved by"),
}

KINDS = {
    "software": _("kind_software", default="Confirmed in the software"),
    "declared": _("kind_declared", default="As named in the document, not verified"),
}

INVALID = {
    "returned": _("invalid_returned", default="Invalid: the revision was returned"),
    "recalled": _("invalid_recalled", default="Invalid: the revision was recalled"),
    "new_base": _("invalid_new_base", default="Invalid: another revision came in force"),
    "cancelled": _("invalid_cancelled", default="Invalid: the approval was cancelled"),
}

PERSON_TRANSITIONS = (
    ("submit", _("action_submit", default="Submit for review"), "btn-primary"),
    ("recall", _("action_recall", default="Recall"), "btn-outline-secondary"),
    ("withdraw", _("action_withdraw", default="Discard draft"), "btn-outline-danger"),
)


class ApprovalPanel(ViewletBase):
    """Signatures and next steps of a revision."""

    def available(self) -> bool:
        """Only for people who may see the trail of the document."""
        return api.user.has_permission("eqms: View trail", obj=self.context)

    def update(self) -> None:
        """Find out what is open and what the person may do about it."""
        super().update()
        self.state = state_of(self.context)
        self.signatures = [
            {
                **row,
                "meaning": MEANINGS.get(row["meaning"], row["meaning"]),
                "kind": KINDS.get(row["kind"], row["kind"]),
                "at": moment_of(record.at),
                "invalid": INVALID.get(row["invalid_reason"] or ""),
            }
            for row, record in zip(
                manifest(self.context), record_of(self.context).signatures, strict=True
            )
        ]
        self.waiting_for = self._waiting_for()
        self.actions = self._actions()

    @property
    def why_not(self) -> Message | None:
        """Why a reviewer or approver may not sign the open step, where the reason may surprise."""
        if self.state not in PHASES:
            return None
        refused = refusal_for(self.context, api.user.get_current().getId())
        surprising = {Refusal.AUTHOR, Refusal.ALREADY_SIGNED, Refusal.NEEDED_LATER}
        return REASONS[refused] if refused in surprising else None

    def _waiting_for(self) -> list[str]:
        return sorted(task.name for task in record_of(self.context).open_tasks)

    def _actions(self) -> list[dict[str, Any]]:
        url = self.context.absolute_url()
        found = []
        if self.state in PHASES:
            refused = refusal_for(self.context, api.user.get_current().getId())
            if refused is None:
                title = (
                    _("action_confirm_review", default="Confirm review")
                    if self.state is State.IN_REVIEW
                    else _("action_approve", default="Approve")
                )
                found.append(_button(url, "sign", title, "btn-success"))
                found.append(
                    _button(
                        url, "reject", _("action_reject", default="Return"), "btn-outline-danger"
                    )
                )
        allowed = {
            action["id"]
            for action in api.portal.get_tool("portal_workflow").listActionInfos(
                object=self.context
            )
        }
        for name, title, style in PERSON_TRANSITIONS:
            if name in allowed:
                found.append(_button(url, name, title, style))
        return found

    @property
    def document_url(self) -> str:
        """Address of the document."""
        return str(aq_parent(self.context).absolute_url())


def _button(url: str, name: str, title: Message, style: str) -> dict[str, Any]:
    return {"id": name, "url": f"{url}/@@{name}", "title": title, "style": style}
