"""Loading the demo into a site."""

from collections.abc import Mapping
from eqms.agencies.content import Agency
from eqms.demo import facts
from eqms.demo import marking
from eqms.demo import pages
from eqms.demo.accounts import ACCOUNTS
from eqms.demo.agencies import add_agencies
from eqms.demo.agencies import fill_groups
from eqms.demo.arranging import arrange
from eqms.demo.arranging import record_absences
from eqms.demo.issuing import attach_paper_copy
from eqms.demo.issuing import enter_decision
from eqms.demo.issuing import make_proposals
from eqms.demo.people import add_people
from eqms.demo.references import register_references
from eqms.demo.taking_over import import_documents
from eqms.demo.writing import Office
from plone import api
from Products.CMFPlone.Portal import PloneSite
from typing import Any
from typing import Final
import logging


logger = logging.getLogger("eqms.demo")

OFFICER: Final = "chuongtrinh"
"""Adds the agencies and opens the migration window."""

LEADING: Final = "STP"
"""Code of the agency that most documents are of."""

WARD: Final = "P-BGN"
"""Code of an agency that gets the notices of the others."""


def load(site: PloneSite, accounts: Mapping[str, str]) -> None:
    """Make the demo as its people would, in the present transaction.

    The site must be the one of the present request, as it is after traversal.

    :param accounts: a password for each login of `ACCOUNTS`
    :raises ValueError: if the demo is there already, or a password is missing
    """
    if marking.is_marked():
        raise ValueError("The demo is loaded in this site already.")
    if missing := ACCOUNTS.keys() - accounts.keys():
        raise ValueError(f"No password for: {', '.join(sorted(missing))}")
    with api.env.adopt_roles(["Manager"]):
        marking.mark()
        passwords = add_people(accounts)
        folder = pages.add_folder(site, OFFICER)
        logger.info("%d people", len(passwords))
    agencies = add_agencies(folder, OFFICER)
    with api.env.adopt_roles(["Manager"]):
        fill_groups(agencies)
    arrange(agencies, passwords)
    logger.info("%d agencies", len(agencies))
    register_references(_groups(LEADING)["controllers"][0])
    documents = _write_documents(agencies, passwords)
    _import_documents(agencies[LEADING])
    _control_documents(documents, passwords)
    record_absences(agencies)
    with api.env.adopt_roles(["Manager"]):
        targets = {"agencies": folder, "justice": agencies[LEADING], "ward": agencies[WARD]}
        pages.add_front_page(site, {**targets, "search": pages.add_search(site), **documents})
    logger.info("front page")


def _write_documents(
    agencies: Mapping[str, Agency], passwords: Mapping[str, str]
) -> dict[str, Any]:
    """Add what people write in the site; returns the documents by the names of their facts."""
    offices = {code: Office(agency, passwords) for code, agency in agencies.items()}
    written = {}
    for name, document in facts.documents().items():
        if document.first.stage not in facts.IMPORTED:
            written[name] = offices[document.agency].add(document)
            logger.info("%s %s", document.code, document.title)
    for decision in facts.decisions():
        controller = _groups(decision.agency)["controllers"][0]
        enter_decision(agencies[decision.agency], controller, decision, written)
        logger.info("%s %s", decision.number, decision.title)
    for name, made in written.items():
        document = facts.documents()[name]
        offices[document.agency].revise(made, document)
    return written


def _control_documents(documents: Mapping[str, Any], passwords: Mapping[str, str]) -> None:
    """What controllers do about documents that are there."""
    for name, made in documents.items():
        told = facts.documents()[name]
        if told.proposals:
            groups = _groups(told.agency)
            approver = groups["approvers"][0]
            make_proposals(made, told, groups["controllers"][0], approver, passwords[approver])
        if told.paper_copy:
            attach_paper_copy(made, told.paper_copy, _groups(told.agency)["controllers"][0])


def _import_documents(agency: Agency) -> None:
    documents = [each for each in facts.documents().values() if each.first.stage in facts.IMPORTED]
    batch = import_documents(agency, _groups(agency.code), OFFICER, documents)
    logger.info("%d documents imported from Word", len(batch.created))


def _groups(code: str) -> Mapping[str, list[str]]:
    """Who is in the groups of an agency."""
    [groups] = (each.groups for each in facts.agencies() if each.code == code)
    return groups
