"""What is planned, what was late and what failed: for people, and for what watches the site."""

from collections.abc import Iterator
from datetime import datetime
from eqms.clock.ledger import ledger
from eqms.documents.schedule import schedule_of_site
from eqms.documents.schedule import subject_of
from eqms.domain import clock
from eqms.domain.schedule import Planned
from plone.restapi.serializer.converters import json_compatible
from typing import Any


SHOWN = 50
"""How many entries of each list are shown."""


def counts() -> dict[str, float | None]:
    """The figures that a monitoring system compares with its limits.

    Ages in seconds, None before the clock ran for the first time. ``switch_late`` and
    ``switch_failed`` count what still waits, ``switch_done_late`` all that ever was late.
    """
    now = clock.now()
    schedule = schedule_of_site()
    planned = list(schedule) if schedule is not None else []
    known = ledger()
    return {
        "clock_last_run_age_seconds": _age(known.last_run if known else None, now),
        "clock_last_success_age_seconds": _age(known.last_success if known else None, now),
        "switch_waiting": len(planned),
        "switch_late": sum(entry.is_late(now) for entry in planned),
        "switch_failed": sum(entry.tries > 0 for entry in planned),
        "switch_done_late": schedule.late_count if schedule is not None else 0,
    }


def overview() -> dict[str, Any]:
    """The figures, with what stands behind them; instants are aware datetimes."""
    now = clock.now()
    known = ledger()
    schedule = schedule_of_site()
    planned = sorted(schedule or (), key=lambda entry: (entry.tries == 0, entry.order))
    return {
        "counts": counts(),
        "last_run": known.last_run if known else None,
        "last_success": known.last_success if known else None,
        "running": known.is_held(now) if known else False,
        "planned": [_entry(entry, now) for entry in planned[:SHOWN]],
        "done_late": [
            {**_entry(late.planned, now), "done_at": late.done_at}
            for late in reversed(schedule.late if schedule is not None else ())
        ],
        "failures": [vars(failure) for failure in reversed(known.failures if known else ())],
    }


def as_json() -> dict[str, Any]:
    """The overview with its instants as text."""
    answer: dict[str, Any] = json_compatible(overview())
    return answer


def as_metrics() -> str:
    """The figures as Prometheus reads them (text format 0.0.4); what is not known is left out."""
    return "".join(_lines())


def _lines() -> Iterator[str]:
    for name, value in counts().items():
        if value is not None:
            kind = "counter" if name == "switch_done_late" else "gauge"
            yield f"# TYPE eqms_{name} {kind}\neqms_{name} {value:g}\n"


def _age(instant: datetime | None, now: datetime) -> float | None:
    return round((now - instant).total_seconds(), 1) if instant is not None else None


def _entry(planned: Planned, now: datetime) -> dict[str, Any]:
    subject = subject_of(planned)
    return {
        "kind": planned.kind,
        "key": planned.key,
        "title": subject.title if subject is not None else planned.key,
        "url": subject.absolute_url() if subject is not None else None,
        "due_at": planned.due_at,
        "urgent": planned.urgent,
        "late": planned.is_late(now),
        "tries": planned.tries,
        "retry_at": planned.retry_at,
        "error": planned.error,
    }
