"""Pages about people on routes: who stands in for whom, and tasks that are moved."""

from datetime import timedelta
from eqms import _
from eqms.approval import substitution
from eqms.approval.reassigning import reassign
from eqms.approval.record import record_of
from eqms.documents.browser.forms import ActionForm
from eqms.documents.browser.forms import attempt
from eqms.documents.dates import site_zone
from eqms.domain.clock import today
from eqms.domain.substitution import Substitution
from plone import api
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form import button
from zope import schema
from zope.interface import provider
from zope.schema.interfaces import IContextSourceBinder
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


class ISubstitution(model.Schema):
    """Who stands in, when and why."""

    substitute = schema.Choice(
        title=_("label_substitute", default="Substitute"), vocabulary="eqms.colleagues"
    )
    start = schema.Date(title=_("label_substitution_start", default="First day"))
    end = schema.Date(title=_("label_substitution_end", default="Last day"))
    reason = schema.Text(title=_("label_reason", default="Reason"))


class IAgencySubstitution(ISubstitution):
    """The same for somebody of the agency."""

    directives.order_before(absent="*")
    absent = schema.Choice(
        title=_("label_absent", default="Absent"), vocabulary="eqms.agency_people"
    )


class SubstitutionsForm(ActionForm):
    """``@@substitutions`` of the site: when I am absent, and for whom I stand in."""

    schema = ISubstitution
    template = ViewPageTemplateFile("substitutions.pt")
    label = _("heading_substitutions", default="Substitutes")
    description = _(
        "help_substitutions",
        default="A substitute signs in your place on the days you are absent. A deputy who signs "
        "as deputy (KT.) needs none.",
    )
    agency: Any = None

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The substitutions that are shown, the newest in front."""
        return [self._row(row) for row in reversed(self.known())]

    def known(self) -> list[Substitution]:
        """Those of the person."""
        return list(substitution.rows_of(api.user.get_current().getId()))

    def absent(self, data: dict[str, Any]) -> str:
        """Who is absent."""
        return str(data.get("absent") or api.user.get_current().getId())

    @button.buttonAndHandler(_("action_record_substitution", default="Record"), name="record")
    def record(self, action: Any) -> None:
        """Record the absence."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
        elif attempt(self, lambda: self._record(data)):
            self._done(_("done_substitution", default="The substitution was recorded."))

    @button.buttonAndHandler(
        _("action_end_substitution", default="End at once"),
        name="end",
        condition=lambda form: "end_id" in form.request.form,
    )
    def end_now(self, action: Any) -> None:
        """End the one whose button was pressed."""
        if attempt(self, self._end):
            self._done(_("done_end_substitution", default="The substitution has ended."))

    def _record(self, data: dict[str, Any]) -> Substitution:
        return substitution.record(
            self.absent(data),
            data["substitute"],
            data["start"],
            data["end"],
            data["reason"],
            self.agency,
        )

    def _end(self) -> Substitution:
        asked = str(self.request.form["end_id"])
        row = next((row for row in self.known() if row.id == asked), None)
        absent = row.absent if row is not None else api.user.get_current().getId()
        last = today(site_zone()) - timedelta(1)
        return substitution.end(absent, asked, last, self.agency)

    def _done(self, message: Any) -> None:
        api.portal.show_message(message, self.request)
        self.request.response.redirect(self.request.getURL())

    def _row(self, row: Substitution) -> dict[str, Any]:
        over = row.last < today(site_zone())
        return {
            "id": row.id,
            "absent": row.absent_name,
            "substitute": row.substitute_name,
            "start": row.start.strftime("%d/%m/%Y"),
            "end": row.last.strftime("%d/%m/%Y") if row.last >= row.start else "–",
            "reason": row.reason,
            "may_end": not over and substitution.may_record_for(row.absent, self.agency),
        }


class AgencySubstitutionsForm(SubstitutionsForm):
    """``@@substitutions`` of an agency: kept by those who manage its routes."""

    schema = IAgencySubstitution

    @property
    def agency(self) -> Any:
        """The context."""
        return self.context

    def known(self) -> list[Substitution]:
        """Those of the people of the agency."""
        return substitution.of_agency(self.context)


@provider(IContextSourceBinder)
def asked_people(revision: Any) -> SimpleVocabulary:
    """Who has an open task of the revision."""
    tasks = record_of(revision).open_tasks
    return SimpleVocabulary([SimpleTerm(task.person, task.person, task.name) for task in tasks])


class IReassignment(model.Schema):
    """Whose task goes to whom."""

    person = schema.Choice(title=_("label_task_of", default="Task of"), source=asked_people)
    to = schema.Choice(title=_("label_task_to", default="Goes to"), vocabulary="eqms.agency_people")
    reason = schema.Text(title=_("label_reason", default="Reason"))


class ReassignForm(ActionForm):
    """``@@reassign``: Chuyển người xử lý."""

    schema = IReassignment
    label = _("heading_reassign", default="Hand over a task")
    description = _(
        "help_reassign",
        default="Open tasks move when people leave. Signatures that were given stay.",
    )

    @button.buttonAndHandler(_("action_reassign", default="Hand over"), name="reassign")
    def hand_over(self, action: Any) -> None:
        """Move the task."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
        elif attempt(self, lambda: self._move(data)):
            self.finish(self.context, _("done_reassign", default="The task was handed over."))

    def _move(self, data: dict[str, Any]) -> Any:
        return reassign(self.context, data["person"], data["to"], data["reason"])
