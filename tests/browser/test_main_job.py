"""The whole main job, as the people of an agency and a citizen do it."""

from cast import make_agency
from cast import PASSWORD
import pytest
import transaction


pytestmark = pytest.mark.browser

TITLE = "Đăng ký khai sinh"
PURPOSE = "Hướng dẫn công dân đăng ký khai sinh tại Ủy ban nhân dân cấp xã."


@pytest.fixture
def agency_url(functional_portal):
    agency = make_agency(functional_portal)
    transaction.commit()
    return agency.absolute_url()


def write_procedure(page, agency_url):
    """Add a procedure and fill in its draft, each in its form; returns the URL of the draft."""
    page.goto(f"{agency_url}/++add++Procedure")
    page.fill('[name="form.widgets.IControlledDocument.title"]', TITLE)
    page.fill('[name="form.widgets.IControlledDocument.code"]', "QT 01/CX-HCTP")
    page.click("#form-buttons-save")
    page.wait_for_url("**/rev-1/edit")
    open_tab_of(page, '[name="form.widgets.IProcedureContent.purpose"]').fill(PURPOSE)
    page.click("#form-buttons-save")
    page.wait_for_url("**/rev-1")
    return page.url


def open_tab_of(page, selector):
    """Make the tab visible in which a field stands, and return the field."""
    page.wait_for_selector(".autotoc-nav a")
    field = page.locator(selector)
    if not field.is_visible():
        legend = field.locator("xpath=ancestor::fieldset[legend][1]/legend").text_content()
        page.locator(".autotoc-nav a", has_text=legend.strip()).click()
    return field


def decide(page, url, action, **fields):
    """Press one of the buttons of the panel, fill in the form it opens, and send it."""
    page.goto(url)
    page.click(f"#eqms-action-{action}")
    for name, value in fields.items():
        page.fill(f'[name="form.widgets.{name}"]', value)
    page.click(f"#form-buttons-{action}")
    page.wait_for_url(url)


def find(page, portal_url, words):
    """Search as a citizen does; returns the titles found."""
    page.goto(f"{portal_url}/@@documents")
    page.fill('main [name="q"]', words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page.locator("main .eqms-result a").all_inner_texts()


def test_from_the_first_draft_to_the_second_issue(visitors, agency_url, functional_portal):
    portal_url = functional_portal.absolute_url()
    author, reviewer = visitors("author"), visitors("reviewer")
    approver, citizen = visitors("approver"), visitors()

    draft_url = write_procedure(author, agency_url)
    document_url = draft_url.rsplit("/", 1)[0]
    assert find(citizen, portal_url, "khai sinh") == []
    assert citizen.goto(draft_url).status == 404

    decide(author, draft_url, "submit")
    decide(reviewer, draft_url, "sign", password=PASSWORD)
    decide(approver, draft_url, "sign", password=PASSWORD)

    assert any(TITLE in found for found in find(citizen, portal_url, "dang ky khai sinh"))
    citizen.click(f"main .eqms-result a:has-text('{TITLE}')")
    citizen.wait_for_url(document_url)
    assert PURPOSE in citizen.inner_text("main")
    assert "01/00" in citizen.inner_text("main")

    author.goto(document_url)
    author.click("text=/^(Revise|Sửa đổi.*)$/")
    author.click("#form-buttons-open")
    author.wait_for_url("**/rev-2/edit")
    open_tab_of(author, '[name="form.widgets.IProcedureContent.purpose"]').fill(PURPOSE + " Mới.")
    add_amendment(author, "Sửa mục đích", "Luật Hộ tịch")
    author.click("#form-buttons-save")
    author.wait_for_url("**/rev-2")
    next_url = author.url

    citizen.goto(document_url)
    assert "Mới." not in citizen.inner_text("main")
    decide(author, next_url, "submit")
    decide(reviewer, next_url, "sign", password=PASSWORD)
    citizen.goto(document_url)
    assert "Mới." not in citizen.inner_text("main")
    decide(approver, next_url, "sign", password=PASSWORD)
    citizen.goto(document_url)
    assert "Mới." in citizen.inner_text("main")
    assert "01/01" in citizen.inner_text("main")


def add_amendment(page, summary, ground):
    """Fill in the line of the amendment sheet that the grid offers."""
    open_tab_of(page, "#formfield-form-widgets-IRevision-amendments")
    line = "form.widgets.IRevision.amendments.AA.widgets"
    page.fill(f'[name="{line}.summary"]', summary)
    page.fill(f'[name="{line}.ground"]', ground)
