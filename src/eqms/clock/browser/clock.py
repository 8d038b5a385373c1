"""Đồng hồ hệ thống: what is planned, what was late and what failed."""

from eqms import _
from eqms.clock.figures import overview
from eqms.clock.runner import tick
from eqms.documents.dates import moment_of
from eqms.documents.errors import forbidden
from plone import api
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from typing import Any


class ClockView(BrowserView):
    """The page in the site setup, with a button that lets the clock tick."""

    def __call__(self) -> str:
        """Tick if the button was pressed; then the page."""
        if self.request.method == "POST":
            check(self.request)
            return self._ticked()
        self.request.set("disable_border", 1)
        self.figures = overview()
        page: str = self.index()
        return page

    @property
    def may_tick(self) -> bool:
        """Whether the person may let the clock tick."""
        return api.user.has_permission("eqms: Run the clock", obj=self.context)

    @property
    def facts(self) -> list[tuple[Any, str]]:
        """When the clock ran, and how many entries need somebody's eye."""
        counts = self.figures["counts"]
        return [
            (_("clock_last_run", default="Last run"), moment_of(self.figures["last_run"])),
            (
                _("clock_last_success", default="Last run without failure"),
                moment_of(self.figures["last_success"]),
            ),
            (_("clock_waiting", default="Waiting for their time"), str(counts["switch_waiting"])),
            (_("clock_late", default="Overdue"), str(counts["switch_late"])),
            (_("clock_failed", default="Failed, to be tried again"), str(counts["switch_failed"])),
            (_("clock_done_late", default="Done late so far"), str(counts["switch_done_late"])),
        ]

    def moment(self, instant: Any) -> str:
        """An instant as people of the site read it."""
        return moment_of(instant)

    def _ticked(self) -> str:
        if not self.may_tick:
            raise forbidden(_("error_not_allowed", default="You are not allowed to do this here."))
        report = tick(self.context)
        if report.skipped:
            message = _("clock_busy", default="The clock is running already.")
        elif report.failures:
            message = _(
                "clock_ticked_failures",
                default="Done: ${done}, failed: ${failed}. What failed is tried again.",
                mapping={"done": report.done, "failed": len(report.failures)},
            )
        else:
            message = _("clock_ticked", default="Done: ${done}.", mapping={"done": report.done})
        api.portal.show_message(message, self.request)
        return str(self.request.response.redirect(f"{self.context.absolute_url()}/@@clock"))
