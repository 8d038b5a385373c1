"""Approved revisions that wait to be issued or to come in force, from the catalog alone."""

from dataclasses import dataclass
from eqms.agencies.content import Agency
from eqms.documents.content import IRevision
from eqms.domain.revisions import DocumentState
from eqms.domain.revisions import State
from plone import api
from typing import Any


@dataclass(frozen=True)
class Waiting:
    """An approved revision; ``due`` is from when it is in force, None while nobody issued it."""

    uid: str
    document: str
    code: str
    title: str
    number: str
    url: str
    due: Any | None


def approved_revisions(agency: Agency) -> list[Waiting]:
    """What is approved in an agency and not in force yet, by code; what the reader may see."""
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog(
        object_provides=IRevision.__identifier__,
        review_state=State.APPROVED.value,
        path="/".join(agency.getPhysicalPath()),
    )
    documents = _documents(catalog, [_parent(brain) for brain in found])
    waiting = [
        Waiting(
            uid=brain.UID,
            document=documents[_parent(brain)].UID,
            code=documents[_parent(brain)].eqms_written_code or "",
            title=brain.Title,
            number=brain.eqms_number or "",
            url=brain.getURL(),
            due=brain.eqms_in_force_from or None,
        )
        for brain in found
        if _parent(brain) in documents
    ]
    return sorted(waiting, key=lambda item: (item.code, item.title))


def documents_to_abolish(agency: Agency) -> list[Any]:
    """Catalog entries of the documents that are in force or suspended, by code."""
    catalog = api.portal.get_tool("portal_catalog")
    states = (DocumentState.IN_FORCE, DocumentState.IN_FORCE_IN_PROGRESS, DocumentState.SUSPENDED)
    found = catalog(
        eqms_agency=api.content.get_uuid(agency),
        eqms_document_state=[state.value for state in states],
        show_inactive=True,
    )
    return sorted(found, key=lambda brain: (brain.eqms_written_code or "", brain.Title))


def _documents(catalog: Any, paths: list[str]) -> dict[str, Any]:
    if not paths:
        return {}
    found = catalog(path={"query": paths, "depth": 0}, show_inactive=True)
    return {brain.getPath(): brain for brain in found}


def _parent(brain: Any) -> str:
    return str(brain.getPath()).rpartition("/")[0]
