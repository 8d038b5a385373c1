"""Whole jobs of the people of an office, each as the person does it."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from datetime import timedelta
from eqms.approval import actions
from eqms.approval.record import record_of
from eqms.documents.content import number_of
from eqms.documents.dates import site_zone
from eqms.documents.drafting import revise
from eqms.domain import clock
from eqms.domain.revisions import Kind
from plone import api
import pytest
import transaction


pytestmark = pytest.mark.browser

OLD = "Hướng dẫn công dân đăng ký khai sinh"
NEW = "Hướng dẫn công dân đăng ký khai sinh tại phường"


@pytest.fixture
def agency(functional_portal):
    agency = make_agency(functional_portal)
    agency.collective = "Ủy ban nhân dân"
    agency.leaders = [
        {"person": "approver", "title": "Phó Chủ tịch", "rank": "deputy", "fields": ""}
    ]
    transaction.commit()
    return agency


@pytest.fixture
def document(agency):
    """A procedure in force."""
    document = in_force(agency, "QT 01/CX-HCTP")
    transaction.commit()
    return document


@pytest.fixture
def people(visitors):
    """Browser windows of people, in none of which anything may go wrong unseen."""
    wrong = []

    def visit(name=None):
        page = visitors(name)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: said.type == "error" and wrong.append(said.text))
        return page

    yield visit
    assert [said for said in wrong if "403 (Forbidden)" not in said] == []


def in_force(agency, code):
    document = add_document(agency, code)
    document["rev-1"].purpose = OLD
    issue(document["rev-1"])
    return document


def amend(document, purpose=NEW, kind=Kind.NORMAL, submit=True, **values):
    """Open the next revision and write it; submitted, it is reviewed and waits for approval."""
    with acting("author"):
        draft = revise(document, kind=kind)
        draft.purpose = purpose
        for name, value in values.items():
            setattr(draft, name, value)
        draft.amendments = [
            *(draft.amendments or ()),
            {
                "number": number_of(draft),
                "place": "Mục 1",
                "summary": "Nêu rõ nơi đăng ký",
                "ground": "Góp ý của phường",
            },
        ]
        if submit:
            actions.transition(draft, "submit")
    if submit:
        with acting("reviewer"):
            actions.sign(draft, "review", PASSWORD)
    transaction.commit()
    return draft


def test_a_signer_sees_what_changes_and_signs(people, document):
    draft = amend(document)
    approver, citizen = people("approver"), people()
    assert approver.url.endswith("/@@my-tasks")
    approver.click(".eqms-tasks a.btn")
    approver.wait_for_url("**/@@sign")
    assert approver.locator("#redline-purpose ins").text_content().strip(" []").endswith("phường")
    capacity = '[name="form.widgets.capacity:list"]'
    approver.select_option(capacity, label="TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")
    approver.fill('[name="form.widgets.password"]', "Sai-mat-khau-1")
    approver.click("#form-buttons-sign")
    assert approver.locator(".alert-danger").first.is_visible()
    assert approver.input_value('[name="form.widgets.password"]') == ""
    transaction.begin()
    assert [row.meaning for row in record_of(draft).signatures] == ["review"]

    approver.fill('[name="form.widgets.password"]', PASSWORD)
    approver.select_option(capacity, label="TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")
    approver.click("#form-buttons-sign")
    approver.wait_for_url(draft.absolute_url())
    transaction.begin()
    assert record_of(draft).signatures[-1].lines[0] == "TM. ỦY BAN NHÂN DÂN"
    citizen.goto(document.absolute_url())
    assert NEW in citizen.inner_text("main")


def test_a_set_is_signed_with_one_password(people, agency, document):
    other = in_force(agency, "QT 02/CX-HCTP")
    amend(document)
    amend(other)
    approver, citizen = people("approver"), people()
    approver.click("#eqms-action-signing-set")
    for box in approver.locator('#eqms-signing-set-choice [type="checkbox"]').all():
        box.check()
    approver.click('#eqms-signing-set-choice [type="submit"]')
    approver.fill("#signing-set-password", PASSWORD)
    approver.click('#eqms-signing-set [name="sign"]')
    approver.wait_for_url("**/@@my-tasks")
    assert approver.locator(".eqms-tasks").count() == 0
    for each in (document, other):
        citizen.goto(each.absolute_url())
        assert NEW in citizen.inner_text("main")


def test_what_was_approved_waits_for_the_decision(people, agency, document):
    agency.issue_mode = "by_decision"
    draft = amend(document)
    with acting("approver"):
        actions.sign(draft, "approval", PASSWORD)
    transaction.commit()
    controller, citizen = people("controller"), people()
    citizen.goto(document.absolute_url())
    assert NEW not in citizen.inner_text("main")

    controller.goto(f"{agency.absolute_url()}/@@desk")
    controller.click("#eqms-decide")
    controller.click("#eqms-issue-decision")
    controller.fill('[name="form.widgets.number"]', "12/QĐ-STP")
    today = clock.today(site_zone())
    controller.fill('[name="form.widgets.decided_on"]', today.isoformat())
    controller.fill('[name="form.widgets.signer"]', "Trịnh Quốc Vinh")
    controller.click("#form-buttons-issue")
    controller.wait_for_selector("main >> text=12/QĐ-STP")
    citizen.reload()
    assert NEW in citizen.inner_text("main")


def test_an_urgent_correction_is_taken_over_by_the_draft_in_progress(people, document):
    draft = amend(document, submit=False)
    urgent = amend(document, purpose=OLD, kind=Kind.URGENT, scope="Toàn phường")
    with acting("approver"):
        actions.sign(urgent, "approval", PASSWORD)
    transaction.commit()
    author = people("author")
    author.goto(f"{draft.absolute_url()}/@@submit")
    author.click("#form-buttons-submit")
    assert author.locator(".alert-danger").first.is_visible()

    author.goto(document.absolute_url())
    author.click(".eqms-rebase-link")
    author.click('main form [type="submit"]')
    author.goto(draft.absolute_url())
    author.click("#eqms-action-submit")
    author.click("#form-buttons-submit")
    author.wait_for_url(draft.absolute_url())
    transaction.begin()
    assert (draft.purpose, draft.scope) == (NEW, "Toàn phường")
    assert api.content.get_state(draft) == "in_review"


def test_a_suspension_is_proposed_and_signed(people, document):
    controller, approver, citizen = people("controller"), people("approver"), people()
    controller.goto(document.absolute_url())
    controller.click("#eqms-requests")
    controller.click("#eqms-propose")
    controller.select_option('[name="form.widgets.kind:list"]', "suspend")
    controller.fill('[name="form.widgets.reason"]', "Đang số hóa sổ gốc")
    controller.click("#form-buttons-propose")
    controller.wait_for_selector(".eqms-proposals")
    citizen.goto(document.absolute_url())
    assert OLD in citizen.inner_text("main")

    approver.goto(f"{document.absolute_url()}/@@requests")
    approver.click('a[href*="@@sign-request"]')
    approver.fill('[name="form.widgets.password"]', PASSWORD)
    approver.click("#form-buttons-sign")
    approver.wait_for_url("**/@@requests")
    citizen.reload()
    assert citizen.locator(".eqms-notice-suspended").is_visible()
    assert OLD not in citizen.inner_text("main")


def test_an_auditor_reads_the_trail_and_the_list_of_a_past_day(people, agency, functional_portal):
    api.user.create(email="auditor@example.vn", username="auditor", password=PASSWORD)
    api.user.grant_roles(username="auditor", roles=["QMS Auditor"])
    with clock.frozen(clock.now() - timedelta(days=60)):
        document = in_force(agency, "QT 01/CX-HCTP")
    draft = amend(document)
    with acting("approver"):
        actions.sign(draft, "approval", PASSWORD)
    transaction.commit()
    auditor = people("auditor")
    auditor.goto(f"{document.absolute_url()}/@@trail")
    assert auditor.locator(".eqms-trail-whole").is_visible()
    assert auditor.locator(".eqms-trail .eqms-action-signed").count() == 4

    auditor.goto(f"{agency.absolute_url()}/@@master-list")
    listed = auditor.locator(".eqms-master-list tbody tr")
    assert "01/01" in listed.inner_text()
    past = clock.today(site_zone()) - timedelta(days=30)
    auditor.fill("#eqms-on", past.isoformat())
    auditor.click('.eqms-filters [type="submit"]')
    auditor.wait_for_url("**on=*")
    assert "01/00" in listed.inner_text()
