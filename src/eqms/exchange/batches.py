"""Batches of imported files: opened, filled, and taken back as a whole."""

from Acquisition import aq_parent
from collections.abc import Iterator
from dataclasses import dataclass
from eqms import _
from eqms.agencies.content import Agency
from eqms.documents import coding
from eqms.documents.content import register_of
from eqms.documents.elevation import elevated
from eqms.documents.errors import bad_request
from eqms.documents.errors import Conflict
from eqms.documents.errors import conflict
from eqms.documents.guards import was_submitted
from eqms.documents.indexers import is_unconfirmed
from eqms.documents.migration import depend_on
from eqms.documents.migration import require_window
from eqms.documents.snapshot import hash_of
from eqms.domain.clock import now
from eqms.domain.revisions import State
from eqms.exchange.importing import document_by_uid
from eqms.exchange.storage import Batch
from eqms.exchange.storage import ImportedFile
from eqms.exchange.storage import log_of
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Undoing
from eqms.trail import storage as trail
from plone import api
from typing import Any
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.i18nmessageid import Message


@dataclass(frozen=True)
class Obstacle:
    """A document of a batch that something was built on, so that it has to stay."""

    document: Any
    reason: Message

    @property
    def told(self) -> str:
        """The reason in the language of the reader."""
        return str(translate(self.reason, context=getRequest()))


class CannotUndo(Conflict):
    """Something was built on documents of the batch; ``obstacles`` says what."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        self.obstacles = obstacles
        message = _(
            "error_cannot_undo",
            default="The import cannot be undone any more, because of: ${documents}",
            mapping={"documents": "; ".join(map(_named, obstacles))},
        )
        super().__init__(str(translate(message, context=getRequest())))


def open_batch(agency: Agency, mode: Mode) -> Batch:
    """Begin an import.

    :raises Forbidden: in the mode ``in_force``, without an open migration window
    """
    if mode is Mode.IN_FORCE:
        require_window(agency)
    batch = log_of(agency).open(mode, now(), _person())
    _note(agency, "import_opened", batch, mode=mode.value)
    return batch


def undo(agency: Agency, batch: Batch, reason: str) -> int:
    """Remove every document of a batch, as if its files had never been imported.

    The batch stays as a record of what was done; so do the audit trails. The same files can be
    imported again.

    :returns: how many documents were removed
    :raises BadRequest: without a reason
    :raises Forbidden: if the documents are in force and no migration window is open
    :raises Conflict: if it was undone before
    :raises CannotUndo: as soon as something is built on one of the documents
    """
    if not reason.strip():
        raise bad_request(_("error_reason_needed", default="Say why: a reason is needed."))
    if batch.undone is not None:
        raise conflict(_("error_undone_before", default="This import was undone already."))
    if batch.mode is Mode.IN_FORCE:
        require_window(agency)
    made = [each for file in batch.created for each in (file, *file.forms)]
    found = [(each, document_by_uid(each.document)) for each in made]
    documents = [(each, document) for each, document in found if document is not None]
    obstacles = [
        obstacle
        for each, document in documents
        for obstacle in _obstacles(batch, each.content_hash, document)
    ]
    if obstacles:
        raise CannotUndo(obstacles)
    codes = [document.code for _each, document in documents if document.code]
    for _each, document in documents:
        _remove(document, batch, reason.strip())
    for code in codes:
        coding.register_of_codes(agency).forget(code)
    log_of(agency).forget(file.sha256 for file in batch.created)
    batch.undone = Undoing(now(), _person(), reason.strip())
    _note(
        agency,
        "import_undone",
        batch,
        reason=reason.strip(),
        documents=[each.document for each, _document in documents],
    )
    return sum(isinstance(each, ImportedFile) for each, _document in documents)


def _obstacles(batch: Batch, content_hash: str, document: Any) -> Iterator[Obstacle]:
    register = register_of(document)
    depend_on(register)
    if document.legal_hold:
        yield Obstacle(document, _("obstacle_hold", default="it is under legal hold"))
    if len(register.entries) > 1:
        yield Obstacle(document, _("obstacle_revised", default="a further revision was opened"))
        return
    for entry in register.entries:
        revision = document._getOb(entry.id)
        depend_on(revision)
        taken_over = revision.taken_over or {}
        if taken_over.get("batch") == batch.uid:
            reason = _built_on_migrated(revision, entry.state)
        else:
            reason = _built_on_draft(revision, content_hash)
        if reason is not None:
            yield Obstacle(document, reason)


def _built_on_migrated(revision: Any, state: State) -> Message | None:
    if state is not State.IN_FORCE:
        return _("obstacle_replaced", default="it is no longer in force")
    if not is_unconfirmed(revision):
        return _("obstacle_confirmed", default="an approver has confirmed it")
    return None


def _built_on_draft(revision: Any, content_hash: str) -> Message | None:
    if was_submitted(revision):
        return _("obstacle_submitted", default="it was submitted for approval")
    if hash_of(revision) != content_hash:
        return _("obstacle_edited", default="its draft was edited; remove it first if it may go")
    return None


def _remove(document: Any, batch: Batch, reason: str) -> None:
    trail.append(
        api.content.get_uuid(document),
        "import_undone",
        path="/".join(document.getPhysicalPath()),
        batch=batch.uid,
        number=batch.number,
        reason=reason,
    )
    coding.thaw(document)
    with elevated():
        aq_parent(document).manage_delObjects([document.getId()])


def _named(obstacle: Obstacle) -> str:
    document = obstacle.document
    return f"{document.code or ''} {document.title} ({obstacle.told})".strip()


def _person() -> str:
    return str(api.user.get_current().getId() or "")


def _note(agency: Agency, action: str, batch: Batch, **details: Any) -> None:
    trail.append(
        api.content.get_uuid(agency),
        action,
        path="/".join(agency.getPhysicalPath()),
        batch=batch.uid,
        number=batch.number,
        **details,
    )
