"""The page on which an author puts a draft on the revision in force."""

from Acquisition import aq_parent
from eqms import _
from eqms.documents.browser.rebase import VERDICTS
from eqms.documents.content import register_of
from eqms.documents.errors import REFUSALS
from eqms.documents.rebasing import items
from eqms.documents.rebasing import rebase
from eqms.documents.switch import is_stale
from eqms.domain.rebase import holds
from eqms.domain.rebase import Side
from eqms.domain.redline import Verdict
from plone import api
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from typing import Any
import transaction


class RebasePage(BrowserView):
    """``@@rebase``: whose version of each change holds, with the three versions below."""

    FIELD = "take."
    """Before the name of an item in the form."""

    status = ""

    def __call__(self) -> str:
        """The page; after a POST the draft, or the page with what stands against it."""
        # Three versions stand beside each other: they need the width.
        self.request.set("disable_plone.leftcolumn", 1)
        if self.request.method == "POST":
            check(self.request)
            if self._done():
                message = _("done_rebase", default="The draft rests on the revision in force now.")
                api.portal.show_message(message, self.request)
                target = f"{self.context.absolute_url()}/edit"
                return str(self.request.response.redirect(target))
        page: str = self.index()
        return page

    @property
    def stale(self) -> bool:
        """Whether there is anything to do."""
        return is_stale(self.context)

    @property
    def onto(self) -> str:
        """UID of the revision in force."""
        return str(register_of(aq_parent(self.context)).live.uid)

    @property
    def items(self) -> list[dict[str, Any]]:
        """What was changed, who changed it, and which version is chosen so far."""
        return [
            {
                "name": item.name,
                "field": f"{self.FIELD}{item.name}",
                "title": item.title,
                "label": VERDICTS[item.verdict],
                "conflict": item.verdict is Verdict.CONFLICT,
                "chosen": self.request.form.get(f"{self.FIELD}{item.name}", holds(item.verdict)),
            }
            for item in items(self.context)
            if item.verdict is not Verdict.BOTH
        ]

    def _done(self) -> bool:
        savepoint = transaction.savepoint()
        try:
            rebase(self.context, self._taken(), self.request.form.get("onto"))
        except REFUSALS as refusal:
            savepoint.rollback()
            self.status = str(refusal)
            return False
        return True

    def _taken(self) -> dict[str, Side]:
        return {
            name.removeprefix(self.FIELD): Side(value)
            for name, value in self.request.form.items()
            if name.startswith(self.FIELD) and value in list(Side)
        }
