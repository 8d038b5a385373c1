"""The page on which a route is planned: of a document, of an agency, of the site."""

from Acquisition import aq_base
from collective.z3cform.datagridfield.blockdatagridfield import BlockDataGridFieldFactory
from collective.z3cform.datagridfield.row import DictRow
from eqms import _
from eqms.agencies.content import IAgency
from eqms.approval.browser.route_members import ROUTE_MEMBERS
from eqms.approval.planning import set_agency_plans
from eqms.approval.planning import set_document_plan
from eqms.approval.planning import set_site_plans
from eqms.approval.routes import ANY_TYPE
from eqms.approval.routes import plan_for_document
from eqms.approval.routes import plans_of
from eqms.approval.routes import site_plans
from eqms.documents.browser.forms import ActionForm
from eqms.documents.browser.forms import attempt
from eqms.documents.types import controlled_types
from eqms.domain.route_plan import BUILT_IN
from eqms.domain.route_plan import data_of
from eqms.domain.route_plan import MOST_DAYS
from eqms.domain.route_plan import RoutePlan
from plone import api
from plone.autoform import directives
from plone.supermodel import model
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from z3c.form import button
from z3c.form.browser.select import SelectWidget
from z3c.form.interfaces import IFieldWidget
from z3c.form.widget import FieldWidget
from zExceptions import NotFound
from zope import schema
from zope.interface import implementer
from zope.interface import Interface
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def _choices(*titles: tuple[str, Any]) -> SimpleVocabulary:
    return SimpleVocabulary([SimpleTerm(value, value, title) for value, title in titles])


PHASES = _choices(
    ("review", _("phase_review", default="review")),
    ("approval", _("phase_approval", default="approval")),
)
NEEDS = _choices(
    ("any", _("need_any", default="any one")),
    ("all", _("need_all", default="all")),
    *((str(number), str(number)) for number in range(2, 10)),
)
COLUMNS = _choices(
    ("drafting", _("cover_drafting", default="Drafted")),
    ("review", _("cover_review", default="Reviewed")),
    ("approval", _("cover_approval", default="Approved")),
)


@implementer(IFieldWidget)
def several(field: Any, request: Any) -> FieldWidget:
    """A plain list from which several are chosen."""
    widget = SelectWidget(request)
    widget.multiple = "multiple"
    widget.size = 6
    widget.addClass("form-select")
    return FieldWidget(field, widget)


class IStepRow(Interface):
    """A step, as a row of the table."""

    title = schema.TextLine(
        title=_("label_step_title", default="Step"), required=False, default="", max_length=100
    )
    meaning = schema.TextLine(
        title=_("label_step_meaning", default="Word for the act"),
        description=_(
            "help_step_meaning", default="For example thẩm định, kiểm tra thể thức; may be empty."
        ),
        required=False,
        default="",
        max_length=100,
    )
    phase = schema.Choice(
        title=_("label_step_phase", default="Phase"), vocabulary=PHASES, default="review"
    )
    directives.widget("members", several)
    members = schema.List(
        title=_("label_step_members", default="Who signs"),
        value_type=schema.Choice(vocabulary=ROUTE_MEMBERS),
        required=False,
        default=[],
    )
    others = schema.TextLine(
        title=_("label_step_others", default="Others"),
        description=_(
            "help_step_others", default="Groups and people by id: group:to-tham-dinh, person:lan."
        ),
        required=False,
        default="",
    )
    need = schema.Choice(
        title=_("label_step_need", default="How many"), vocabulary=NEEDS, default="any"
    )
    due_days = schema.Int(
        title=_("label_step_due_days", default="Days"),
        description=_("help_step_due_days", default="Calendar days to sign in."),
        min=1,
        max=MOST_DAYS,
        required=False,
    )
    directives.widget("escalate_to", several)
    escalate_to = schema.List(
        title=_("label_step_escalate_to", default="Told when overdue"),
        value_type=schema.Choice(vocabulary=ROUTE_MEMBERS),
        required=False,
        default=[],
    )
    on_cover = schema.Choice(
        title=_("label_step_on_cover", default="Column of the cover"),
        vocabulary=COLUMNS,
        required=False,
    )


class IRouteForm(model.Schema):
    """The steps in their order."""

    directives.widget("steps", BlockDataGridFieldFactory)
    steps = schema.List(
        title=_("label_route_steps", default="Steps"),
        value_type=DictRow(title="row", schema=IStepRow),
        required=False,
        default=[],
    )


