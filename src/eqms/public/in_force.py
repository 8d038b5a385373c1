"""``@@in-force``: which revision of a document was in force on a past day."""

from Acquisition import aq_parent
from eqms import _
from eqms.documents.asof import Answer
from eqms.documents.asof import answer
from eqms.documents.asof import Moment
from eqms.documents.asof import moment_asked
from eqms.documents.content import number_of
from eqms.documents.dates import day_of
from eqms.documents.dates import moment_of
from eqms.documents.dates import site_zone
from eqms.documents.errors import told
from eqms.domain import clock
from eqms.public.page import Page
from eqms.public.page import text_in
from functools import cached_property
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zExceptions import BadRequest


class InForcePage(Page):
    """A day is asked for, and the answer says which revision it was, with a link to it."""

    template = ViewPageTemplateFile("in_force.pt")

    refusal = ""
    moment: Moment

    def __call__(self) -> str:
        """The page; what is no past day is said on it."""
        try:
            self.moment = moment_asked(self.request) or Moment(clock.now())
        except BadRequest as error:
            self.refusal = str(error)
            self.request.response.setStatus(400)
        return super().__call__()

    @property
    def title(self) -> str:
        """Heading of the page."""
        return told(
            _(
                "heading_in_force_on",
                default="In force on a day: ${title}",
                mapping={"title": super().title},
            )
        )

    @property
    def section(self) -> Any:
        """All documents of a folder have the same frame."""
        return aq_parent(self.context)

    @property
    def day(self) -> str:
        """The day in the form, as the browser wants it."""
        return text_in(self.request, "on")[:10] or self.today

    @property
    def today(self) -> str:
        """The latest day that can be asked for."""
        return clock.today(site_zone()).isoformat()

    @property
    def instant(self) -> str:
        """The moment that the answer is about."""
        return moment_of(self.moment.instant)

    @property
    def known(self) -> str:
        """The moment as of whose record the answer is; empty for now."""
        return moment_of(self.moment.known)

    @cached_property
    def facts(self) -> dict[str, Any] | None:
        """The revision of then; None if there was none that the reader may know of."""
        found = answer(self.context, self.moment)
        return self._facts(found) if found is not None else None

    def _facts(self, found: Answer) -> dict[str, Any]:
        row, revision = found.row, found.revision
        return {
            "number": number_of(revision),
            "title": "" if found.withheld else revision.title,
            "url": "" if found.withheld else revision.absolute_url(),
            "since": day_of(row.start),
            "until": day_of(row.end),
            "recorded": moment_of(row.recorded_at) if row.recorded_at > row.start else "",
            "hash": revision.content_hash or "",
            "successor": number_of(found.successor) if found.successor is not None else "",
        }
