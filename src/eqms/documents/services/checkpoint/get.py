"""``GET /@checkpoint``: the checkpoints of the site, and the heads of the newest one."""

from eqms import _
from eqms.documents.errors import told
from eqms.documents.services.download import Download
from eqms.documents.services.download import send
from eqms.trail.checkpoints import checkpoints
from eqms.trail.export import checkpoint_lines
from plone.restapi.services import Service
from zExceptions import NotFound


class CheckpointGet(Service):
    """A file of JSON lines to be kept where nobody who can write the database can write."""

    def render(self) -> Download:
        """The file.

        :raises NotFound: as long as there is none
        """
        self.check_permission()
        kept = checkpoints()
        if kept.newest is None:
            raise NotFound(
                told(_("error_no_checkpoint", default="No checkpoint has been taken yet."))
            )
        return send(
            self.request.response,
            checkpoint_lines(kept),
            "application/x-ndjson; charset=utf-8",
            f"checkpoint-{kept.newest['number']}.jsonl",
        )
