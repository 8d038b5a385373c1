"""The table of signatures as it stands on the cover of an issued document."""

from eqms import _
from eqms.approval.manifest import cover
from eqms.approval.manifest import Printed
from eqms.documents.dates import day_of
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


TITLES = {
    "drafting": _("cover_drafting", default="Drafted"),
    "review": _("cover_review", default="Reviewed"),
    "approval": _("cover_approval", default="Approved"),
}


class CoverView(BrowserView):
    """``@@cover``: a fragment of HTML; empty before the revision is issued.

    Names and posts as printed: Soạn thảo, Xem xét, Phê duyệt. No picture of a signature is drawn.
    """

    template = ViewPageTemplateFile("cover.pt")

    def __call__(self) -> str:
        """The fragment."""
        return str(self.template()) if self.columns else ""

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The columns that have somebody in them or beside them."""
        if self.context.issued_at is None:
            return []
        columns = cover(self.context)
        if not any(columns.values()):
            return []
        return [
            {"title": TITLES[name], "people": [_person(row) for row in rows]}
            for name, rows in columns.items()
        ]


def _person(row: Printed) -> dict[str, Any]:
    return {
        "name": row.name,
        "lines": row.lines or ((row.position,) if row.position else ()),
        "absent": row.absent,
        "day": day_of(row.at),
    }
