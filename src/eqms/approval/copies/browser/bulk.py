"""Attaching many signed copies at once, each to the document whose code its name holds."""

from eqms import _
from eqms.approval.copies.browser.files import chosen
from eqms.approval.copies.bulk import attach_all
from eqms.approval.copies.bulk import Outcome
from eqms.approval.copies.bulk import Result
from eqms.approval.settings import setting
from eqms.documents.errors import REFUSALS
from plone.protect.authenticator import check
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any


OUTCOMES = {
    Outcome.ATTACHED: (_("copy_attached", default="Attached"), "text-bg-success"),
    Outcome.UNKNOWN: (
        _("copy_unknown", default="No code of a document of this agency in the name"),
        "text-bg-warning",
    ),
    Outcome.AMBIGUOUS: (
        _("copy_ambiguous", default="Not clear which document"),
        "text-bg-warning",
    ),
    Outcome.NOT_ISSUED: (
        _("copy_not_issued", default="The document has no revision in force"),
        "text-bg-warning",
    ),
    Outcome.REFUSED: (_("copy_refused", default="Refused"), "text-bg-danger"),
}


class AttachCopiesView(BrowserView):
    """``@@attach-copies`` of an agency: the form, and what became of each file."""

    template = ViewPageTemplateFile("bulk.pt")
    refusal = ""
    results: tuple[dict[str, Any], ...] = ()

    def __call__(self) -> str:
        """The form; after a POST with files also their outcomes."""
        if self.request.method == "POST":
            check(self.request)
            self._attach()
        return str(self.template())

    @property
    def limit(self) -> int:
        """Megabytes that a file may have."""
        return int(setting("copy_megabytes"))

    def _attach(self) -> None:
        form = self.request.form
        try:
            results = attach_all(
                self.context,
                str(form.get("kind", "")),
                chosen(form.get("files", []), self.limit),
                str(form.get("place", "")),
                str(form.get("signers", "")),
            )
        except REFUSALS as refusal:
            self.refusal = str(refusal)
        else:
            self.results = tuple(_row(result) for result in results)


def _row(result: Result) -> dict[str, Any]:
    outcome, style = OUTCOMES[result.outcome]
    revision = result.revision
    return {
        "filename": result.filename,
        "outcome": outcome,
        "style": style,
        "codes": ", ".join(result.codes),
        "url": f"{revision.absolute_url()}/@@signed-copies" if revision is not None else None,
        "message": result.message,
    }
