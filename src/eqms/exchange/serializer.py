"""Imports as JSON: entries of files in the shape of ``eqms import-word --json``."""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from eqms.agencies.content import Agency
from eqms.exchange.storage import Batch
from eqms.exchange.storage import ImportedFile
from eqms.exchange.storage import Outcome
from eqms.exchange.word import ProcedureReading
from plone import api
from typing import Any


def batch_url(agency: Agency, batch: Batch) -> str:
    """Address of a batch by REST."""
    return f"{agency.absolute_url()}/@imports/{batch.number}"


def batch_facts(agency: Agency, batch: Batch) -> dict[str, Any]:
    """A batch without its files."""
    undone = batch.undone
    return {
        "@id": batch_url(agency, batch),
        "id": batch.number,
        "UID": batch.uid,
        "mode": batch.mode.value,
        "opened_at": instant(batch.opened_at),
        "opened_by": batch.opened_by,
        "outcomes": {outcome.value: batch.count(outcome) for outcome in Outcome},
        "undone": undone and {"at": instant(undone.at), "by": undone.by, "reason": undone.reason},
    }


def batch_json(agency: Agency, batch: Batch) -> dict[str, Any]:
    """A batch with what became of each file."""
    files = batch.files
    addresses = addresses_of(files)
    return {
        **batch_facts(agency, batch),
        "files": [file_json(file, addresses) for file in files],
    }


def file_json(
    file: ImportedFile, addresses: Mapping[str, str], reading: ProcedureReading | None = None
) -> dict[str, Any]:
    """What became of a file; with the ``reading`` at hand, also what was understood of it.

    ``error`` is there only where the file failed, ``document`` only while the document is.
    """
    entry: dict[str, Any] = {"file": file.name, "code": file.code, "title": file.title}
    if reading is not None:
        entry |= reading.as_json()
    entry |= {
        "warnings": [remark.as_json() for remark in file.remarks],
        "sha256": file.sha256,
        "outcome": file.outcome.value,
        "document": None,
    }
    if file.document in addresses:
        entry["document"] = {"@id": addresses[file.document], "UID": file.document}
    if file.error is not None:
        entry["error"] = file.error.message
    return entry


def addresses_of(files: Iterable[ImportedFile]) -> dict[str, str]:
    """Address of each document of these files that still exists, by its UID."""
    uids = [file.document for file in files if file.document is not None]
    if not uids:
        return {}
    catalog = api.portal.get_tool("portal_catalog")
    return {brain.UID: brain.getURL() for brain in catalog.unrestrictedSearchResults(UID=uids)}


def instant(at: datetime) -> str:
    """An instant in UTC as JSON has it."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
