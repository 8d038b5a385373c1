"""``GET /{document, agency or site}/@trail-export?format=jsonl|csv``."""

from eqms import _
from eqms.documents.errors import bad_request
from eqms.documents.services.download import Download
from eqms.documents.services.download import send
from eqms.documents.trails import subjects_of
from eqms.trail import export
from eqms.trail.checkpoints import checkpoints
from plone.restapi.services import Service
from Products.CMFCore.interfaces import ISiteRoot


class TrailExportGet(Service):
    """JSON lines to be verified, or CSV to be read."""

    def render(self) -> Download:
        """The file.

        :raises BadRequest: for another format
        """
        self.check_permission()
        asked = self.request.form.get("format", "jsonl")
        subjects = subjects_of(self.context)
        response = self.request.response
        if asked == "csv":
            lines = export.csv_lines(subjects)
            return send(response, lines, "text/csv; charset=utf-8", "trail.csv")
        if asked == "jsonl":
            kept = checkpoints() if ISiteRoot.providedBy(self.context) else None
            lines = export.json_lines(subjects, self.context.absolute_url(), kept)
            return send(response, lines, "application/x-ndjson; charset=utf-8", "trail.jsonl")
        raise bad_request(_("error_trail_format", default="format must be jsonl or csv."))
