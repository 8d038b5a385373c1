"""What people write stays text on every page and in the files that are made of it."""

from cast import acting
from cast import make_agency
from cast import PASSWORD
from cast import PEOPLE
from eqms.approval import actions
from eqms.approval import substitution
from eqms.approval import waivers
from eqms.approval.decisions.docx import decision_docx
from eqms.approval.decisions.entering import enter
from eqms.approval.decisions.entering import Entry
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.approval.requests import acting as proposals
from eqms.approval.requests.storage import Kind
from eqms.documents.dates import site_zone
from eqms.documents.drafting import revise
from eqms.domain.clock import today
from eqms.domain.route import Waived
from eqms.domain.route_plan import plan_of
from io import BytesIO
from lxml import etree
from plone import api
from plone.namedfile.file import NamedBlobFile
from security.world import path_of
from zipfile import ZipFile
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import requests
import transaction


IMAGE = "<img src=x onerror=alert(1)>"
BREAK = '"><script>alert(2)</script>'
EVIL = f"{IMAGE}{BREAK}"
LIVE = ("<img src=x onerror", "<script>alert(2)")

OF_SITE = (
    "@@my-tasks",
    "@@signing-set",
    "@@substitutions",
    "@@mail-preferences",
    "@@clock",
    "@@trail",
    "@@route",
    "@@master-list",
    "@@workflow-inspector",
    "@@signing-code",
    "@@signing-codes",
    "@@search?SearchableText=img",
)
OF_AGENCY = (
    "",
    "@@desk",
    "@@trail",
    "@@route",
    "@@substitutions",
    "@@waivers",
    "@@master-list",
    "@@documents",
    "@@migration-window",
    "@@imports",
    "@@attach-copies",
    "edit",
)
OF_DOCUMENT = ("", "@@trail", "@@route", "@@requests", "@@propose-ending", "@@in-force", "@@revise")
OF_REVISION = (
    "",
    "edit",
    "@@compare?all=1",
    "@@redline",
    "@@trail",
    "@@signed-copies",
    "@@sign",
    "@@reject",
    "@@recall",
    "@@reassign",
    "@@rebase",
    "@@submit",
    "@@withdraw",
    "@@revision-body",
)
OF_DECISION = ("", "@@decision-rows", "@@issue-decision", "@@cancel-decision", "edit")
READERS = ("author", "reviewer", "approver", "controller", "manager")


@pytest.fixture(scope="class")
def site(functional_portal_class):
    portal = functional_portal_class
    make_agency(
        portal, people={name: (f"{name} {EVIL}", group) for name, (_, group) in PEOPLE.items()}
    )
    with api.env.adopt_roles(["Manager"]):
        api.user.create(username="manager", email="m@example.vn", password=PASSWORD)
        api.user.grant_roles(username="manager", roles=["Manager"])
    made = Site(portal, portal["so-tu-phap"])
    transaction.commit()
    return made


