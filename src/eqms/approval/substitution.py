"""Who stands in for whom: recorded, ended early, and asked about when somebody signs."""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import replace
from datetime import date
from datetime import timedelta
from eqms import _
from eqms.agencies.content import Agency
from eqms.agencies.people import name_of
from eqms.agencies.people import people_of
from eqms.approval.permissions import MANAGE_ROUTES
from eqms.documents.dates import site_zone
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import forbidden
from eqms.documents.migration import depend_on
from eqms.documents.migration import reasoned
from eqms.domain import substitution as rules
from eqms.domain.clock import now
from eqms.domain.clock import today
from eqms.domain.substitution import Substitution
from eqms.domain.substitution import SubstitutionProblem
from eqms.trail import storage as trail
from persistent import Persistent
from plone import api
from zope.annotation.interfaces import IAnnotations
import secrets


ANNOTATION = "eqms.approval.substitutions"

PROBLEMS = {
    SubstitutionProblem.SELF: _(
        "substitution_self", default="Nobody stands in for himself or herself."
    ),
    SubstitutionProblem.DATES: _(
        "substitution_dates", default="The last day lies before the first one."
    ),
    SubstitutionProblem.PAST: _(
        "substitution_past", default="A substitution cannot begin in the past."
    ),
    SubstitutionProblem.OVERLAP: _(
        "substitution_overlap",
        default="There is a substitute on some of these days already. End that substitution first.",
    ),
    SubstitutionProblem.SUBSTITUTE_ABSENT: _(
        "substitution_substitute_absent",
        default="The substitute is absent on some of these days. Choose somebody else.",
    ),
}


class Book(Persistent):
    """The substitutions of one person, being absent or standing in.

    One plain object: who signs depends on it, so ending a substitution and signing by it conflict.
    """

    def __init__(self) -> None:
        self.rows: tuple[Substitution, ...] = ()


def rows_of(person: str) -> tuple[Substitution, ...]:
    """Every substitution in which a person is absent or stands in, oldest first."""
    book = _books().get(person)
    return book.rows if book is not None else ()


def of_agency(agency: Agency) -> list[Substitution]:
    """Those in which somebody of the agency is absent, oldest first."""
    rows = (row for person in people_of(agency) for row in rows_of(person) if row.absent == person)
    return sorted(rows, key=lambda row: row.recorded_at)


def holding(people: Iterable[str]) -> list[Substitution]:
    """The substitutions of some people that hold today."""
    day = today(site_zone())
    found = {row.id: row for person in people for row in rows_of(person) if row.holds(day)}
    return list(found.values())


def represented_by(person: str) -> list[Substitution]:
    """The substitutions by which a person may act for others today."""
    return [row for row in holding([person]) if row.substitute == person]


def by_which(person: str, absent: str) -> Substitution | None:
    """The substitution by which a person may act for an absent one today.

    Whoever ends it at the same time conflicts with the present transaction.
    """
    for row in represented_by(person):
        if row.absent == absent:
            depend_on(_books()[person])
            return row
    return None


def linked(people: Iterable[str]) -> frozenset[str]:
    """Who stands in for one of the people today, or is stood in for by one of them."""
    asked = frozenset(people)
    return rules.linked(asked, holding(asked))


def record(
    absent: str,
    substitute: str,
    start: date,
    end: date,
    reason: str,
    agency: Agency | None = None,
) -> Substitution:
    """Enter an absence: of oneself, or of somebody of an agency whose routes one manages.

    :param agency: on whose page it is entered; its trail has the row then
    :raises Forbidden: if the caller may not record it for this person
    :raises BadRequest: without reason, for people without account, or days that cannot be
    :raises Conflict: if either person is absent and substituted on one of the days already
    """
    _check_allowed(absent, agency)
    for person in (absent, substitute):
        if api.user.get(userid=person) is None:
            raise bad_request(
                _(
                    "error_no_account",
                    default="There is no account “${person}”.",
                    mapping={"person": person},
                )
            )
    new = Substitution(
        id=secrets.token_hex(8),
        absent=absent,
        absent_name=name_of(absent),
        substitute=substitute,
        substitute_name=name_of(substitute),
        start=start,
        end=end,
        reason=reasoned(reason),
        recorded_by=api.user.get_current().getId(),
        recorded_at=now(),
    )
    problem = rules.problem(new, (*rows_of(absent), *rows_of(substitute)), today(site_zone()))
    if problem in (SubstitutionProblem.OVERLAP, SubstitutionProblem.SUBSTITUTE_ABSENT):
        raise conflict(PROBLEMS[problem])
    if problem is not None:
        raise bad_request(PROBLEMS[problem])
    for person in (absent, substitute):
        book = _book_to_write(person)
        book.rows = (*book.rows, new)
    _note(agency, "substitution_recorded", new)
    return new


def end(
    absent: str, substitution_id: str, last: date, agency: Agency | None = None
) -> Substitution:
    """End a substitution before its time.

    :param last: the last day it holds; yesterday ends it at once
    :raises Forbidden: if the caller may not
    :raises BadRequest: if there is none with this id, or it ends earlier anyway
    """
    _check_allowed(absent, agency)
    known = {row.id: row for row in rows_of(absent) if row.absent == absent}
    row = known.get(substitution_id)
    if row is None or not today(site_zone()) - timedelta(1) <= last < row.last:
        raise bad_request(
            _(
                "error_substitution_end",
                default="Choose a substitution that has not ended, and a last day from yesterday "
                "on that is earlier than its own.",
            )
        )
    ended = replace(row, ended_on=last, ended_by=api.user.get_current().getId())
    for person in (row.absent, row.substitute):
        book = _book_to_write(person)
        book.rows = tuple(ended if entry.id == row.id else entry for entry in book.rows)
    _note(agency, "substitution_ended", ended)
    return ended


def may_record_for(absent: str, agency: Agency | None) -> bool:
    """Whether the caller may record when a person is absent."""
    caller = api.user.get_current().getId()
    if absent == caller:
        return caller is not None
    if agency is None:
        return bool(api.user.has_permission("Manage portal"))
    return absent in people_of(agency) and bool(api.user.has_permission(MANAGE_ROUTES, obj=agency))


def _check_allowed(absent: str, agency: Agency | None) -> None:
    if not may_record_for(absent, agency):
        raise forbidden(
            _(
                "error_substitution_forbidden",
                default="You can record your own absence. That of others is recorded by the "
                "document controllers of their agency, on its page.",
            )
        )


def _note(agency: Agency | None, action: str, row: Substitution) -> None:
    subject = api.content.get_uuid(agency) if agency is not None else trail.SITE
    path = "/".join(agency.getPhysicalPath()) if agency is not None else ""
    trail.append(subject, action, path=path, substitution=asdict(row))


def _books() -> Mapping[str, Book]:
    """All books, for reading: nothing is made by looking."""
    return IAnnotations(api.portal.get()).get(ANNOTATION, {})


def _book_to_write(person: str) -> Book:
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    books = annotations[ANNOTATION]
    if person not in books:
        books[person] = Book()
    return books[person]
