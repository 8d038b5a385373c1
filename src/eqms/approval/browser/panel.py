"""Where a revision stands on its route, who signed, and what the reader of the page may do."""

from Acquisition import aq_parent
from eqms import _
from eqms.approval.objections import principals
from eqms.approval.objections import REASONS
from eqms.approval.objections import refusal_for
from eqms.approval.overview import overview
from eqms.approval.overview import Stage
from eqms.approval.overview import StepOverview
from eqms.approval.permissions import MANAGE_ROUTES
from eqms.approval.permissions import VIEW_TRAIL
from eqms.approval.record import record_of
from eqms.approval.signature import SignatureRow
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

OUTCOMES = {
    "": _("outcome_open", default="waits"),
    "signed": _("outcome_signed", default="signed"),
    "not_required": _("outcome_not_required", default="not required"),
    "moved": _("outcome_moved", default="handed over"),
}

STAGES = {
    Stage.DONE: (_("stage_done", default="done"), "text-bg-success"),
    Stage.OPEN: (_("stage_open", default="open"), "text-bg-warning"),
    Stage.STUCK: (_("stage_stuck", default="stuck: too few people are left"), "text-bg-danger"),
    Stage.LATER: (_("stage_later", default="later"), "text-bg-light"),
}

INVALID = {
    "returned": _("invalid_returned", default="Invalid: the revision was returned"),
    "recalled": _("invalid_recalled", default="Invalid: the revision was recalled"),
    "new_base": _("invalid_new_base", default="Invalid: another revision came in force"),
    "cancelled": _("invalid_cancelled", default="Invalid: the approval was cancelled"),
}

SURPRISING = {
    Refusal.AUTHOR,
    Refusal.STANDS_FOR_AUTHOR,
    Refusal.ALREADY_SIGNED,
    Refusal.NEEDED_LATER,
}
"""Why one may not sign, where a reviewer or approver may wonder."""

PERSON_TRANSITIONS = (
    ("submit", _("action_submit", default="Submit for review"), "btn-primary"),
    ("recall", _("action_recall", default="Recall"), "btn-outline-secondary"),
    ("withdraw", _("action_withdraw", default="Discard draft"), "btn-outline-danger"),
)


class ApprovalPanel(ViewletBase):
    """Route, signatures and next steps of a revision."""

    def available(self) -> bool:
        """Only for people who may see the trail of the revision."""
        return bool(api.user.has_permission(VIEW_TRAIL, obj=self.context))

    def update(self) -> None:
        """Find out what is open and what the person may do about it."""
        super().update()
        if not self.available():
            return
        self.state = state_of(self.context)
        person = api.user.get_current().getId()
        self.may_sign = self.state in PHASES and bool(principals(self.context, person))
        self.why_not = self._why_not(person)
        self.signatures = [_signature(row) for row in record_of(self.context).signatures]
        on_its_way = self.state in PHASES or self.state is State.DRAFT
        self.steps = [_step(step) for step in overview(self.context)] if on_its_way else []
        self.actions = self._actions()

    def _why_not(self, person: str) -> Message | None:
        if self.state not in PHASES or self.may_sign:
            return None
        refused = refusal_for(self.context, person)
        return REASONS[refused] if refused in SURPRISING else None

    def _actions(self) -> list[dict[str, Any]]:
        url = self.context.absolute_url()
        found = []
        if self.may_sign:
            title = (
                _("action_confirm_review", default="Confirm review")
                if self.state is State.IN_REVIEW
                else _("action_approve", default="Approve")
            )
            found.append(_button(url, "sign", title, "btn-success"))
            returns = _("action_reject", default="Return")
            found.append(_button(url, "reject", returns, "btn-outline-danger"))
        allowed = {
            action["id"]
            for action in api.portal.get_tool("portal_workflow").listActionInfos(
                object=self.context
            )
        }
        for name, title, style in PERSON_TRANSITIONS:
            if name in allowed:
                found.append(_button(url, name, title, style))
        return [*found, *self._managing(url)]

    def _managing(self, url: str) -> list[dict[str, Any]]:
        """What those may do who manage the routes of the agency."""
        if not api.user.has_permission(MANAGE_ROUTES, obj=self.context):
            return []
        style, found = "btn-outline-secondary", []
        if record_of(self.context).open_tasks:
            hand_over = _("action_reassign", default="Hand over")
            found.append(_button(url, "reassign", hand_over, style))
        if self.state is State.DRAFT:
            plan = _("action_route", default="Route")
            found.append(_button(aq_parent(self.context).absolute_url(), "route", plan, style))
        return found


def _step(step: StepOverview) -> dict[str, Any]:
    stage, style = STAGES[step.stage]
    return {
        "name": step.name,
        "stage": stage,
        "style": style,
        "due_on": step.due_on.strftime("%d/%m/%Y") if step.due_on else "",
        "members": [
            {"name": asked.name, "outcome": OUTCOMES.get(asked.outcome or "")}
            if asked.outcome is not None
            else {"name": asked.name, "outcome": None}
            for asked in step.members
        ],
    }


def _signature(row: SignatureRow) -> dict[str, Any]:
    return {
        "meaning": row.act or MEANINGS.get(row.meaning, row.meaning),
        "name": row.name,
        "lines": row.lines or ((row.position,) if row.position else ()),
        "absent": row.on_behalf_of_name,
        "absent_from": row.absent_from.strftime("%d/%m/%Y") if row.absent_from else "",
        "absent_until": row.absent_until.strftime("%d/%m/%Y") if row.absent_until else "",
        "waiver": row.waiver_number,
        "at": moment_of(row.at),
        "kind": KINDS.get(row.kind, row.kind),
        "valid": row.valid,
        "invalid": INVALID.get(row.invalid_reason),
        "comment": row.comment,
    }


def _button(url: str, name: str, title: Message, style: str) -> dict[str, Any]:
    return {"id": name, "url": f"{url}/@@{name}", "title": title, "style": style}
