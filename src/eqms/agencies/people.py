"""The people of an agency."""

from collections.abc import Iterable
from eqms.agencies.content import Agency
from eqms.agencies.groups import members
from eqms.agencies.lookup import agency_of
from eqms.domain.vietnamese import sort_key
from plone import api
from typing import Any
from zope.globalrequest import getRequest
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary


def name_of(person: str) -> str:
    """The name of a person as printed; the id where the account has no name or is gone."""
    user = api.user.get(userid=person)
    return (user.getProperty("fullname") or person) if user is not None else person


def with_account(ids: Iterable[str]) -> frozenset[str]:
    """Those who still have an account: a group may list people who are gone."""
    return frozenset(person for person in ids if api.user.get(userid=person) is not None)


def people_of(agency: Agency) -> frozenset[str]:
    """Ids of everybody in a group of the agency or in its table of posts."""
    posts = {row.get("person") for row in getattr(agency, "leaders", None) or ()} - {None}
    return frozenset(posts.union(*(members(agency, kind) for kind in agency.group_ids)))


@provider(IVocabularyFactory)
def vocabulary(context: Any) -> SimpleVocabulary:
    """The people of the agency that the context, or the request, is in; empty outside of one."""
    # A row of a table is no content: the agency is then the one on the way of the request.
    places = (context, *(getRequest() or {}).get("PARENTS", ()))
    agency = next((found for found in map(agency_of, places) if found is not None), None)
    if agency is None or not hasattr(agency, "group_ids"):
        return SimpleVocabulary([])
    terms = [SimpleTerm(person, person, name_of(person)) for person in people_of(agency)]
    return SimpleVocabulary(sorted(terms, key=lambda term: sort_key(str(term.title))))
