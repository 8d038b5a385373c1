"""``GET /{document}/@due-dates?at=2026-03-02T08:30``."""

from datetime import time
from eqms import _
from eqms.documents.dates import site_zone
from eqms.documents.errors import told
from eqms.documents.indexers import revision_in_force
from eqms.procedures.due import due_dates
from eqms.procedures.due import DueDate
from eqms.procedures.due import moment_of_reception
from plone.restapi.services import Service
from typing import Any


class DueDatesGet(Service):
    """By the procedure in force; ``at`` is local time of the site, without it now."""

    def reply(self) -> dict[str, Any]:
        """A row for each case; 404 if nothing is in force.

        :raises BadRequest: if ``at`` is no moment
        """
        asked = self.request.form.get("at", "")
        received = moment_of_reception(asked if isinstance(asked, str) else "?")
        revision = revision_in_force(self.context)
        if revision is None:
            # Raised, plone.restapi would put a message of its own in the place of ours.
            self.request.response.setStatus(404)
            message = _("error_not_in_force_now", default="This document is not in force.")
            return {"type": "NotFound", "message": told(message)}
        return {
            "@id": f"{self.context.absolute_url()}/@due-dates",
            "received_at": received.astimezone(site_zone()).isoformat(),
            "items": [_row(each) for each in due_dates(revision, received)],
        }


def _row(each: DueDate) -> dict[str, Any]:
    limit, due = each.limit, each.due
    return {
        "label": each.scenario.get("label") or "",
        "value": each.scenario.get("value") or None,
        "unit": limit.duration.unit if limit else None,
        "in_day": limit.in_day if limit else False,
        "cut_off": _hour(limit.cut_off) if limit else None,
        "counted_from": due.counted_from.isoformat() if due else None,
        "due_on": due.day.isoformat() if due else None,
        "due_hour": _hour(due.hour) if due else None,
    }


def _hour(hour: time | None) -> str | None:
    return hour.isoformat("minutes") if hour is not None else None
