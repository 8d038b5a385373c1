"""A document controller marks a legal text as replaced; every reader of a procedure is told."""

from cast import add_document
from cast import issue
from references.test_reviewing_references import BASIS
from references.test_reviewing_references import write
from references.texts import add_text
import pytest
import transaction


pytestmark = pytest.mark.browser


@pytest.fixture
def document(live_agency):
    made = add_document(live_agency)
    write(made["rev-1"], legal_bases=[BASIS])
    issue(made["rev-1"])
    add_text(number="1/2026/NĐ-CP", title="Hộ tịch")
    transaction.commit()
    return made


def test_a_text_is_replaced(document, visitors):
    text = add_text()
    transaction.commit()
    keeper, reader = visitors("controller"), visitors()
    reader.goto(document.absolute_url())
    assert not reader.locator(".eqms-notice-outdated").count()

    keeper.goto(f"{text.absolute_url()}/edit")
    keeper.select_option("#form-widgets-validity", label="Expired")
    keeper.fill("#form-widgets-validity_since", "2026-07-01")
    keeper.locator("#formfield-form-widgets-replaced_by .select2-search-field input").fill(
        "nghi dinh 1/2026"
    )
    keeper.locator(".select2-result-label", has_text="1/2026/NĐ-CP").click()
    keeper.click("#form-buttons-save")
    keeper.wait_for_selector(".eqms-notice-retired")

    reader.reload()
    notice = reader.locator(".eqms-notice-outdated").inner_text()
    assert "Nghị định số 123/2015/NĐ-CP" in notice
    assert "replaced by Nghị định số 1/2026/NĐ-CP" in notice
    reader.locator(".eqms-notice-outdated a").first.click()
    reader.wait_for_selector(".eqms-notice-retired")
