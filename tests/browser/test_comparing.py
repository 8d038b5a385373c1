"""Comparing revisions in a real browser: what people wrote never runs, on any screen."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from eqms.documents.drafting import revise
from plone import api
from plone.app.textfield import RichTextValue
from plone.namedfile.file import NamedBlobFile
import pytest
import transaction


pytestmark = pytest.mark.browser

EVIL = "<img src=x onerror=alert(1)><svg onload=alert(2)>\"'><script>alert(3)</script>"


def write(revision, word):
    """The same attack on both sides of the comparison, in each place that it shows."""
    revision.title = f"Khai sinh {word} {EVIL}"
    revision.purpose = f"Mục đích {word} {EVIL}"
    revision.text = RichTextValue(f"<p>{word} {EVIL}</p>", "text/html", "text/x-html-safe")
    revision.definitions = [{"term": f"{word} {EVIL}", "meaning": EVIL}]
    revision.steps = [
        {
            "title": f"Tiếp nhận hồ sơ {word} {EVIL}",
            "responsible": "Bộ phận tiếp nhận và trả kết quả",
            "times": ["½ ngày làm việc"],
            "output": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        }
    ]
    revision.source = NamedBlobFile(b"x", "text/plain", f"{word}{EVIL}.txt")


@pytest.fixture
def document(functional_portal):
    document = add_document(make_agency(functional_portal))
    write(document["rev-1"], "cũ")
    issue(document["rev-1"])
    with acting("author"):
        draft = revise(document)
        write(draft, "mới")
        api.content.create(draft, "File", id="tep", title=EVIL, file=draft.source)
    transaction.commit()
    return document


def watched(page):
    """Dialogs that a page opens: there must be none."""
    opened = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    return opened


def test_from_the_document_to_what_changed(visitors, document):
    page = visitors("author")
    dialogs = watched(page)
    page.goto(f"{document.absolute_url()}/rev-2")
    page.click(".eqms-revisions tr:has-text('01/01') a[href$='@@compare']")
    page.wait_for_url("**/rev-2/@@compare")
    purpose = page.locator("[id='redline-purpose']")
    assert purpose.locator("ins").text_content() == "[inserted:mới]"
    assert EVIL in purpose.text_content()
    assert page.locator(".eqms-redline img, .eqms-redline svg, .eqms-redline script").count() == 0

    everything = page.locator(".eqms-compare-switch")
    fields = page.locator(".eqms-redline h3").count()
    everything.click()
    page.wait_for_url("**all=1")
    assert page.locator(".eqms-redline h3").count() > fields
    assert dialogs == []


@pytest.mark.parametrize("view", ["@@redline", "@@compare", "@@compare?with=1&all=1"])
def test_nothing_that_people_wrote_runs(visitors, document, view):
    page = visitors("author")
    dialogs = watched(page)
    page.goto(f"{document.absolute_url()}/rev-2/{view}", wait_until="networkidle")
    assert dialogs == []
    assert page.locator("[onerror], [onload]").count() == 0


def test_a_telephone_need_not_scroll_sideways(visitors, document):
    page = visitors("author", viewport={"width": 390, "height": 800})
    page.goto(f"{document.absolute_url()}/rev-2/@@compare")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
