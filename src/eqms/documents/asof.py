"""What was in force at a past instant, and who may know it (invariant 10)."""

from dataclasses import dataclass
from datetime import date
from datetime import datetime
from eqms import _
from eqms.documents.content import register_of
from eqms.documents.dates import site_zone
from eqms.documents.errors import bad_request
from eqms.documents.serializer import VIEW_TRAIL
from eqms.domain.clock import now
from eqms.domain.intervals import FutureInstant
from eqms.domain.intervals import instant_of
from eqms.domain.intervals import Interval
from eqms.domain.intervals import InvalidInstant
from eqms.domain.intervals import row_at
from eqms.domain.intervals import successor_of
from eqms.domain.revisions import Classification
from plone import api
from typing import Any


@dataclass(frozen=True)
class Moment:
    """The instant that is asked about; with ``known``, as it stood on record at that instant."""

    instant: datetime
    known: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """The revision in force then, from when to when; ``successor`` replaced it.

    ``withheld``: the caller may know of the revision and not read it.
    """

    revision: Any
    row: Interval
    withheld: bool
    successor: Any | None


def moment_asked(request: Any) -> Moment | None:
    """What the parameters ``on`` and ``known`` of a request ask; None if neither is there.

    :raises BadRequest: for anything else than a day or an instant of the past
    """
    on, known = (_text(request, name) for name in ("on", "known"))
    if not (on or known):
        return None
    return Moment(_instant(on) if on else now(), _instant(known) if known else None)


def day_asked(request: Any, name: str) -> date | None:
    """The day in a parameter of a request; None if it is not there.

    :raises BadRequest: for anything else
    """
    text = _text(request, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise bad_request(
            _(
                "error_no_date",
                default="${name} must be a date like 2026-03-01.",
                mapping={"name": name},
            )
        ) from error


def answer(document: Any, moment: Moment) -> Answer | None:
    """What was in force at a moment; None if nothing was, or nothing the caller may know of."""
    rows = register_of(document).intervals
    row = row_at(rows, moment.instant, moment.known)
    revision = _revision(document, row)
    if row is None or revision is None:
        return None
    return Answer(
        revision=revision,
        row=row,
        withheld=not _may_read(revision),
        successor=_revision(document, successor_of(rows, row)),
    )


def may_know(classification: str, context: Any) -> bool:
    """Whether the caller, who may view a document, may know that such a revision was in force.

    :param context: the document or its agency
    """
    match Classification(classification):
        case Classification.PUBLIC:
            return True
        case Classification.INTERNAL if "Member" in api.user.get_roles():
            return True
    return bool(api.user.has_permission(VIEW_TRAIL, obj=context))


def _revision(document: Any, row: Interval | None) -> Any | None:
    """The revision of a row, if the caller may know of it."""
    entry = register_of(document).entry(row.revision) if row is not None else None
    if entry is None:
        return None
    revision = document._getOb(entry.id)
    return revision if _may_read(revision) or may_know(revision.classification, document) else None


def _may_read(revision: Any) -> bool:
    return bool(api.user.has_permission("View", obj=revision))


def _instant(value: str) -> datetime:
    try:
        return instant_of(value, site_zone(), now())
    except FutureInstant as error:
        message = _(
            "error_future",
            default="${value} has not come yet. Ask about today or the past.",
            mapping={"value": value},
        )
        raise bad_request(message) from error
    except InvalidInstant as error:
        message = _(
            "error_no_instant",
            default="“${value}” is neither a day like 2026-03-01 nor an instant like "
            "2026-03-01T08:00:00+07:00.",
            mapping={"value": value[:40]},
        )
        raise bad_request(message) from error


def _text(request: Any, name: str) -> str:
    value = request.form.get(name, "")
    if not isinstance(value, str):
        raise bad_request(
            _(
                "error_parameter_once",
                default="Give the parameter ${name} once.",
                mapping={"name": name},
            )
        )
    # A plus sign that was not quoted in the address arrives as a space.
    return value.strip().replace(" ", "+")
