"""Files that wait: the list of them, and the page on which one is looked at and put right."""

from eqms import _
from eqms.documents.browser.styles import address_of
from eqms.documents.dates import moment_of
from eqms.documents.errors import REFUSALS
from eqms.documents.vocabularies import units
from eqms.exchange.browser.imports import may_migrate
from eqms.exchange.browser.inputs import changes
from eqms.exchange.browser.inputs import groups
from eqms.exchange.browser.inputs import identity_inputs
from eqms.exchange.browser.inputs import Input
from eqms.exchange.corrections import draft_of
from eqms.exchange.staging.storage import drop
from eqms.exchange.staging.storage import staged_file_by
from eqms.exchange.staging.storage import StagedFile
from eqms.exchange.staging.storage import Staging
from eqms.exchange.staging.storage import staging_by
from eqms.exchange.staging.working import Become
from eqms.exchange.staging.working import commit
from eqms.exchange.staging.working import correct
from eqms.exchange.word.showing import shown
from functools import cached_property
from pathlib import Path
from plone import api
from Products.Five.browser import BrowserView
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from typing import Any
from zExceptions import NotFound
import transaction


STYLES = Path(__file__).parent / "static" / "staging.css"

BECOME = (
    (Become.DRAFT, _("import_mode_draft", default="As drafts")),
    (Become.REVIEW, _("import_mode_review", default="As drafts, put into review at once")),
    (Become.IN_FORCE, _("import_mode_in_force", default="As documents in force, taken over")),
)


class StagingPage(BrowserView):
    """What the pages have in common: the staging in the address, and refusals."""

    template: Any
    refusal = ""
    styles = address_of("eqms.exchange", STYLES)
    staging: Staging

    def __call__(self) -> str:
        """The page; on a POST it is acted first.

        :raises NotFound: if the agency has no such staging
        """
        staging = staging_by(self.context, str(self.request.form.get("id", "")))
        if staging is None:
            raise NotFound(self.__name__)
        self.staging = staging
        target = self._act() if self.request.method == "POST" else None
        if target is not None:
            return str(self.request.response.redirect(target))
        return str(self.template())

    def _act(self) -> str | None:
        """Do what a button says; returns the page to go to."""
        savepoint = transaction.savepoint()
        try:
            return self.act()
        except REFUSALS as refusal:
            savepoint.rollback()
            self.refusal = str(refusal)
            return None

    def act(self) -> str | None:
        """What the buttons of the page do."""
        raise NotImplementedError

    @property
    def url(self) -> str:
        """Address of the list of files."""
        return f"{self.context.absolute_url()}/@@staging?id={self.staging.number}"

    def file_url(self, file: StagedFile) -> str:
        """Address of the page of a file."""
        return (
            f"{self.context.absolute_url()}/@@staged-file"
            f"?id={self.staging.number}&file={file.number}"
        )


class StagingView(StagingPage):
    """The files that are looked at together."""

    template = ViewPageTemplateFile("staging.pt")

    @property
    def expires(self) -> str:
        """When they are dropped."""
        return moment_of(self.staging.expires_at)

    @property
    def modes(self) -> list[dict[str, Any]]:
        """What can become of the files."""
        return [
            {
                "value": become.value,
                "title": title,
                "disabled": become is Become.IN_FORCE and not may_migrate(self.context),
            }
            for become, title in BECOME
        ]

    @property
    def units(self) -> list[dict[str, str]]:
        """Units that may have drafted them."""
        return [{"uid": term.value, "title": term.title} for term in units(self.context)]

    @property
    def any_readable(self) -> bool:
        """Whether a document can be made of one of them."""
        return any(file.word is not None for file in self.staging.files)

    def rows(self) -> list[dict[str, Any]]:
        """A line for each file."""
        return [
            {
                "number": file.number,
                "name": file.name,
                "url": self.file_url(file) if file.word is not None else None,
                "code": file.code,
                "title": file.title,
                "findings": len(file.remarks),
                "corrected": len(file.corrections),
                "error": file.error.for_screen() if file.error is not None else None,
            }
            for file in self.staging.files
        ]

    def act(self) -> str | None:
        """Make documents, or drop one file or all of them."""
        form = self.request.form
        imports = f"{self.context.absolute_url()}/@@imports"
        if "drop" in form:
            drop(self.context, self.staging)
            return imports
        if "drop_file" in form:
            file = staged_file_by(self.staging, str(form["drop_file"]))
            if file is not None:
                self.staging.remove(file)
            return self.url
        if "commit" in form:
            chosen = {str(number) for number in form.get("files", [])}
            files = [file for file in self.staging.files if str(file.number) in chosen]
            become, unit = Become(form.get("mode")), str(form.get("unit", "")) or None
            batch = commit(self.context, self.staging, become, files=files, unit=unit)
            return f"{self.context.absolute_url()}/@@import-batch?id={batch.number}"
        return None


class StagedFileView(StagingPage):
    """One file: what it says, what was found, and what was read of it in inputs."""

    template = ViewPageTemplateFile("staged_file.pt")
    file: StagedFile

    def __call__(self) -> str:
        """The page.

        :raises NotFound: also if the staging has no such file, or nothing could be read in it
        """
        staging = staging_by(self.context, str(self.request.form.get("id", "")))
        number = str(self.request.form.get("file", ""))
        file = staged_file_by(staging, number) if staging is not None else None
        if file is None or file.word is None:
            raise NotFound(self.__name__)
        self.file = file
        return super().__call__()

    @cached_property
    def reading(self) -> Any:
        """What is read in the file."""
        return self.file.reading()

    @property
    def draft(self) -> dict[str, Any]:
        """What a document would be made of."""
        return draft_of(self.reading, self.file.corrections)

    def identity(self) -> list[Input]:
        """The control block as inputs."""
        return identity_inputs(self.draft, self.file.corrections)

    def groups(self) -> list[tuple[Any, list[Input]]]:
        """The fields as inputs."""
        return groups(self.draft, self.file.corrections)

    def findings(self) -> list[dict[str, Any]]:
        """What a person should look at."""
        return [
            {"message": remark.for_screen(), "place": remark.place_for_screen()}
            for remark in self.file.remarks
        ]

    def source(self) -> str:
        """The text of the file, as HTML that was made safe."""
        return shown(self.file.word.data)

    @property
    def next_url(self) -> str | None:
        """The file behind this one."""
        behind = [
            file
            for file in self.staging.files
            if file.number > self.file.number and file.word is not None
        ]
        return self.file_url(behind[0]) if behind else None

    def act(self) -> str | None:
        """Keep what was put right, and go on."""
        read = draft_of(self.reading, {})
        correct(self.staging, self.file, changes(self.request.form, read))
        api.portal.show_message(
            _("done_corrected", default="Kept. Nothing has been created yet."), self.request
        )
        if "next" in self.request.form and self.next_url is not None:
            return self.next_url
        return self.url if "back" in self.request.form else self.file_url(self.file)
