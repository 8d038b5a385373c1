"""The page of an agency with the decisions that relax separation of duties."""

from eqms import _
from eqms.agencies.people import name_of
from eqms.approval import waivers
from eqms.approval.authentication.proof import allowed_methods
from eqms.approval.browser.signing import attempt_to_sign
from eqms.approval.browser.signing import ISignature
from eqms.approval.permissions import MANAGE_ROUTES
from eqms.documents.browser.forms import ActionForm
from eqms.documents.browser.forms import attempt
from eqms.documents.dates import site_zone
from eqms.domain.clock import today
from eqms.domain.route import Waived
from eqms.domain.waiver import Waiver
from plone import api
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form import button
from zope import schema
from zope.interface import provider
from zope.schema.interfaces import IContextSourceBinder
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


RULES = {
    Waived.AUTHOR_REVIEWS: _(
        "waived_author_reviews", default="Who wrote may review (never approve)"
    ),
    Waived.TWO_STEPS: _(
        "waived_two_steps", default="One person may review and approve, where others sign too"
    ),
}


class IWaiver(model.Schema):
    """What the decision says."""

    rule = schema.Choice(
        title=_("label_waiver_rule", default="What it allows"),
        vocabulary=SimpleVocabulary(
            [SimpleTerm(rule.value, rule.value, title) for rule, title in RULES.items()]
        ),
    )
    number = schema.TextLine(title=_("label_waiver_number", default="Number of the decision"))
    decided_on = schema.Date(title=_("label_waiver_date", default="Date of the decision"))
    reference = schema.TextLine(
        title=_("label_waiver_reference", default="Where the signed decision is kept")
    )
    start = schema.Date(title=_("label_waiver_start", default="First day"))
    end = schema.Date(title=_("label_waiver_end", default="Last day"))


class WaiversForm(ActionForm):
    """``@@waivers``: what was decided, and entering a new decision."""

    schema = IWaiver
    template = ViewPageTemplateFile("waivers.pt")
    label = _("heading_waivers", default="Decisions on separation of duties")
    description = _(
        "help_waivers",
        default="Who writes does not review or approve, and nobody signs twice. In an office too "
        "small for that the head may decide otherwise for a time; every signature that rests on "
        "the decision says so.",
    )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """All decisions, the newest in front."""
        return [self._row(waiver) for waiver in reversed(waivers.waivers(self.context))]

    @property
    def may_manage(self) -> bool:
        """Whether the person may enter and end decisions."""
        return bool(api.user.has_permission(MANAGE_ROUTES, obj=self.context))

    @button.buttonAndHandler(_("action_record_waiver", default="Record"), name="record")
    def record(self, action: Any) -> None:
        """Record the decision."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
        elif attempt(self, lambda: self._record(data)):
            self._done(
                _(
                    "done_waiver",
                    default="The decision was recorded. The head or an approver has to confirm it.",
                )
            )

    @button.buttonAndHandler(
        _("action_end_waiver", default="End at once"),
        name="end",
        condition=lambda form: "waiver" in form.request.form,
    )
    def end_now(self, action: Any) -> None:
        """End the one whose button was pressed."""
        asked = str(self.request.form["waiver"])
        if attempt(self, lambda: waivers.end(self.context, asked)):
            self._done(_("done_end_waiver", default="The decision holds no more."))

    def _record(self, data: dict[str, Any]) -> Waiver:
        return waivers.record(
            self.context,
            Waived(data["rule"]),
            data["number"],
            data["decided_on"],
            data["reference"],
            data["start"],
            data["end"],
        )

    def _done(self, message: Any) -> None:
        api.portal.show_message(message, self.request)
        self.request.response.redirect(self.request.getURL())

    def _row(self, waiver: Waiver) -> dict[str, Any]:
        over = waiver.last < today(site_zone())
        return {
            "id": waiver.id,
            "rule": RULES[waiver.rule],
            "number": waiver.number,
            "decided_on": waiver.decided_on.strftime("%d/%m/%Y"),
            "reference": waiver.reference,
            "start": waiver.start.strftime("%d/%m/%Y"),
            "end": waiver.last.strftime("%d/%m/%Y"),
            "recorded_by": name_of(waiver.recorded_by),
            "confirmed_by": waiver.confirmed_name,
            "waits": not waiver.confirmed_by and not over,
            "holds": waiver.holds(today(site_zone())),
            "may_end": not over and self.may_manage,
        }


@provider(IContextSourceBinder)
def unconfirmed(agency: Any) -> SimpleVocabulary:
    """The decisions that wait to be confirmed, for who may do so."""
    known = waivers.waivers(agency) if waivers.may_confirm(agency) else ()
    waiting = [row for row in known if row.confirmed_at is None and row.ended_on is None]
    return SimpleVocabulary([SimpleTerm(row.id, row.id, row.number) for row in waiting])


class IConfirmation(ISignature):
    """Which decision is confirmed."""

    waiver = schema.Choice(title=_("label_waiver", default="Decision"), source=unconfirmed)


class ConfirmWaiverForm(ActionForm):
    """``@@confirm-waiver``: by a second person, with a signature."""

    schema = IConfirmation
    label = _("heading_confirm_waiver", default="Confirm a decision")

    def updateFieldsFromSchemata(self) -> None:
        """No challenge: what is confirmed cannot change."""
        super().updateFieldsFromSchemata()
        self.fields = self.fields.omit("challenge", "comment")
        if len(allowed_methods()) == 1:
            self.fields = self.fields.omit("method")

    @button.buttonAndHandler(_("action_confirm_waiver", default="Confirm"), name="confirm")
    def confirm(self, action: Any) -> None:
        """Confirm it."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
        elif attempt_to_sign(self, lambda: self._confirm(data)):
            self.finish(
                self.context, _("done_confirm_waiver", default="The decision was confirmed.")
            )

    def _confirm(self, data: dict[str, Any]) -> Waiver:
        return waivers.confirm(self.context, data["waiver"], data["password"], data.get("method"))
