"""The imports of an agency, one import with its files, and the form that begins one."""

from eqms import _
from eqms.documents.browser.styles import address_of
from eqms.documents.dates import moment_of
from eqms.documents.errors import REFUSALS
from eqms.documents.migration import MIGRATE
from eqms.documents.migration import Window
from eqms.documents.migration import window_of
from eqms.documents.upload import harmless
from eqms.documents.upload import LIMIT
from eqms.documents.upload import LONGEST
from eqms.documents.upload import Upload
from eqms.exchange.batches import CannotUndo
from eqms.exchange.batches import Obstacle
from eqms.exchange.batches import open_batch
from eqms.exchange.batches import undo
from eqms.exchange.importing import import_file
from eqms.exchange.serializer import addresses_of
from eqms.exchange.staging.storage import open_staging
from eqms.exchange.staging.storage import stagings_of
from eqms.exchange.staging.working import stage
from eqms.exchange.storage import Batch
from eqms.exchange.storage import batch_by
from eqms.exchange.storage import ImportedFile
from eqms.exchange.storage import log_of
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Outcome
from pathlib import Path
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zExceptions import NotFound
import transaction


MODES = {
    Mode.DRAFT: _("import_mode_draft", default="As drafts"),
    Mode.IN_FORCE: _("import_mode_in_force", default="As documents in force, taken over"),
}

OUTCOMES = {
    Outcome.CREATED: (_("outcome_created", default="Created"), "text-bg-success"),
    Outcome.EXISTING: (_("outcome_existing", default="Already there"), "text-bg-secondary"),
    Outcome.FAILED: (_("outcome_failed", default="Failed"), "text-bg-danger"),
}


NO_FILES = _("error_no_files", default="Choose at least one Word file (.docx).")

STATIC = Path(__file__).parent / "static"


class ImportsView(BrowserView):
    """What was imported into the agency, the newest first."""

    template = ViewPageTemplateFile("imports.pt")

    def __call__(self) -> str:
        """The page."""
        return str(self.template())

    def rows(self) -> list[dict[str, Any]]:
        """A line for each import."""
        return [batch_row(self.context, batch) for batch in log_of(self.context).batches]

    def waiting(self) -> list[dict[str, Any]]:
        """What still waits to be looked at."""
        return [
            {
                "url": f"{self.context.absolute_url()}/@@staging?id={staging.number}",
                "at": moment_of(staging.opened_at),
                "by": full_name(staging.opened_by),
                "count": len(staging.files),
            }
            for staging in stagings_of(self.context)
        ]


class BatchView(BrowserView):
    """One import: what became of each file, and the way to take it back."""

    template = ViewPageTemplateFile("import_batch.pt")
    refusal = ""
    obstacles: tuple[Obstacle, ...] = ()
    batch: Batch

    def __call__(self) -> str:
        """The page; on a POST with a reason the import is undone first.

        :raises NotFound: if the agency has no such import
        """
        batch = batch_by(self.context, str(self.request.form.get("id", "")))
        if batch is None:
            raise NotFound("@@import-batch")
        self.batch = batch
        if self.request.method == "POST" and "undo" in self.request.form:
            self._undo(str(self.request.form.get("reason", "")))
        return str(self.template())

    @property
    def facts(self) -> dict[str, Any]:
        """What stands above the files."""
        return batch_row(self.context, self.batch)

    @property
    def may_undo(self) -> bool:
        """Whether there is something to take back, and the person may do it now."""
        if self.batch.undone is not None or not self.batch.created:
            return False
        return self.batch.mode is Mode.DRAFT or may_migrate(self.context)

    def files(self) -> list[dict[str, Any]]:
        """A line for each file."""
        files = self.batch.files
        addresses = addresses_of(files)
        return [self._row(file, addresses.get(file.document or "")) for file in files]

    def _row(self, file: ImportedFile, url: str | None) -> dict[str, Any]:
        outcome, style = OUTCOMES[file.outcome]
        return {
            "name": file.name,
            "outcome": outcome,
            "style": style,
            "title": " · ".join(filter(None, (file.code, file.title))),
            "url": url,
            "remarks": [
                {"message": remark.for_screen(), "place": remark.place_for_screen()}
                for remark in file.remarks
            ],
            "error": file.error.for_screen() if file.error is not None else None,
        }

    def _undo(self, reason: str) -> None:
        savepoint = transaction.savepoint()
        try:
            removed = undo(self.context, self.batch, reason)
        except CannotUndo as refusal:
            self.obstacles = tuple(refusal.obstacles)
        except REFUSALS as refusal:
            savepoint.rollback()
            self.refusal = str(refusal)
        else:
            message = _(
                "done_undo_import",
                default="The import was undone; ${count} documents were removed.",
                mapping={"count": removed},
            )
            api.portal.show_message(message, self.request)


