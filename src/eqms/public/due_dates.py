"""``@@due-dates``: when a result is due; ``@@working-days``: by which days that is reckoned."""

from Acquisition import aq_parent
from collections.abc import Mapping
from datetime import date
from eqms import _
from eqms.documents.dates import site_zone
from eqms.documents.errors import told
from eqms.documents.indexers import revision_in_force
from eqms.domain import clock
from eqms.domain.working_days import FIRST_YEAR
from eqms.domain.working_days import LAST_YEAR
from eqms.procedures.browser.wording import Wording
from eqms.procedures.due import due_dates
from eqms.procedures.due import DueDate
from eqms.procedures.due import moment_of_reception
from eqms.public.page import Page
from eqms.public.page import text_in
from eqms.references.calendar import working_calendar
from functools import cached_property
from plone import api
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zExceptions import BadRequest


class DueDatesPage(Page):
    """A moment is asked for, and the answer says for each case when the result is due."""

    template = ViewPageTemplateFile("due_dates.pt")

    refusal = ""

    def __call__(self) -> str:
        """The page; what is no moment is said on it."""
        try:
            self.received = moment_of_reception(text_in(self.request, "at"))
        except BadRequest as error:
            self.refusal = str(error)
            self.received = clock.now()
            self.request.response.setStatus(400)
        return super().__call__()

    @property
    def title(self) -> str:
        """Heading of the page."""
        return told(
            _(
                "heading_due_dates_of",
                default="When is the result due: ${title}",
                mapping={"title": super().title},
            )
        )

    @property
    def section(self) -> Any:
        """All documents of a folder have the same frame."""
        return aq_parent(self.context)

    @property
    def at(self) -> str:
        """The moment in the form, as the browser wants it."""
        return self.received.astimezone(site_zone()).strftime("%Y-%m-%dT%H:%M")

    @property
    def site_url(self) -> str:
        """Where the working days are."""
        return str(api.portal.get().absolute_url())

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The cases of the procedure in force."""
        revision = revision_in_force(self.context)
        wording = Wording(self.request)
        return [
            _row(each, wording)
            for each in (due_dates(revision, self.received) if revision is not None else ())
        ]


class WorkingDaysPage(Page):
    """Days off of a year besides weekends, and days that are worked instead."""

    template = ViewPageTemplateFile("working_days.pt")

    @property
    def title(self) -> str:
        """Heading of the page."""
        heading = _(
            "heading_working_days_of",
            default="Working days ${year}",
            mapping={"year": str(self.year)},
        )
        return told(heading)

    @property
    def canonical_url(self) -> str:
        """The address the page is cited by."""
        return f"{self.context.absolute_url()}/@@working-days?year={self.year}"

    @cached_property
    def year(self) -> int:
        """The year that is asked for, else this one."""
        asked = text_in(self.request, "year")
        year = int(asked) if asked.isdecimal() and len(asked) < 5 else 0
        return year if FIRST_YEAR <= year <= LAST_YEAR else clock.today(site_zone()).year

    @property
    def years(self) -> list[int]:
        """The years before and after, as far as anything is known of them."""
        return [year for year in (self.year - 1, self.year + 1) if FIRST_YEAR <= year <= LAST_YEAR]

    @property
    def off(self) -> list[tuple[str, str]]:
        """Days off with their reasons."""
        return _days(working_calendar().holidays(self.year))

    @property
    def worked(self) -> list[tuple[str, str]]:
        """Days worked instead with their reasons."""
        return _days(working_calendar().swapped(self.year))

    @property
    def may_change(self) -> bool:
        """Whether the person sets the working days."""
        return bool(api.user.has_permission("eqms: Set working days", obj=self.context))


def _row(each: DueDate, wording: Wording) -> dict[str, Any]:
    due = each.due
    hour = due.hour.strftime("%H:%M") if due is not None and due.hour is not None else ""
    return {
        "label": each.scenario.get("label") or "",
        "limit": wording.limit(each.scenario),
        "counted_from": due.counted_from.strftime("%d/%m/%Y") if due is not None else "",
        "due": f"{hour} {due.day.strftime('%d/%m/%Y')}".strip() if due is not None else "",
    }


def _days(days: Mapping[date, str]) -> list[tuple[str, str]]:
    return [(day.strftime("%d/%m/%Y"), reason) for day, reason in days.items()]
