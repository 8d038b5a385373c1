"""What waits, as JSON."""

from eqms.agencies.content import Agency
from eqms.exchange.corrections import draft_of
from eqms.exchange.serializer import instant
from eqms.exchange.staging.storage import StagedFile
from eqms.exchange.staging.storage import Staging
from eqms.exchange.word import ProcedureReading
from typing import Any


def staging_url(agency: Agency, staging: Staging) -> str:
    """Address of a staging by REST."""
    return f"{agency.absolute_url()}/@staging/{staging.number}"


def staging_facts(agency: Agency, staging: Staging) -> dict[str, Any]:
    """A staging without its files."""
    files = staging.files
    return {
        "@id": staging_url(agency, staging),
        "id": staging.number,
        "opened_at": instant(staging.opened_at),
        "opened_by": staging.opened_by,
        "expires_at": instant(staging.expires_at),
        "files_total": len(files),
    }


def staging_json(agency: Agency, staging: Staging) -> dict[str, Any]:
    """A staging with its files."""
    files = [file_json(agency, staging, file) for file in staging.files]
    return {**staging_facts(agency, staging), "files": files}


def file_json(
    agency: Agency,
    staging: Staging,
    file: StagedFile,
    reading: ProcedureReading | None = None,
) -> dict[str, Any]:
    """A file that waits; with the ``reading`` at hand also what was ``read``, field by field.

    ``draft`` is what a document would be made of: what was read, with the corrections in place.
    """
    entry: dict[str, Any] = {
        "@id": f"{staging_url(agency, staging)}/{file.number}",
        "id": file.number,
        "file": file.name,
        "sha256": file.sha256,
        "code": file.code,
        "title": file.title,
        "corrected": sorted(file.corrections),
        "warnings": [remark.as_json() for remark in file.remarks],
    }
    if file.error is not None:
        entry["error"] = file.error.message
    if reading is not None:
        entry |= {
            "reading": reading.as_json(),
            "read": draft_of(reading, {}),
            "corrections": dict(file.corrections),
            "draft": draft_of(reading, file.corrections),
        }
    return entry
