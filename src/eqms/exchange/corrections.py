"""What a person put right of a reading, before a document is made of it.

A correction is the value of a field as REST would send it: a field of the revision, or one of
``code``, ``title``, ``issued_on`` and ``effective_on`` (ISO days). It takes the place of what was
read.
"""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from eqms import _
from eqms.documents.errors import bad_request
from eqms.exchange.mapping import line
from eqms.exchange.mapping import revision_fields
from eqms.exchange.word import Finding
from eqms.exchange.word import ProcedureReading
from typing import Any
from typing import Final


DAYS: Final = ("issued_on", "effective_on")
"""Not fields of the revision: they say since when it is in force, if it is taken over."""


_SETTLED_BY: Final = {
    "code_missing": ("code",),
    "title_missing": ("title",),
    "date_missing": ("issued_on",),
    "date_not_understood": ("issued_on",),
    "issue_number_missing": ("issue_no",),
    "issue_number_not_understood": ("issue_no",),
    "amendment_not_understood": ("amendment_no",),
    "steps_missing": ("steps",),
    "step_number_missing": ("steps",),
    "step_number_duplicated": ("steps",),
    "step_responsible_missing": ("steps",),
    "step_time_missing": ("steps",),
    "time_not_understood": ("steps",),
    "time_unit_from_note": ("steps",),
    "time_for_group": ("steps",),
    "time_columns_missing": ("steps", "scenarios"),
    "sum_differs": ("steps", "scenarios"),
    "mixed_units": ("steps", "scenarios"),
    "limit_missing": ("scenarios",),
    "limit_not_understood": ("scenarios",),
    "records_missing": ("records",),
    "records_incomplete": ("records",),
    "fee_contradicts": ("fees",),
    "fee_not_structured": ("fees",),
    "definition_not_understood": ("definitions",),
}
"""Fields that a person looked at and corrected, by the finding that led there."""


def still_open(findings: Iterable[Finding], corrections: Mapping[str, Any]) -> Iterator[Finding]:
    """Findings that no correction has settled."""
    for finding in findings:
        if not any(name in corrections for name in _SETTLED_BY.get(finding.check, ())):
            yield finding


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
