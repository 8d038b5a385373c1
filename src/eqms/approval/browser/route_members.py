"""Whom a step can name: functions, the people of the agency, and what the plan names already."""

from Acquisition import aq_base
from collections.abc import Iterator
from eqms import _
from eqms.agencies.lookup import agency_of
from eqms.agencies.people import name_of
from eqms.agencies.people import people_of
from eqms.approval.routes import plan_for_document
from eqms.approval.routes import plans_of
from eqms.approval.routes import site_plans
from eqms.documents.content import IControlledDocument
from eqms.domain.route_plan import FUNCTIONS
from eqms.domain.route_plan import Kind
from eqms.domain.route_plan import RoutePlan
from eqms.domain.route_plan import Rule
from eqms.domain.vietnamese import sort_key
from typing import Any
from zope.globalrequest import getRequest
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


ROUTE_MEMBERS = "eqms.route_members"

FUNCTION_NAMES = {
    "reviewers": _("function_reviewers", default="Reviewers of the agency"),
    "approvers": _("function_approvers", default="Approvers of the agency"),
    "controllers": _("function_controllers", default="Document controllers"),
    "head": _("function_head", default="Head of the agency"),
    "deputies": _("function_deputies", default="Deputies of the head"),
    "field_leader": _("function_field_leader", default="Leader in charge of the field"),
    "unit_head": _("function_unit_head", default="Head of the drafting unit"),
}


@provider(IVocabularyFactory)
def vocabulary(context: Any) -> SimpleVocabulary:
    """Terms ``function:head``, ``person:lan`` and the like, by name."""
    # A row of a table is no content: what is planned for stands on the way of the request.
    places = [context, *(getRequest() or {}).get("PARENTS", ())]
    agency = next((found for found in map(agency_of, places) if found is not None), None)
    rules = [Rule(Kind.FUNCTION, name) for name in FUNCTIONS]
    people = people_of(agency) if agency is not None else ()
    rules += sorted(
        (Rule(Kind.PERSON, person) for person in people),
        key=lambda rule: sort_key(name_of(rule.value)),
    )
    rules += [rule for plan in _plans(places, agency) for rule in _named(plan)]
    return SimpleVocabulary(
        [SimpleTerm(str(rule), str(rule), _title(rule)) for rule in dict.fromkeys(rules)]
    )


def _plans(places: list[Any], agency: Any) -> Iterator[RoutePlan]:
    yield from site_plans().values()
    if agency is not None:
        yield from plans_of(agency).values()
    for place in places:
        if IControlledDocument.providedBy(aq_base(place)):
            yield plan_for_document(place)


def _named(plan: RoutePlan) -> Iterator[Rule]:
    for step in plan.steps:
        yield from step.members
        yield from step.escalate_to


def _title(rule: Rule) -> Any:
    if rule.kind is Kind.FUNCTION:
        return FUNCTION_NAMES[rule.value]
    return name_of(rule.value) if rule.kind is Kind.PERSON else str(rule)
