"""What document controllers of the demo do: decisions, proposals, signed copies."""

from collections.abc import Mapping
from eqms.agencies.content import Agency
from eqms.approval.copies.attaching import attach
from eqms.approval.copies.storage import PAPER
from eqms.approval.decisions.content import IssueDecision
from eqms.approval.decisions.entering import enter
from eqms.approval.decisions.entering import Entry
from eqms.approval.decisions.rows import abolish_row
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.approval.requests import acting
from eqms.approval.requests.storage import Kind
from eqms.demo import facts
from eqms.documents.dates import site_zone
from eqms.documents.upload import Upload
from eqms.domain.clock import today
from eqms.domain.vietnamese import slug
from plone import api
from plone.dexterity.utils import createContentInContainer
from plone.namedfile.file import NamedBlobFile
from typing import Any


SCAN_TYPE = "image/png"


def enter_decision(
    agency: Agency, controller: str, decision: facts.Decision, documents: Mapping[str, Any]
) -> IssueDecision:
    """Prepare a decision and enter it as signed today, with its scan.

    :param documents: those of the demo, by the names of their facts
    """
    [signer] = (person.name for person in facts.people() if person.login == decision.signer)
    with api.env.adopt_user(username=controller):
        made = createContentInContainer(
            agency,
            "IssueDecision",
            title=decision.title,
            grounds="\n".join(decision.grounds),
            recipients="\n".join(decision.recipients),
            position=decision.position,
            signer=signer,
        )
        rows = [issue_row(documents[name]["rev-1"]) for name in decision.issues]
        for name, successor in decision.abolishes.items():
            rows.append(abolish_row(documents[name], api.content.get_uuid(documents[successor])))
        set_rows(made, rows)
        scan = NamedBlobFile(facts.scan(), SCAN_TYPE, f"{slug(decision.number)}.png")
        enter(made, Entry(decision.number, today(site_zone()), signed_file=scan))
    return made


def make_proposals(
    document: Any, told: facts.Document, controller: str, approver: str, password: str
) -> None:
    """Propose what is told about a document; an approver signs some of it."""
    for proposal in told.proposals:
        with api.env.adopt_user(username=controller):
            request = acting.propose(
                document, Kind(proposal.kind), proposal.reason, why=proposal.why
            )
        if proposal.approved:
            with api.env.adopt_user(username=approver):
                acting.sign(document, request.proposal.number, password)


def attach_paper_copy(document: Any, copy: facts.PaperCopy, controller: str) -> None:
    """Attach the scan of the first revision as it was signed on paper."""
    upload = Upload(f"{slug(document.code)}.png", facts.scan())
    with api.env.adopt_user(username=controller):
        attach(document["rev-1"], PAPER, upload, place=copy.place, signers=copy.signers)
