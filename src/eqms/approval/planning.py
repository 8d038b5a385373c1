"""Changing the plan of a route: of a document, of an agency, of the site.

A change holds for what is submitted later; a revision on its way keeps the plan it started with.
"""

from Acquisition import aq_base
from collections.abc import Mapping
from eqms import _
from eqms.agencies.content import Agency
from eqms.approval.permissions import MANAGE_ROUTES
from eqms.approval.routes import ANY_TYPE
from eqms.approval.routes import plans_of
from eqms.approval.routes import site_plans
from eqms.documents.errors import bad_request
from eqms.documents.errors import forbidden
from eqms.documents.types import controlled_types
from eqms.domain.route_plan import COVER
from eqms.domain.route_plan import data_of
from eqms.domain.route_plan import FUNCTIONS
from eqms.domain.route_plan import Kind
from eqms.domain.route_plan import MOST_DAYS
from eqms.domain.route_plan import plan_of
from eqms.domain.route_plan import PlanError
from eqms.domain.route_plan import Problem
from eqms.domain.route_plan import RoutePlan
from eqms.domain.route_plan import Rule
from eqms.trail import storage as trail
from plone import api
from typing import Any
import json


MANAGE_SITE = "Manage portal"
RECORD = "eqms.approval.routes"

PROBLEMS = {
    Problem.NOT_A_PLAN: _("plan_not_a_plan", default="A route is an object with a list of steps."),
    Problem.TOO_MANY_STEPS: _("plan_too_many_steps", default="A route has at most ${value} steps."),
    Problem.NO_APPROVAL: _("plan_no_approval", default="A route needs a step of approval."),
    Problem.PHASE_BACK: _(
        "plan_phase_back", default="Step ${step}: a review cannot follow an approval."
    ),
    Problem.SAME_ID: _(
        "plan_same_id", default="Step ${step}: another step has the id “${value}” already."
    ),
    Problem.UNKNOWN_MEMBER: _(
        "plan_unknown_member", default="Step ${step}: “${value}” is nothing that a step has."
    ),
    Problem.ID: _(
        "plan_id",
        default="Step ${step}: an id has lower case letters, digits and hyphens, not “${value}”.",
    ),
    Problem.TEXT: _(
        "plan_text", default="Step ${step}: ${value} must be text of at most 100 characters."
    ),
    Problem.PHASE: _("plan_phase", default="Step ${step}: the phase is review or approval."),
    Problem.NO_MEMBERS: _("plan_no_members", default="Step ${step}: say who signs."),
    Problem.MEMBER: _(
        "plan_member",
        default="Step ${step}: “${value}” is nobody. Write person:id, group:id or function:name "
        "with one of: ${functions}.",
    ),
    Problem.NEED: _(
        "plan_need", default="Step ${step}: all, any, or a number of people from 1 on must sign."
    ),
    Problem.DUE_DAYS: _("plan_due_days", default="Step ${step}: 1 to ${most_days} days, or none."),
    Problem.ON_COVER: _(
        "plan_on_cover", default="Step ${step}: the columns of the cover are ${columns}."
    ),
}


def set_document_plan(document: Any, data: object | None) -> None:
    """Give a document a route of its own; None takes it away.

    :raises Forbidden: for all but those who manage the routes of the agency
    :raises BadRequest: if the data describe no route, with what is wrong
    """
    _check(MANAGE_ROUTES, document)
    before = getattr(aq_base(document), "_route_plan", None)
    after = _read(data)
    if before == after:
        return
    document._route_plan = after
    _note(api.content.get_uuid(document), document, document.portal_type, before, after)


def set_agency_plans(agency: Agency, plans: Mapping[str, object]) -> None:
    """Replace the routes of an agency, by type; the empty name is for all other types.

    :raises Forbidden: for all but those who manage the routes of the agency
    :raises BadRequest: if something describes no route, or is no type of documents
    """
    _check(MANAGE_ROUTES, agency)
    before, after = plans_of(agency), _read_all(plans)
    agency._route_plans = after
    for portal_type in _changed(before, after):
        _note(
            api.content.get_uuid(agency),
            agency,
            portal_type,
            before.get(portal_type),
            after.get(portal_type),
        )


def set_site_plans(plans: Mapping[str, object]) -> None:
    """Replace the routes of the site, by type, for agencies that have none of their own.

    :raises Forbidden: for all but administrators
    :raises BadRequest: if something describes no route, or is no type of documents
    """
    site = api.portal.get()
    _check(MANAGE_SITE, site)
    before, after = site_plans(), _read_all(plans)
    texts = {name: json.dumps(data_of(plan), ensure_ascii=False) for name, plan in after.items()}
    api.portal.set_registry_record(RECORD, texts)
    for portal_type in _changed(before, after):
        _note(trail.SITE, site, portal_type, before.get(portal_type), after.get(portal_type))


def _read_all(plans: Mapping[str, object]) -> dict[str, RoutePlan]:
    known = {ANY_TYPE, *controlled_types()}
    unknown = sorted(set(plans) - known)
    if unknown:
        raise bad_request(
            _(
                "error_no_document_type",
                default="“${name}” is no type of controlled documents.",
                mapping={"name": unknown[0]},
            )
        )
    read = {portal_type: _read(data) for portal_type, data in plans.items()}
    return {portal_type: plan for portal_type, plan in read.items() if plan is not None}


def _read(data: object | None) -> RoutePlan | None:
    if data is None:
        return None
    try:
        plan = plan_of(data)
    except PlanError as error:
        message = PROBLEMS[error.problem]
        raise bad_request(
            _(
                str(message),
                default=message.default,
                mapping={
                    "step": error.step,
                    "value": error.value,
                    "functions": ", ".join(FUNCTIONS),
                    "columns": ", ".join(COVER),
                    "most_days": MOST_DAYS,
                },
            )
        ) from error
    _refuse_own_name(plan)
    return plan


def _refuse_own_name(plan: RoutePlan) -> None:
    """Who writes the route does not make himself or herself the one who approves."""
    me = Rule(Kind.PERSON, api.user.get_current().getId() or "")
    for step in plan.steps:
        if step.phase == "approval" and me in step.members:
            raise bad_request(
                _(
                    "error_plan_own_name",
                    default="You cannot name yourself in a step of approval. Name the function, "
                    "or ask another person to change the route.",
                )
            )


def _changed(before: Mapping[str, RoutePlan], after: Mapping[str, RoutePlan]) -> list[str]:
    return [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]


def _check(permission: str, context: Any) -> None:
    if not api.user.has_permission(permission, obj=context):
        raise forbidden(_("error_not_allowed", default="You are not allowed to do this here."))


def _note(
    subject: str,
    context: Any,
    portal_type: str,
    before: RoutePlan | None,
    after: RoutePlan | None,
) -> None:
    trail.append(
        subject,
        "route_changed",
        path="/".join(context.getPhysicalPath()),
        portal_type=portal_type,
        changes=[data_of(plan) if plan is not None else None for plan in (before, after)],
    )