class ImportWordView(BrowserView):
    """The form in which Word files are chosen; each file succeeds or fails for itself."""

    template = ViewPageTemplateFile("import_word.pt")
    limit = LIMIT
    refusal: Any = ""
    styles = address_of("eqms.exchange", STATIC / "staging.css")
    script = address_of("eqms.exchange", STATIC / "import.js")

    def __call__(self) -> str:
        """The form, or after a POST with files the page of their import."""
        target = self._act() if self.request.method == "POST" else None
        if target is not None:
            return str(self.request.response.redirect(f"{self.context.absolute_url()}/{target}"))
        return str(self.template())

    @property
    def window(self) -> Window | None:
        """The migration window, if the person may take documents over in it."""
        return window_of(self.context) if may_migrate(self.context) else None

    def _act(self) -> str | None:
        files = [file for file in self.request.form.get("files", []) if _was_chosen(file)]
        if "stage" in self.request.form:
            return self._stage(files)
        batch = self._import(files) if "import" in self.request.form else None
        return f"@@import-batch?id={batch.number}" if batch is not None else None

    def _stage(self, files: list[Any]) -> str | None:
        """Read the files and keep them until somebody has looked at them."""
        if not files:
            self.refusal = NO_FILES
            return None
        staging = open_staging(self.context)
        for file in files:
            stage(staging, _upload(file))
        return f"@@staging?id={staging.number}"

    def _import(self, files: list[Any]) -> Batch | None:
        if not files:
            self.refusal = NO_FILES
            return None
        in_force = self.request.form.get("mode") == Mode.IN_FORCE
        try:
            batch = open_batch(self.context, Mode.IN_FORCE if in_force else Mode.DRAFT)
        except REFUSALS as refusal:
            self.refusal = str(refusal)
            return None
        for file in files:
            import_file(self.context, batch, _upload(file))
        return batch


def may_migrate(agency: Any) -> bool:
    """Whether the person may take documents over into the agency today."""
    return window_of(agency) is not None and api.user.has_permission(MIGRATE, obj=agency)


def batch_row(agency: Any, batch: Batch) -> dict[str, Any]:
    """An import in a line."""
    undone = batch.undone
    return {
        "number": batch.number,
        "url": f"{agency.absolute_url()}/@@import-batch?id={batch.number}",
        "at": moment_of(batch.opened_at),
        "by": full_name(batch.opened_by),
        "mode": MODES[batch.mode],
        "outcomes": [
            {"title": title, "style": style, "count": batch.count(outcome)}
            for outcome, (title, style) in OUTCOMES.items()
            if batch.count(outcome)
        ],
        "undone": undone
        and {"at": moment_of(undone.at), "by": full_name(undone.by), "reason": undone.reason},
    }


def full_name(user_id: str) -> str:
    """The name of a person, or the id where the site does not know the person any more."""
    user = api.user.get(userid=user_id)
    return (user.getProperty("fullname") or user_id) if user is not None else user_id


def _upload(file: Any) -> Upload:
    return Upload(harmless(file.filename), file.read(LONGEST + 1))


def _was_chosen(file: Any) -> bool:
    """Whether a file input was filled in; an empty one is sent as a file without name."""
    return bool(getattr(file, "filename", ""))
