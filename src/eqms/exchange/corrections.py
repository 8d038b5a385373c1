"""What a person put right of a reading, before a document is made of it.

A correction is the value of a field as REST would send it: a field of the revision, or one of
``code``, ``title``, ``issued_on`` and ``effective_on`` (ISO days). It takes the place of what was
read.
"""

from collections.abc import Mapping
from datetime import date
from eqms import _
from eqms.documents.errors import bad_request
from eqms.exchange.mapping import line
from eqms.exchange.mapping import revision_fields
from eqms.exchange.word import ProcedureReading
from typing import Any
from typing import Final


DAYS: Final = ("issued_on", "effective_on")
"""Not fields of the revision: they say since when it is in force, if it is taken over."""


def draft_of(reading: ProcedureReading, corrections: Mapping[str, Any]) -> dict[str, Any]:
    """All that is known of the document: what was read, and what was corrected in its place."""
    return {
        "code": reading.code,
        "title": line(reading.title),
        **{name: _iso(getattr(reading, name)) for name in DAYS},
        **revision_fields(reading),
        **corrections,
    }


def corrected(
    reading: ProcedureReading, before: Mapping[str, Any], changes: Mapping[str, Any]
) -> dict[str, Any]:
    """The corrections after some more; ``None`` and what was read takes a correction back.

    :raises BadRequest: for a name that is no field, or a day that is none
    """
    read = draft_of(reading, {})
    for name, value in changes.items():
        if name not in read:
            raise bad_request(
                _(
                    "error_no_such_field",
                    default="There is no field “${name}”. Known are: ${known}.",
                    mapping={"name": name, "known": ", ".join(sorted(read))},
                )
            )
        if name in DAYS and value:
            _check_day(name, value)
    kept = {**before, **changes}
    return {
        name: value for name, value in kept.items() if value is not None and value != read[name]
    }


def _check_day(name: str, value: Any) -> None:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise bad_request(
            _(
                "error_no_date",
                default="${name} must be a date like 2026-03-01.",
                mapping={"name": name},
            )
        ) from error


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
