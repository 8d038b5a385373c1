"""Pages of imports and of migration, used as a browser without JavaScript does."""

from cast import PASSWORD
from eqms.documents.migration import window_of
from eqms.exchange.storage import log_of
from eqms.exchange.storage import Outcome
from files import CODE
from files import procedure
from files import TITLE
from lxml import html
import pytest
import requests


FILE = procedure()
OTHER = procedure(code="QT 06/CX-HCTP", title="Gia hạn giấy phép")


class Person:
    """Somebody at a browser."""

    def __init__(self, agency, name):
        self.agency = agency
        self.session = requests.Session()
        self.session.auth = (name, PASSWORD)

    def page(self, url):
        return self._shown(self.session.get(f"{self.agency.absolute_url()}/{url}"))

    def send(self, page, form_id, button, files=(), **values):
        form = page.get_element_by_id(form_id)
        data = {**dict(form.form_values()), **values}
        for name, value in [button]:
            data[name] = value
        answer = self.session.post(
            form.action,
            data=data,
            files=[("files:list", file) for file in files] or None,
        )
        return self._shown(answer)

    def _shown(self, answer):
        self.agency._p_jar.sync()
        self.status, self.url = answer.status_code, answer.url
        return html.fromstring(answer.text)


def text(page):
    return " ".join(page.get_element_by_id("content").text_content().split())


@pytest.fixture
def author(live_agency):
    return Person(live_agency, "author")


@pytest.fixture
def controller(live_agency):
    return Person(live_agency, "controller")


@pytest.fixture
def window(live_agency, request_factory):
    request_factory(role="Manager").post(
        f"/{live_agency.getId()}/@migration-window",
        json={"until": "2099-12-31", "reason": "Chuyển tài liệu giấy"},
    )


def upload(person, *files, **values):
    page = person.page("@@import-word")
    return person.send(page, "eqms-import-form", ("import", "1"), files, **values)


def test_an_author_imports_a_procedure_and_sees_what_came_of_it(author, live_agency):
    page = upload(author, ("Lễ hội.docx", FILE), ("hỏng.docx", b"x"), ("Gia hạn.docx", OTHER))
    assert author.url.endswith("/@@import-batch?id=1")
    assert [file.outcome for file in log_of(live_agency).batch(1).files] == [
        Outcome.CREATED,
        Outcome.FAILED,
        Outcome.CREATED,
    ]
    [link] = [link for link in page.iterlinks() if link[2].endswith("/qt-05-cx-hctp")]
    assert TITLE in link[0].text_content()
    assert "This is not a Word document" in text(page)
    assert page.xpath("//table//th[@scope='col']")

    listed = author.page("@@imports")
    assert "Lê Thị Soạn" in text(listed)
    assert listed.xpath("//a[contains(@href, '@@import-batch?id=1')]")


def test_without_a_file_nothing_begins(author, live_agency):
    page = upload(author)
    assert page.xpath("//*[@role='alert']")
    assert log_of(live_agency).batches == []


def test_a_file_that_is_too_large_fails_for_itself(author, live_agency, monkeypatch):
    from eqms.exchange import incoming

    monkeypatch.setattr(incoming, "LONGEST", len(FILE))
    upload(author, ("lớn.docx", FILE + b"x"), ("Lễ hội.docx", FILE))
    large, fine = log_of(live_agency).batch(1).files
    assert (large.outcome, large.error.check) == (Outcome.FAILED, "file_too_large")
    assert fine.outcome is Outcome.CREATED


def test_findings_are_listed_with_their_place(author):
    collides = procedure(title="Việc khác", issuer="SỞ XÂY DỰNG")
    page = upload(author, ("một.docx", FILE), ("hai.docx", collides))
    assert f"The code {CODE} is held by another document" in text(page)
    assert "“SỞ XÂY DỰNG”" in text(page)


def test_an_import_is_undone_with_a_reason(author, live_agency):
    page = upload(author, ("Lễ hội.docx", FILE))
    page = author.send(page, "eqms-undo-import", ("undo", "1"), reason=" ")
    assert page.xpath("//*[@role='alert']")
    assert live_agency.objectIds() == ["qt-05-cx-hctp"]
    page = author.send(page, "eqms-undo-import", ("undo", "1"), reason="Nhầm đơn vị")
    assert live_agency.objectIds() == []
    assert "Nhầm đơn vị" in page.get_element_by_id("eqms-import-undone").text_content()
    assert page.get_element_by_id("eqms-undo-import", None) is None
    assert TITLE in text(page)


