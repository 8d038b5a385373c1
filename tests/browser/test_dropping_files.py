"""Twelve Word files dropped at once, one finding put right, and the lot put into review."""

from base64 import b64encode
from cast import make_agency
from docx import Document
from eqms.exchange.staging.storage import stagings_of
from eqms.exchange.storage import log_of
from eqms.exchange.storage import Outcome
from exchange.word.build import customary
from io import BytesIO
from plone import api
import pytest
import transaction


pytestmark = pytest.mark.browser

COUNT = 12

DROP = """(area, files) => {
    const dropped = new DataTransfer();
    for (const [name, data] of files) {
        const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
        dropped.items.add(new File([bytes], name));
    }
    area.dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, bubbles: true}));
}"""


@pytest.fixture
def agency(functional_portal):
    agency = make_agency(functional_portal)
    transaction.commit()
    return agency


def procedure(number):
    """A procedure with a code and title of its own; that of number 7 says no date of issue."""
    document = Document(BytesIO(customary(margins=None)))
    for cell in {cell._tc: cell for cell in document.tables[0]._cells}.values():
        for paragraph in cell.paragraphs:
            text = paragraph.text.replace("QT-VH-07", f"QT-VH-{number:02}")
            text = text.replace("tổ chức lễ hội", f"tổ chức lễ hội {number}")
            if number == 7:
                text = text.replace("09/3/2026", "ngày chẵn")
            if text != paragraph.text:
                paragraph.text = text
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def drop(page, agency_url):
    """Drop the files on the form, and wait until each was read."""
    files = [
        (f"{number:02}. Lễ hội.docx", b64encode(procedure(number)).decode())
        for number in range(1, COUNT + 1)
    ]
    page.goto(f"{agency_url}/@@import-word")
    page.eval_on_selector(".eqms-drop", DROP, files)
    page.click("button[name=stage]")
    page.wait_for_selector("#eqms-progress li.text-success")
    assert page.locator("#eqms-progress li").count() == COUNT
    page.wait_for_url("**/@@staging?id=1")


def test_twelve_files_are_looked_at_corrected_and_put_into_review(visitors, agency):
    page = visitors("author")
    drop(page, agency.absolute_url())
    assert page.locator(".eqms-staging tbody tr").count() == COUNT
    agency._p_jar.sync()
    assert agency.objectIds() == []

    page.click("text=07. Lễ hội.docx")
    page.wait_for_url("**/@@staged-file?id=1&file=7")
    assert "ngày chẵn" in page.locator("#eqms-findings").inner_text()
    assert "Thẩm định nội dung" in page.locator("#eqms-source").inner_text()
    assert page.input_value("[name=issued_on]") == ""
    page.fill("[name=issued_on]", "2026-03-09")
    page.fill('[name="steps.1.times"]', "02 ngày")
    page.click("button[name=back]")
    page.wait_for_url("**/@@staging?id=1")
    assert page.locator(".eqms-staging .badge").count() == 1

    page.click("text=07. Lễ hội.docx")
    page.wait_for_url("**/@@staged-file?id=1&file=7")
    assert "ngày chẵn" not in page.locator("#eqms-findings").inner_text()
    page.click("#eqms-staged-form a.btn-link")
    page.check("#eqms-mode-review")
    page.click("button[name=commit]")
    page.wait_for_url("**/@@import-batch?id=1")
    agency._p_jar.sync()
    batch = log_of(agency).batch(1)
    assert [file.outcome for file in batch.files] == [Outcome.CREATED] * COUNT
    assert stagings_of(agency) == []
    documents = [each for each in agency.objectValues() if each.portal_type == "Procedure"]
    assert len(documents) == COUNT
    assert {api.content.get_state(each["rev-1"]) for each in agency.objectValues()} == {"in_review"}
    assert agency["qt-vh-07"]["rev-1"].steps[1]["times"] == ["02 ngày"]
    assert agency["qt-vh-08"]["rev-1"].steps[1]["times"] == ["03 ngày"]