class RouteForm(ActionForm):
    """``@@route``: what holds now is shown, and becomes a plan of this place when it is saved."""

    schema = IRouteForm
    ignoreContext = False
    template = ViewPageTemplateFile("route.pt")
    label = _("heading_route", default="Route of approval")
    description = _(
        "help_route",
        default="A change holds for what is submitted later. Reviews come first; the last steps "
        "approve.",
    )

    @property
    def own(self) -> RoutePlan | None:
        """The plan of this place."""
        raise NotImplementedError

    @property
    def inherited(self) -> RoutePlan:
        """The plan that holds where this place has none."""
        raise NotImplementedError

    def store(self, data: dict[str, Any] | None) -> None:
        """Set the plan of this place, or take it away."""
        raise NotImplementedError

    def update(self) -> None:
        """Steps have many columns; portlets are no part of the page."""
        for column in ("plone.leftcolumn", "plone.rightcolumn"):
            self.request.set(f"disable_{column}", True)
        super().update()

    types: tuple[dict[str, Any], ...] = ()
    """Links to the routes of other types, where there are several."""

    def getContent(self) -> dict[str, Any]:
        """The plan that holds, as rows."""
        plan = self.own or self.inherited
        return {"steps": [_row(step) for step in data_of(plan)["steps"]]}

    @button.buttonAndHandler(_("action_save_route", default="Save"), name="save")
    def save(self, action: Any) -> None:
        """Save the rows as the plan of this place."""
        data, errors = self.extractData()
        if errors:
            self.status = self.formErrorsMessage
            return
        plan = {"steps": [_step(row) for row in data["steps"] or ()]}
        if attempt(self, lambda: self._store(plan)):
            self.finish(self.context, _("done_save_route", default="The route was saved."))

    @button.buttonAndHandler(
        _("action_remove_route", default="Remove the own route"),
        name="remove",
        condition=lambda form: form.own is not None,
    )
    def remove(self, action: Any) -> None:
        """Let what holds elsewhere hold here too."""
        if attempt(self, lambda: self._store(None)):
            self.finish(self.context, _("done_remove_route", default="The own route was removed."))

    def _store(self, plan: dict[str, Any] | None) -> bool:
        self.store(plan)
        return True


class DocumentRouteForm(RouteForm):
    """Of one document."""

    @property
    def own(self) -> RoutePlan | None:
        """The document's own plan."""
        return getattr(aq_base(self.context), "_route_plan", None)

    @property
    def inherited(self) -> RoutePlan:
        """That of the agency or the site."""
        return plan_for_document(self.context)

    def store(self, data: dict[str, Any] | None) -> None:
        """Set it."""
        set_document_plan(self.context, data)


class TypesRouteForm(RouteForm):
    """Of one type of documents (``?portal_type=``), or of all the others."""

    def plans(self) -> dict[str, RoutePlan]:
        """The plans of this place."""
        if IAgency.providedBy(self.context):
            return dict(plans_of(self.context))
        return dict(site_plans())

    @property
    def portal_type(self) -> str:
        """The type that is planned for.

        :raises NotFound: if it is none
        """
        asked = str(self.request.form.get("portal_type", ANY_TYPE))
        if asked not in (ANY_TYPE, *controlled_types()):
            raise NotFound(asked)
        return asked

    @property
    def action(self) -> str:
        """Where the form is sent: the type goes with it."""
        return f"{self.request.getURL()}?portal_type={self.portal_type}"

    @property
    def own(self) -> RoutePlan | None:
        """The plan of this place for the type."""
        return self.plans().get(self.portal_type)

    @property
    def inherited(self) -> RoutePlan:
        """That for all types, then that of the site."""
        here, site = self.plans(), site_plans()
        candidates = (here.get(ANY_TYPE), site.get(self.portal_type), site.get(ANY_TYPE))
        return next((plan for plan in candidates if plan is not None), BUILT_IN)

    @property
    def types(self) -> tuple[dict[str, Any], ...]:
        """Links to the routes by type."""
        tool, plans = api.portal.get_tool("portal_types"), self.plans()
        url = self.request.getURL()
        return tuple(
            {
                "url": f"{url}?portal_type={name}",
                "title": tool[name].Title() if name else _("all_types", default="All types"),
                "own": name in plans,
                "current": name == self.portal_type,
            }
            for name in (ANY_TYPE, *controlled_types())
        )

    def store(self, data: dict[str, Any] | None) -> None:
        """Set it, with those of the other types as they are."""
        plans: dict[str, object] = {name: data_of(plan) for name, plan in self.plans().items()}
        plans[self.portal_type] = data
        if IAgency.providedBy(self.context):
            set_agency_plans(self.context, plans)
        else:
            set_site_plans(plans)


def _row(step: dict[str, Any]) -> dict[str, Any]:
    row = {name: step[name] for name in ("title", "meaning", "phase", "members", "escalate_to")}
    return {
        **row,
        "others": "",
        "need": str(step["need"]),
        "due_days": step["due_days"],
        "on_cover": step["on_cover"] or None,
    }


def _step(row: dict[str, Any]) -> dict[str, Any]:
    need = row["need"]
    others = (row["others"] or "").replace(",", " ").split()
    return {
        "title": row["title"] or "",
        "meaning": row["meaning"] or "",
        "phase": row["phase"],
        "members": [*(row["members"] or ()), *others],
        "need": int(need) if need.isdecimal() else need,
        "due_days": row["due_days"],
        "escalate_to": list(row["escalate_to"] or ()),
        "on_cover": row["on_cover"] or "",
    }
