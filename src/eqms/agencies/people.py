"""The people of an agency."""

from collections.abc import Iterable
from collections.abc import Iterator
from eqms.agencies.access import owner_of_group
from eqms.agencies.content import Agency
from eqms.agencies.groups import members
from eqms.agencies.lookup import agency_of
from eqms.domain.vietnamese import sort_key
from eqms.trail.storage import SITE
from plone import api
from plone.app.uuid.utils import uuidToObject
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
def agency_people(context: Any) -> SimpleVocabulary:
    """The people of the agency that the context, or the request, is in; empty outside of one."""
    agency = _agency_around(context)
    return _vocabulary(people_of(agency) if agency is not None else ())


@provider(IVocabularyFactory)
def colleagues(context: Any) -> SimpleVocabulary:
    """The same, with the people of every agency in whose groups the reader is."""
    agencies = {_agency_around(context), *_agencies_of_reader()} - {None}
    return _vocabulary(frozenset[str]().union(*map(people_of, agencies)))


def _agency_around(context: Any) -> Agency | None:
    # A row of a table is no content: the agency is then the one on the way of the request.
    places = (context, *(getRequest() or {}).get("PARENTS", ()))
    agency = next((found for found in map(agency_of, places) if found is not None), None)
    return agency if hasattr(agency, "group_ids") else None


def _agencies_of_reader() -> Iterator[Agency | None]:
    owners = {owner_of_group(group) for group in api.user.get_current().getGroups()} - {SITE}
    return (uuidToObject(uid, unrestricted=True) for uid in owners)


def _vocabulary(people: Iterable[str]) -> SimpleVocabulary:
    terms = [SimpleTerm(person, person, name_of(person)) for person in people]
    return SimpleVocabulary(sorted(terms, key=lambda term: sort_key(str(term.title))))