class Site:
    """A site in which everybody wrote markup wherever text is taken."""

    def __init__(self, portal, agency):
        self.portal, self.agency = portal, agency
        agency.title = f"Sở {EVIL}"
        agency.collective, agency.seat, agency.superior = EVIL, EVIL, EVIL
        agency.leaders = [
            {"person": person, "title": f"Chức vụ {EVIL}", "rank": rank, "fields": ""}
            for person, rank in (("approver", "head"), ("reviewer", "deputy"))
        ]
        agency.issue_mode = "by_decision"
        day = today(site_zone())
        with acting("controller"):
            substitution.record("reviewer", "member", day, day, EVIL, agency)
            waivers.record(agency, Waived.TWO_STEPS, EVIL, day, EVIL, day, day)
        self.in_force = self.document("QT 1")
        self.first = self.in_force["rev-1"]
        self.approve(self.first)
        self.issued = self.decide(self.first)
        self.prepared = self.decide(self.waiting("QT 2"))
        with acting("author"):
            self.next = revise(self.in_force)
            self.write(self.next)
            actions.transition(self.next, "submit", EVIL)
        with acting("reviewer"):
            actions.transition(self.next, "reject", EVIL)
        with acting("author"):
            actions.transition(self.next, "submit", EVIL)
        self.draft = self.document("QT 3")["rev-1"]
        document = self.document("QT 4")
        self.approve(document["rev-1"])
        self.decide(document["rev-1"])
        with acting("controller"):
            proposals.propose(document, Kind.SUSPEND, EVIL)
        self.proposed = document

    def document(self, code):
        with acting("author"):
            made = api.content.create(
                self.agency, "WorkInstruction", title=f"Quy trình {EVIL}", code=code
            )
            made._route_plan = plan_of(
                {
                    "steps": [
                        {
                            "phase": "review",
                            "title": f"Bước {IMAGE}",
                            "meaning": IMAGE,
                            "members": ["person:reviewer"],
                        },
                        {"phase": "approval", "members": ["person:approver"]},
                    ]
                }
            )
            self.write(made["rev-1"])
        return made

    def write(self, revision):
        revision.title = f"Bản {EVIL}"
        revision.description = EVIL
        revision.source = NamedBlobFile(b"x", "application/msword", f"a{EVIL}.doc")
        number = f"{revision.issue_no:02}/{revision.amendment_no:02}"
        revision.amendments = [{"number": number, "place": EVIL, "summary": EVIL, "ground": EVIL}]
        notify(ObjectModifiedEvent(revision))

    def approve(self, revision):
        with acting("author"):
            actions.transition(revision, "submit", EVIL)
        for person, meaning in (("reviewer", "review"), ("approver", "approval")):
            with acting(person):
                actions.sign(revision, meaning, PASSWORD, EVIL)
        return revision

    def waiting(self, code):
        return self.approve(self.document(code)["rev-1"])

    def decide(self, revision):
        with acting("controller"):
            made = api.content.create(
                self.agency,
                "IssueDecision",
                title=f"Về việc {EVIL}",
                grounds=EVIL,
                recipients=EVIL,
                capacity=EVIL,
                position=EVIL,
                signer=EVIL,
            )
            set_rows(made, [issue_row(revision)])
            if revision.getId() == "rev-1" and revision.__parent__.code != "QT 2":
                signed = NamedBlobFile(b"%PDF-1.7", "application/pdf", f"qd{EVIL}.pdf")
                enter(made, Entry(EVIL, today(site_zone()), signed_file=signed))
        return made

    def addresses(self):
        """Every page of every thing, below the site."""
        things = (
            (OF_SITE, [self.portal]),
            (OF_AGENCY, [self.agency]),
            (OF_DOCUMENT, [self.in_force, self.proposed]),
            (OF_REVISION, [self.first, self.next, self.draft]),
            (OF_DECISION, [self.issued, self.prepared]),
        )
        for pages, items in things:
            for item in items:
                yield from (f"{path_of(item)}/{page}".strip("/") for page in pages)

    def get(self, person, path):
        url = f"{self.portal.absolute_url()}/{path}"
        return requests.get(
            url, auth=(person, PASSWORD), headers={"Accept": "text/html"}, timeout=60
        )


class TestPages:
    @pytest.mark.parametrize("person", READERS)
    def test_none_lets_markup_through(self, site, person):
        live, errors, shown = {}, {}, 0
        for address in site.addresses():
            answer = site.get(person, address)
            if answer.status_code >= 500:
                errors[address] = answer.status_code
            found = [mark for mark in LIVE if mark in answer.text]
            if found:
                at = answer.text.index(found[0])
                live[address] = answer.text[max(0, at - 120) : at + 60]
            shown += "&lt;img src=x" in answer.text
        assert (live, errors) == ({}, {})
        assert shown > 20


class TestFiles:
    def test_a_decision_is_well_formed_and_named_plainly(self, site):
        for decision in (site.issued, site.prepared):
            with ZipFile(BytesIO(decision_docx(decision))) as parts:
                for name in parts.namelist():
                    if name.endswith(".xml"):
                        etree.fromstring(parts.read(name))
            answer = site.get("controller", f"{path_of(decision)}/@@decision-docx")
            told = answer.headers["Content-Disposition"]
            assert answer.status_code == 200
            assert told.startswith("attachment")
            assert "<" not in told and "\n" not in told

    def test_a_signed_file_is_never_shown_as_a_page(self, site):
        answer = site.get("controller", f"{path_of(site.issued)}/@@download/signed_file")
        assert answer.headers["Content-Disposition"].startswith("attachment")
