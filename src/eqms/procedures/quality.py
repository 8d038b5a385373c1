"""What the checks find in all procedures of an agency, without waking one of them.

The names of what a revision gives away itself stand in the catalog. What only shows beside others
(codes, dates, texts that were replaced since) is worked out anew with each report.
"""

from collections import Counter
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from eqms import _
from eqms.agencies.content import Agency
from eqms.documents.coding import register_of_codes
from eqms.documents.dates import site_zone
from eqms.documents.errors import bad_request
from eqms.domain import clock
from eqms.domain.procedure_checks import SEVERITIES
from eqms.domain.procedure_checks.across import check_across
from eqms.domain.procedure_checks.across import Entry
from eqms.domain.revisions import OPEN
from eqms.domain.revisions import State
from eqms.domain.vietnamese import sort_key
from eqms.procedures.beside import entries_with
from eqms.procedures.content import IProcedure
from eqms.procedures.content import IProcedureContent
from eqms.procedures.indexers import names_on
from eqms.references.lookup import CITES
from eqms.references.lookup import citing
from eqms.references.lookup import expired_keys
from eqms.references.lookup import outdated_among
from plone import api
from typing import Any
from typing import Final


_REPORTED: Final = tuple(state.value for state in (*OPEN, State.IN_FORCE, State.SUSPENDED))


@dataclass(frozen=True, slots=True)
class Line:
    """A revision on its way or in force, with the names of the checks that find something.

    ``url`` is its address, ``code`` that of its document; ``state`` its workflow state.
    """

    url: str
    code: str
    title: str
    number: str
    state: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The lines with findings by code; ``counts`` says how many each check has, of all lines.

    ``revisions`` is how many were looked at.
    """

    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    revisions: int


def report_on(agency: Agency, check: str = "") -> Report:
    """The report on an agency, of what the caller may see.

    :param check: to have the lines of one check only; the counts are of all
    """
    lines = list(_lines(agency))
    counts = Counter(name for line in lines for name in line.checks)
    wanted = [line for line in lines if (check in line.checks if check else line.checks)]
    wanted.sort(key=lambda line: (sort_key(line.code), sort_key(line.title), line.url))
    ordered = {name: counts[name] for name in SEVERITIES if counts[name]}
    return Report(tuple(wanted), ordered, len(lines))


def asked_for(request: Any) -> str:
    """The check that a request asks for; empty for all of them.

    :raises BadRequest: if there is no such check
    """
    name = str(request.form.get("check") or "")
    if name and name not in SEVERITIES:
        raise bad_request(
            _("error_no_check", default="There is no check “${name}”.", mapping={"name": name})
        )
    return name


def _lines(agency: Agency) -> Iterator[Line]:
    catalog = api.portal.get_tool("portal_catalog")
    path = "/".join(agency.getPhysicalPath())
    documents = {
        brain.getPath(): brain
        for brain in catalog(path=path, object_provides=IProcedure.__identifier__)
    }
    beside = _beside(agency, list(documents.values()))
    outdated = _outdated(path)
    day = clock.today(site_zone())
    revisions = catalog(
        path=path, object_provides=IProcedureContent.__identifier__, review_state=_REPORTED
    )
    for brain in revisions:
        own = brain.getPath()
        document = documents.get(own.rpartition("/")[0])
        if document is None:
            continue
        names = set(names_on(brain.eqms_findings, day)) | beside.get(document.UID, set())
        if brain.review_state == State.IN_FORCE:
            names |= outdated.get(document.UID, set())
        yield Line(
            url=brain.getURL(),
            code=document.eqms_written_code or "",
            title=brain.Title,
            number=brain.eqms_number or "",
            state=brain.review_state,
            checks=tuple(name for name in SEVERITIES if name in names),
        )


def _beside(agency: Agency, documents: list[Any]) -> Mapping[str, AbstractSet[str]]:
    """Names of the checks of codes and dates, by the UID of the document."""
    own = api.content.get_uuid(agency)
    issued = {brain.UID: _day(brain.eqms_issued_on) for brain in documents}
    codes = register_of_codes(agency).codes()
    bearers = [
        entry for entry in entries_with(codes, agency) if entry.group != own or entry.key in issued
    ]
    dated = [Entry(uid, "", None, own, day) for uid, day in issued.items()]
    found = check_across([*bearers, *dated])
    return {uid: {finding.name for finding in findings} for uid, findings in found.items()}


def _outdated(path: str) -> Mapping[str, AbstractSet[str]]:
    """Names of the checks of legal texts, by the UID of the documents in force that cite them."""
    keys = expired_keys()
    if not keys:
        return {}
    cites = api.portal.get_tool("portal_catalog")._catalog.indexes[CITES]
    return {
        brain.UID: {
            "text_replaced" if entry.replaced_by else "text_expired"
            for entry in outdated_among(cites.getEntryForObject(brain.getRID(), ()))
        }
        for brain in citing(sorted(keys), path=path)
    }


def _day(moment: Any) -> date | None:
    return moment.asdatetime().astimezone(site_zone()).date() if moment else None
