"""Staging files, putting right what was read, and making documents of them."""

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from enum import StrEnum
from eqms import _
from eqms.agencies.content import Agency
from eqms.approval import actions
from eqms.documents.errors import bad_request
from eqms.documents.errors import conflict
from eqms.documents.errors import REFUSALS
from eqms.documents.upload import Upload
from eqms.documents.vocabularies import units
from eqms.domain.clock import now
from eqms.exchange.batches import open_batch
from eqms.exchange.corrections import corrected
from eqms.exchange.importing import document_by_uid
from eqms.exchange.importing import import_reading
from eqms.exchange.importing import reason_of
from eqms.exchange.incoming import as_word
from eqms.exchange.reading import read
from eqms.exchange.remarks import Remark
from eqms.exchange.staging.storage import drop
from eqms.exchange.staging.storage import StagedFile
from eqms.exchange.staging.storage import Staging
from eqms.exchange.storage import Batch
from eqms.exchange.storage import ImportedFile
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Outcome
from eqms.exchange.word import ProcedureReading
from eqms.exchange.word import UnreadableFile
from typing import Any
from typing import Final
import transaction


class Become(StrEnum):
    """What becomes of files that waited."""

    DRAFT = "draft"
    REVIEW = "review"
    IN_FORCE = "in_force"


MOST_FILES: Final = 200
"""Files that one staging may hold; an agency with more begins another one."""


def stage(staging: Staging, upload: Upload) -> tuple[StagedFile, ProcedureReading | None]:
    """Read a file and keep it; of one that cannot be read only the name and why.

    :raises Conflict: if the staging is full
    """
    if len(staging.files) >= MOST_FILES:
        raise conflict(
            _(
                "error_staging_full",
                default="No more than ${count} files are looked at together. Begin anew.",
                mapping={"count": MOST_FILES},
            )
        )
    try:
        word = as_word(upload)
        reading = read(word.data, upload.name, without_control_block=True)
    except UnreadableFile as error:
        file = staging.add(upload, None)
        file.error = Remark.unreadable(error)
        return file, None
    file = staging.add(upload, word)
    file.tell(reading)
    return file, reading


def correct(staging: Staging, file: StagedFile, changes: Mapping[str, Any]) -> ProcedureReading:
    """Keep corrections of a file; returns what is read in it.

    :raises BadRequest: for what cannot be corrected
    :raises Conflict: if the file could not be read
    """
    reading = readable(file).reading()
    file.corrections = corrected(reading, file.corrections, changes)
    file.error = None
    file.tell(reading)
    staging.touched_at = now()
    return reading


def readable(file: StagedFile) -> StagedFile:
    """The file, if there is anything to read in it.

    :raises Conflict: if not
    """
    if file.word is None:
        raise conflict(
            _("error_staged_unreadable", default="This file could not be read. Drop it.")
        )
    return file


def commit(
    agency: Agency,
    staging: Staging,
    become: Become,
    *,
    files: Sequence[StagedFile] | None = None,
    unit: str | None = None,
) -> Batch:
    """Make documents of files; those that became one leave the staging, others say why not.

    :param files: those to be taken; all that could be read, if not given
    :param unit: UID of the drafting unit of all of them; no Word file tells it, and its head may
        be needed for the review
    :raises BadRequest: if the agency has no such unit
    :raises Forbidden: to put them in force without an open migration window
    :raises Conflict: if there is none to be taken
    """
    if unit is not None and unit not in units(agency):
        raise bad_request(_("error_no_unit", default="Choose a unit of this agency."))
    known = {} if unit is None else {"unit": unit}
    taken = [file for file in files or staging.files if file.word is not None]
    if not taken:
        raise conflict(_("error_staging_empty", default="There is no file to be taken over."))
    batch = open_batch(agency, Mode.IN_FORCE if become is Become.IN_FORCE else Mode.DRAFT)
    for file in taken:
        reading = file.reading()
        made = import_reading(agency, batch, file, file.upload, reading, known | file.corrections)
        if made.outcome is Outcome.FAILED:
            file.error = made.error
            continue
        if become is Become.REVIEW and made.outcome is Outcome.CREATED:
            batch.amend(made, *_submitted(made))
        staging.remove(file)
    if not staging.files:
        drop(agency, staging)
    return batch


def _submitted(file: ImportedFile) -> Iterator[Remark]:
    """Put a document and its forms into review, or say why not: the draft stays a draft."""
    savepoint = transaction.savepoint(optimistic=True)
    try:
        for uid in (file.document, *(form.document for form in file.forms)):
            actions.transition(document_by_uid(uid)["rev-1"], "submit")
    except REFUSALS as refusal:
        savepoint.rollback()
        yield Remark.own("not_submitted", reason=reason_of(refusal).message)
