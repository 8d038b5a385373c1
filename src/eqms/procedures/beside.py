"""What only the site knows of a procedure: who else bears its code, and what became of the texts
it cites."""

from Acquisition import aq_parent
from collections.abc import Iterator
from collections.abc import Sequence
from eqms.agencies.lookup import agency_of
from eqms.documents.coding import register_of_codes
from eqms.domain.codes import canonical
from eqms.domain.legal_texts import keys_of
from eqms.domain.procedure_checks import Finding
from eqms.domain.procedure_checks import Place
from eqms.domain.procedure_checks.across import codes_shared
from eqms.domain.procedure_checks.across import Entry
from eqms.domain.procedure_checks.citations import Announced
from eqms.domain.procedure_checks.citations import announcements_differ
from eqms.domain.procedure_checks.citations import Citation
from eqms.domain.procedure_checks.citations import citations_outdated
from eqms.domain.revisions import DocumentState
from eqms.procedures.citing import keys_of_basis
from eqms.references.content import tthc_key
from eqms.references.lookup import entries_of
from eqms.references.lookup import outdated_among
from eqms.references.register import register_of_site
from eqms.references.vocabularies import ABOLISHED
from plone import api
from typing import Any


def findings_beside(revision: Any) -> list[Finding]:
    """What the site gives away of a revision."""
    return [
        *_codes(aq_parent(revision)),
        *citations_outdated(_citations(revision)),
        *announcements_differ(_announced(revision)),
    ]


def entries_with(codes: Sequence[str], agency: Any) -> list[Entry]:
    """Everything that bears one of some codes: in the agency, and in force elsewhere.

    Drafts of other agencies are left out: nobody is to learn of them. Dates of issue are not told.
    """
    own = api.content.get_uuid(agency)
    held = register_of_codes(agency)
    found = {
        holder.uid: Entry(holder.uid, holder.code, (own, *holder.scope), own, None)
        for code in codes
        for holder in held.holders(code)
    }
    catalog = api.portal.get_tool("portal_catalog")
    issued = [state.value for state in DocumentState if state is not DocumentState.NO_REVISION]
    elsewhere = catalog.unrestrictedSearchResults(
        eqms_code=[canonical(code) for code in codes], eqms_document_state=issued
    )
    for brain in elsewhere:
        if brain.eqms_agency != own:
            scope = (brain.eqms_agency, brain.eqms_field)
            found[brain.UID] = Entry(brain.UID, brain.eqms_written_code, scope, None, None)
    return list(found.values())


def _codes(document: Any) -> Iterator[Finding]:
    if not document.code:
        return
    uid = api.content.get_uuid(document)
    for key, finding in codes_shared(entries_with([document.code], agency_of(document))):
        if key == uid:
            yield finding


def _citations(revision: Any) -> Iterator[Citation]:
    for row, basis in enumerate(revision.legal_bases or ()):
        yield from _outdated(Place("legal_bases", row), keys_of_basis(basis))
    for row, line in enumerate(revision.references or ()):
        yield from _outdated(Place("references", row), keys_of(name=line).sure)
    for row, carried in enumerate(revision.administrative_procedures or ()):
        key = tthc_key(carried.get("code") or "")
        yield from _outdated(Place("administrative_procedures", row), [key] if key else [])


def _outdated(place: Place, keys: Sequence[str]) -> Iterator[Citation]:
    for entry in outdated_among(keys):
        successors = tuple(other.label for other in entries_of(entry.replaced_by))
        yield Citation(place, entry.label, True, successors)


def _announced(revision: Any) -> Iterator[Announced]:
    """Name and decision of the administrative procedures that are registered."""
    known = register_of_site()
    for row, carried in enumerate(revision.administrative_procedures or ()):
        key = tthc_key(carried.get("code") or "")
        entry = known.holder([key]) if key else None
        if entry is None or entry.state == ABOLISHED:
            continue
        place = Place("administrative_procedures", row)
        announced = api.portal.get().unrestrictedTraverse(entry.path)
        yield Announced(place, carried.get("name") or "", announced.title)
        yield Announced(place, carried.get("decision") or "", announced.decision or "")
