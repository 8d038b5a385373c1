"""Documents of the demo that were in force on paper: imported from Word in a migration window."""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import timedelta
from eqms.agencies.content import Agency
from eqms.demo import facts
from eqms.demo.facts import Stage
from eqms.demo.word import procedure_file
from eqms.documents.dates import site_zone
from eqms.documents.migration import close_window
from eqms.documents.migration import confirm
from eqms.documents.migration import open_window
from eqms.domain.clock import today
from eqms.domain.vietnamese import slug
from eqms.exchange.batches import open_batch
from eqms.exchange.importing import import_file
from eqms.exchange.importing import Upload
from eqms.exchange.storage import Batch
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Outcome
from plone import api
from plone.app.uuid.utils import uuidToObject


REASON = "Nạp quy trình đã ban hành trên giấy trước khi dùng phần mềm"


def import_documents(
    agency: Agency,
    groups: Mapping[str, Sequence[str]],
    officer: str,
    documents: Sequence[facts.Document],
) -> Batch:
    """Import documents in one batch and have some of them confirmed.

    :param groups: logins in the groups of the agency; a controller imports, an approver confirms
    :param officer: who opens the window, and closes it afterwards
    :raises ValueError: if no document could be made of a file
    """
    reviewer, approver = groups["reviewers"][0], groups["approvers"][0]
    with api.env.adopt_user(username=officer):
        open_window(agency, today(site_zone()) + timedelta(days=7), REASON)
    with api.env.adopt_user(username=groups["controllers"][0]):
        batch = open_batch(agency, Mode.IN_FORCE)
        for document in documents:
            signers = [document.first.author, reviewer, approver]
            file, _reading = import_file(agency, batch, _upload(agency, document, signers))
            if file.outcome is not Outcome.CREATED:
                raise ValueError(f"{file.name}: {file.outcome} {file.error}")
    with api.env.adopt_user(username=approver):
        for document, file in zip(documents, batch.files, strict=True):
            if document.first.stage is Stage.IMPORTED_CONFIRMED:
                confirm(uuidToObject(file.document)["rev-1"])
    with api.env.adopt_user(username=officer):
        close_window(agency)
    return batch


def _upload(agency: Agency, document: facts.Document, signers: Sequence[str]) -> Upload:
    people = {person.login: person for person in facts.people()}
    data = procedure_file(
        document.first.content,
        document.code,
        agency.title,
        document.issued_on,
        [people[login] for login in signers],
    )
    return Upload(f"{slug(document.code)}-{slug(document.title)}.docx", data)
