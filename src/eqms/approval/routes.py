"""By which plan a revision is decided, and who its rules mean today."""

from Acquisition import aq_base
from Acquisition import aq_parent
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from eqms.agencies import leaders
from eqms.agencies.content import Agency
from eqms.agencies.groups import KINDS
from eqms.agencies.groups import members
from eqms.agencies.lookup import agency_of
from eqms.approval.settings import setting
from eqms.domain.route_plan import BUILT_IN
from eqms.domain.route_plan import Kind
from eqms.domain.route_plan import plan_of
from eqms.domain.route_plan import RoutePlan
from eqms.domain.route_plan import Rule
from plone import api
from typing import Any
import json


ANY_TYPE = ""
"""Under which an agency or the site keeps the plan of types that have none of their own."""


def plan_for(revision: Any) -> RoutePlan:
    """The plan by which a revision is decided if it is submitted now."""
    return plan_for_document(aq_parent(revision))


def plan_for_document(document: Any) -> RoutePlan:
    """The plan of the document, or of the agency or the site for its type, or the built-in one."""
    own = getattr(aq_base(document), "_route_plan", None)
    if own is not None:
        return own
    portal_type = document.portal_type
    for plans in (plans_of(agency_of(document)), site_plans()):
        plan = plans.get(portal_type) or plans.get(ANY_TYPE)
        if plan is not None:
            return plan
    return BUILT_IN


def plans_of(agency: Agency) -> Mapping[str, RoutePlan]:
    """The agency's plans by type."""
    return getattr(aq_base(agency), "_route_plans", None) or {}


def site_plans() -> Mapping[str, RoutePlan]:
    """The site's plans by type."""
    texts = setting("routes") or {}
    return {portal_type: plan_of(json.loads(text)) for portal_type, text in texts.items()}


def people(revision: Any, rules: Iterable[Rule]) -> frozenset[str]:
    """Ids of the people whom the rules mean for a revision now."""
    found: set[str] = set()
    for rule in rules:
        found.update(_BY_KIND[rule.kind](revision, rule.value))
    return frozenset(found)


def _person(revision: Any, person: str) -> Iterable[str]:
    return (person,)


def _group(revision: Any, group_id: str) -> Iterable[str]:
    group = api.portal.get_tool("portal_groups").getGroupById(group_id)
    return group.getGroupMemberIds() if group is not None else ()


def _function(revision: Any, function: str) -> Iterable[str]:
    agency = agency_of(revision)
    if function in KINDS:
        return members(agency, function)
    return _FUNCTIONS[function](agency, revision)


def _unit_head(agency: Agency, revision: Any) -> Iterable[str]:
    """The head of the drafting unit, which stands below its agency."""
    for item in agency.objectValues("Dexterity Item"):
        if item.portal_type == "Unit" and api.content.get_uuid(item) == revision.unit:
            return (item.head,) if item.head else ()
    return ()


_BY_KIND: Mapping[Kind, Callable[[Any, str], Iterable[str]]] = {
    Kind.PERSON: _person,
    Kind.GROUP: _group,
    Kind.FUNCTION: _function,
}

_FUNCTIONS: Mapping[str, Callable[[Agency, Any], Iterable[str]]] = {
    "head": lambda agency, revision: leaders.heads(agency),
    "deputies": lambda agency, revision: leaders.deputies(agency),
    "field_leader": lambda agency, revision: leaders.in_charge_of(agency, revision.field),
    "unit_head": _unit_head,
}
