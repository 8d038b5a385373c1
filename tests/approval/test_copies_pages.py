"""Pages of signed copies, used as a browser without JavaScript does."""

from cast import issue
from cast import PASSWORD
from eqms.approval.copies.storage import copies_of
from lxml import html
from signed_pdf import DEPUTY
from signed_pdf import ISSUER
from signed_pdf import issuer
from signed_pdf import plain
from signed_pdf import signed
from signed_pdf import signed_once
from signed_pdf import SIGNER
import pytest
import requests
import transaction


JPEG = b"\xff\xd8\xff\xe0quet"


@pytest.fixture
def revision(live_document):
    issue(live_document["rev-1"])
    transaction.commit()
    return live_document["rev-1"]


class Person:
    """Somebody at a browser."""

    def __init__(self, name):
        self.session = requests.Session()
        self.session.auth = (name, PASSWORD)

    def page(self, url):
        self.answer = self.session.get(url, timeout=60)
        return html.fromstring(self.answer.text)

    def send(self, form, button, files=(), **values):
        data = {**dict(form.form_values()), **values, button: "1"}
        self.answer = self.session.post(form.action, data=data, files=files or None, timeout=60)
        transaction.begin()
        return html.fromstring(self.answer.text)


@pytest.fixture
def controller():
    return Person("controller")


def text(page):
    return " ".join(page.get_element_by_id("content").text_content().split())


def attach(person, revision, data=None, **values):
    page = person.page(f"{revision.absolute_url()}/@@signed-copies")
    form = page.get_element_by_id("eqms-attach-copy")
    file = ("ký số.pdf", data if data is not None else signed_once())
    return person.send(form, "attach", [("file", file)], **values)


def test_what_was_found_out_is_said_and_what_was_not_looked_at(controller, revision):
    shown = text(attach(controller, revision))
    assert controller.answer.url.endswith("/@@signed-copies")
    assert SIGNER in shown
    assert ISSUER in shown
    assert "Intact" in shown
    assert "revocation not checked" in shown
    assert "chain of certificates not checked" in shown
    assert "as the signer's computer said" in shown


def test_a_broken_one_says_so(controller, revision):
    broken = signed_once().replace(b"(Trang 1)", b"(Trang 7)")
    assert "Broken" in text(attach(controller, revision, broken))
    page = controller.page(revision.absolute_url())
    panel = page.xpath("//*[@aria-labelledby='eqms-panel-copies']")[0]
    assert "Broken" in panel.text_content()


def test_a_refusal_is_shown_and_nothing_attached(controller, revision):
    assert "no digital signature" in text(attach(controller, revision, plain()))
    assert copies_of(revision).copies == ()


def test_a_scan_names_its_signers_and_place_as_text(controller, revision):
    markup = "<img src=x onerror=alert(1)>"
    attach(controller, revision, JPEG, kind="paper", signers=markup, place=markup)
    assert copies_of(revision).copies[0].place == markup
    for url in (revision.absolute_url(), f"{revision.absolute_url()}/@@signed-copies"):
        page = controller.page(url)
        assert markup in page.text_content()
        assert not page.xpath("//img[@onerror]")


def test_striking_out_and_looking_again(controller, revision):
    attach(controller, revision)
    page = controller.page(f"{revision.absolute_url()}/@@signed-copies")
    form = page.get_element_by_id("eqms-copy-1").xpath(".//form")[0]
    controller.send(form, "verify")
    assert len(copies_of(revision).looks_at(1)) == 2
    shown = text(controller.send(form, "strike", reason="Nhầm văn bản"))
    assert "Nhầm văn bản" in shown
    assert copies_of(revision).struck(1).reason == "Nhầm văn bản"


def test_others_of_the_agency_read_and_save(controller, revision):
    attach(controller, revision)
    approver = Person("approver")
    page = approver.page(f"{revision.absolute_url()}/@@signed-copies")
    assert SIGNER in text(page)
    assert not page.xpath("//form[contains(@action, '@@signed-copies')]")
    [link] = page.xpath("//a[contains(@href, '@@signed-copy/')]/@href")
    assert approver.session.get(link, timeout=60).content == signed_once()


@pytest.mark.parametrize("name", [None, "member"])
def test_the_public_sees_nothing_of_them(controller, revision, name):
    attach(controller, revision, signed(plain(), issuer().signer(DEPUTY)))
    visitor = Person(name)
    if name is None:
        visitor.session.auth = None
    page = visitor.page(revision.absolute_url())
    assert visitor.answer.status_code == 200
    assert "eqms-panel-copies" not in visitor.answer.text
    assert DEPUTY not in page.text_content()
    visitor.page(f"{revision.absolute_url()}/@@signed-copies")
    assert DEPUTY not in visitor.answer.text


def test_without_the_token_of_the_form_nothing_happens(controller, revision):
    url = f"{revision.absolute_url()}/@@signed-copies"
    data = {"attach": "1", "kind": "digital"}
    files = [("file", ("x.pdf", signed_once()))]
    answer = controller.session.post(url, data=data, files=files, timeout=60)
    transaction.begin()
    assert answer.status_code == 403
    assert copies_of(revision).copies == ()


def test_many_at_once(controller, revision, live_agency):
    page = controller.page(f"{live_agency.absolute_url()}/@@attach-copies")
    form = page.get_element_by_id("eqms-attach-copies")
    files = [("files:list", (name, JPEG)) for name in ("QT 01-CX-HCTP.jpg", "không rõ.jpg")]
    values = {"kind": "paper", "signers": "Giám đốc", "place": "Văn thư"}
    page = controller.send(form, "attach", files, **values)
    rows = [row.text_content() for row in page.xpath("//table//tbody/tr")]
    assert "Attached" in rows[0]
    assert "No code" in rows[1]
    assert len(copies_of(revision).copies) == 1


def test_many_at_once_needs_a_file_and_the_controller(controller, live_agency):
    url = f"{live_agency.absolute_url()}/@@attach-copies"
    form = controller.page(url).get_element_by_id("eqms-attach-copies")
    assert "Choose a file" in text(controller.send(form, "attach", kind="paper"))
    author = Person("author")
    answer = author.session.get(url, timeout=60, allow_redirects=False)
    assert answer.status_code in (302, 401, 403)
