"""Pages of a decision: what it says, the choice of its rows, its Word file."""

from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.approval.decisions.docx import decision_docx
from eqms.approval.decisions.entering import drop
from eqms.approval.decisions.rows import abolish_row
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.approval.decisions.serializer import row_json
from eqms.approval.decisions.serializer import rows_of
from eqms.approval.decisions.states import DRAFT
from eqms.approval.decisions.states import ENTER
from eqms.approval.decisions.states import ISSUED
from eqms.approval.decisions.states import state_of
from eqms.approval.waiting import approved_revisions
from eqms.approval.waiting import documents_to_abolish
from eqms.documents.dates import day_of
from eqms.documents.dates import moment_of
from eqms.documents.errors import bad_request
from eqms.documents.errors import REFUSALS
from eqms.documents.labels import STATES
from eqms.domain.decisions import Action
from eqms.domain.decisions import Row
from eqms.domain.revisions import State
from eqms.domain.vietnamese import slug
from functools import cached_property
from plone import api
from plone.app.uuid.utils import uuidToObject
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
import transaction


ACTIONS = {
    Action.NEW: _("decision_new", default="New"),
    Action.AMENDED: _("decision_amended", default="Amended"),
    Action.REISSUED: _("decision_reissued", default="Re-issued"),
    Action.ABOLISHED: _("decision_abolished", default="Abolished"),
}

DECISION_STATES = {
    "draft": _("Decision in preparation"),
    "issued": _("Decision issued"),
    "cancelled": _("Decision cancelled"),
}

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class DecisionPage(BrowserView):
    """The decision with its rows; whoever enters decisions drops a blocked row here."""

    template = ViewPageTemplateFile("decision.pt")
    refusal = ""

    def __call__(self) -> str:
        """The page; on a POST with a row and a reason the row is dropped first."""
        form = self.request.form
        if self.request.method == "POST" and "drop" in form:
            self._drop(str(form["drop"]), str(form.get("reason", "")))
        return str(self.template())

    @property
    def state(self) -> str:
        """State of the decision."""
        return state_of(self.context)

    @property
    def state_label(self) -> Any:
        """The state in words."""
        return DECISION_STATES[self.state]

    @property
    def facts(self) -> dict[str, str]:
        """What was entered, as people of the site read it."""
        decision = self.context
        decided_on = decision.decided_on
        return {
            "number": decision.number or "",
            "decided_on": decided_on.strftime("%d/%m/%Y") if decided_on else "",
            "in_force_from": day_of(decision.start),
            "entered_at": moment_of(decision.entered_at),
            "carried_out_at": moment_of(decision.carried_out_at),
            "signer": " · ".join(
                filter(None, (decision.capacity, decision.position, decision.signer))
            ),
        }

    @property
    def recorded_late(self) -> bool:
        """Whether it was entered after the day from which it holds."""
        start, entered = self.context.start, self.context.entered_at
        return start is not None and day_of(start) != day_of(entered) and start < entered

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows, with what stands against them while they wait."""
        return [_shown(row) for row in rows_of(self.context)]

    @property
    def dropped(self) -> list[dict[str, Any]]:
        """Rows that were dropped, with the reason."""
        return [
            _shown(row_json(gone.row)) | {"reason": gone.reason} for gone in self.context.dropped
        ]

    @property
    def may_prepare(self) -> bool:
        """Whether the reader may go on preparing the decision."""
        return self.state == DRAFT and self._may_enter

    @property
    def may_drop(self) -> bool:
        """Whether the reader may drop a row now."""
        waits = self.state == ISSUED and self.context.carried_out_at is None
        return self._may_enter and (waits or self.state == DRAFT)

    @property
    def _may_enter(self) -> bool:
        return bool(api.user.has_permission(ENTER, obj=self.context))

    def _drop(self, document: str, reason: str) -> None:
        savepoint = transaction.savepoint()
        try:
            drop(self.context, document, reason)
        except REFUSALS as refusal:
            savepoint.rollback()
            self.refusal = str(refusal)
        else:
            message = _("done_drop_row", default="The row was dropped.")
            api.portal.show_message(message, self.request)


class RowsPage(BrowserView):
    """The choice of what a decision issues and abolishes."""

    template = ViewPageTemplateFile("rows.pt")
    refusal = ""

    def __call__(self) -> str:
        """The list to tick; on a POST the rows are set."""
        if self.request.method == "POST" and "choose" in self.request.form and self._choose():
            return str(self.request.response.redirect(self.context.absolute_url()))
        return str(self.template())

    @property
    def waiting(self) -> list[dict[str, Any]]:
        """Approved revisions that nobody has issued; those of the decision are ticked."""
        chosen = {row.revision for row in self.context.rows}
        return [
            {"item": item, "chosen": item.uid in chosen}
            for item in approved_revisions(agency_of(self.context))
            if item.due is None
        ]

    @property
    def in_force(self) -> list[dict[str, Any]]:
        """Documents that can be abolished; those of the decision are ticked."""
        chosen = {row.document for row in self.context.rows if row.revision is None}
        return [
            {"item": brain, "chosen": brain.UID in chosen}
            for brain in documents_to_abolish(agency_of(self.context))
        ]

    def _choose(self) -> bool:
        savepoint = transaction.savepoint()
        try:
            set_rows(self.context, self._chosen())
        except REFUSALS as refusal:
            savepoint.rollback()
            self.refusal = str(refusal)
            return False
        return True

    def _chosen(self) -> list[Row]:
        """The rows that were ticked; those that were there keep what they say."""
        before = {row.revision or row.document: row for row in self.context.rows}
        rows = []
        for name, make in (("revisions", issue_row), ("abolished", abolish_row)):
            for uid in _ticked(self.request.form.get(name)):
                item = uuidToObject(uid, unrestricted=True)
                if item is None:
                    raise bad_request(
                        _("error_row_gone", default="Something you chose is not there any more.")
                    )
                rows.append(before.get(uid) or make(item))
        return rows


class DecisionDocx(BrowserView):
    """The Word file of the decision."""

    def __call__(self) -> bytes:
        """The file, under a harmless name."""
        name = slug(self.context.number or self.context.title)[:60] or "quyet-dinh"
        response = self.request.response
        response.setHeader("Content-Type", DOCX)
        response.setHeader("Content-Disposition", f'attachment; filename="{name}.docx"')
        response.setHeader("Cache-Control", "private, no-store")
        return decision_docx(self.context)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    state = row["state"]
    return row | {
        "action_label": ACTIONS[Action(row["action"])],
        "state_label": STATES[State(state)] if state else "",
    }


def _ticked(value: Any) -> list[str]:
    """The values of check boxes; one alone comes as a text."""
    return [value] if isinstance(value, str) else [str(item) for item in value or ()]