def test_what_it_cannot_take_back_it_names(author, live_agency):
    page = upload(author, ("Lễ hội.docx", FILE))
    draft = f"{live_agency.absolute_url()}/qt-05-cx-hctp/rev-1"
    author.session.post(f"{draft}/@submit", headers={"Accept": "application/json"})
    page = author.send(page, "eqms-undo-import", ("undo", "1"), reason="Nhầm")
    [alert] = page.xpath("//*[@role='alert']")
    assert TITLE in alert.text_content()
    assert "submitted" in alert.text_content()
    assert live_agency.objectIds() == ["qt-05-cx-hctp"]


def test_a_form_without_its_token_changes_nothing(author, live_agency):
    page = upload(author, ("Lễ hội.docx", FILE))
    author.send(page, "eqms-undo-import", ("undo", "1"), reason="Nhầm", _authenticator="giả")
    assert live_agency.objectIds() == ["qt-05-cx-hctp"]


@pytest.mark.parametrize("number", ["", "0", "2", "x"])
def test_an_import_that_there_is_not_is_not_found(author, number):
    author.page(f"@@import-batch?id={number}")
    assert author.status == 404


@pytest.mark.parametrize("name", ["reviewer", "member"])
def test_others_see_no_imports(live_agency, name):
    person = Person(live_agency, name)
    for page in ("@@imports", "@@import-word", "@@import-batch?id=1"):
        person.page(page)
        assert person.url.partition("?")[0].endswith(
            ("require_login", "login", "insufficient-privileges")
        )


class TestInForce:
    def mode(self, page):
        return page.get_element_by_id("eqms-import-in-force")

    def test_the_mode_can_be_chosen_only_in_a_window(self, author, controller):
        assert self.mode(controller.page("@@import-word")).get("disabled")
        assert "only while a migration window" in text(controller.page("@@import-word"))

    def test_and_only_by_controllers(self, author, controller, window):
        assert self.mode(author.page("@@import-word")).get("disabled")
        assert not self.mode(controller.page("@@import-word")).get("disabled")

    def test_forced_nevertheless_it_is_refused(self, author, live_agency, window):
        page = upload(author, ("Lễ hội.docx", FILE), mode="in_force")
        assert page.xpath("//*[@role='alert']")
        assert live_agency.objectIds() == []

    def test_taken_over_confirmed_by_an_approver(self, controller, live_agency, window):
        upload(controller, ("Lễ hội.docx", FILE), mode="in_force")
        approver = Person(live_agency, "approver")
        revision = live_agency["qt-05-cx-hctp"]["rev-1"]
        assert revision.taken_over
        form = approver.page("qt-05-cx-hctp/rev-1/@@confirm-migration")
        page = approver.send(form, "form", ("form.buttons.confirm", "Confirm"))
        assert approver.status == 200
        assert "confirmed" in page.text_content()
        assert revision.taken_over["confirmed_by"] == "approver"

    def test_a_refused_confirmation_says_why(self, controller, live_agency, window):
        upload(controller, ("Lễ hội.docx", FILE), mode="in_force")
        revision = live_agency["qt-05-cx-hctp"]["rev-1"]
        approver = Person(live_agency, "approver")
        form = approver.page("qt-05-cx-hctp/rev-1/@@confirm-migration")
        approver.send(form, "form", ("form.buttons.confirm", "Confirm"))
        page = approver.send(form, "form", ("form.buttons.confirm", "Confirm"))
        assert "waits for confirmation" in page.text_content()
        assert len(revision.taken_over) == 5


class TestWindow:
    @pytest.fixture
    def manager(self, live_agency):
        from plone.app.testing import SITE_OWNER_NAME
        from plone.app.testing import SITE_OWNER_PASSWORD

        person = Person(live_agency, "")
        person.session.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
        return person

    def send(self, person, button, **values):
        page = person.page("@@migration-window")
        values = {f"form.widgets.{name}": value for name, value in values.items()}
        return person.send(page, "form", (f"form.buttons.{button}", button), **values)

    def test_it_is_opened_and_closed(self, manager, live_agency):
        self.send(manager, "open", until="2099-12-31", reason="Chuyển đổi")
        window = window_of(live_agency)
        assert (window.until.isoformat(), window.reason) == ("2099-12-31", "Chuyển đổi")
        assert "31/12/2099" in text(manager.page("@@migration-window"))
        self.send(manager, "close")
        assert window_of(live_agency) is None

    def test_what_is_refused_is_said(self, manager, live_agency):
        page = self.send(manager, "open", until="2020-12-31", reason="Chuyển đổi")
        assert "passed" in text(page)
        assert window_of(live_agency) is None

    def test_controllers_get_no_form(self, controller):
        controller.page("@@migration-window")
        assert "login" in controller.url or "privileges" in controller.url
