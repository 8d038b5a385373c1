"""Pages of files that wait, used as a browser without JavaScript does."""

from eqms.exchange.staging.storage import stagings_of
from eqms.exchange.storage import log_of
from files import CODE
from files import procedure
from files import TITLE
from plone import api
from test_imports_pages import Person
from test_imports_pages import text
import pytest
import transaction


FILE = procedure()
OTHER = procedure(code="QT 06/CX-HCTP", title="Gia hạn giấy phép")


@pytest.fixture
def author(live_agency):
    return Person(live_agency, "author")


@pytest.fixture
def listed(author):
    page = author.page("@@import-word")
    files = (("Lễ hội.docx", FILE), ("hỏng.docx", b"x"), ("Gia hạn.docx", OTHER))
    return author.send(page, "eqms-import-form", ("stage", "1"), files)


def waiting(agency):
    agency._p_jar.sync()
    return stagings_of(agency)


def test_files_are_read_and_nothing_is_created(author, listed, live_agency):
    assert author.url.endswith("/@@staging?id=1")
    assert live_agency.objectIds() == []
    assert log_of(live_agency).batches == []
    assert TITLE in text(listed)
    assert "not a Word document" in text(listed)
    assert listed.xpath("//table//th[@scope='col']")
    overview = author.page("@@imports")
    assert overview.get_element_by_id("eqms-waiting").xpath(
        ".//a[contains(@href, '@@staging?id=1')]"
    )


def test_a_file_stands_beside_its_text_and_its_findings(author, listed):
    page = author.page("@@staged-file?id=1&file=1")
    values = dict(page.get_element_by_id("eqms-staged-form").form_values())
    assert (values["code"], values["title"], values["issue_no"]) == (CODE, TITLE, "3")
    assert values["issued_on"] == "2025-07-07"
    assert values["steps.1.responsible"] == "Chuyên viên phòng Nghiệp vụ"
    assert values["steps.1.times"] == "03 ngày"
    assert values["records.1.retention"] == "Vĩnh viễn"
    assert values["legal_bases.1.number"] == "110/2018/NĐ-CP"
    source = page.get_element_by_id("eqms-source")
    assert "Thẩm định nội dung" in source.text_content()
    assert source.xpath(".//table") and source.xpath(".//li")
    labels = {label.get("for") for label in page.xpath("//label")}
    for control in page.xpath("//form[@id='eqms-staged-form']//input | //textarea | //select"):
        if control.get("type") not in {"hidden", "submit"}:
            assert control.get("id") in labels or control.get("aria-label")


def test_keeping_what_was_read_corrects_nothing(author, listed, live_agency):
    page = author.page("@@staged-file?id=1&file=1")
    author.send(page, "eqms-staged-form", ("back", "1"))
    assert author.url.endswith("/@@staging?id=1")
    assert dict(waiting(live_agency)[0].files[0].corrections) == {}


def test_a_correction_is_kept_and_becomes_the_document(author, listed, live_agency):
    page = author.page("@@staged-file?id=1&file=1")
    page = author.send(
        page,
        "eqms-staged-form",
        ("next", "1"),
        **{"code": "QT 55/CX-HCTP", "steps.1.times": "02 ngày", "records.2.name": "Sổ theo dõi"},
    )
    assert author.url.endswith("file=3")
    assert sorted(waiting(live_agency)[0].files[0].corrections) == ["code", "records", "steps"]
    assert "QT 55/CX-HCTP" in text(author.page("@@staging?id=1"))

    page = author.page("@@staging?id=1")
    chosen = {"files:list": ["1", "3"], "mode": "review"}
    done = author.send(page, "eqms-staging", ("commit", "1"), **chosen)
    assert "@@import-batch?id=1" in author.url
    assert "QT 55/CX-HCTP" in text(done)
    draft = live_agency["qt-55-cx-hctp"]["rev-1"]
    assert [row["times"] for row in draft.steps][1] == ["02 ngày"]
    assert [row["name"] for row in draft.records][-1] == "Sổ theo dõi"
    assert api.content.get_state(draft) == "in_review"
    assert [file.name for file in waiting(live_agency)[0].files] == ["hỏng.docx"]


def test_a_row_is_removed_by_emptying_it(author, listed, live_agency):
    page = author.page("@@staged-file?id=1&file=1")
    emptied = {"records.1.name": "", "records.1.keeper": "", "records.1.retention": ""}
    author.send(page, "eqms-staged-form", ("back", "1"), **emptied)
    [row] = waiting(live_agency)[0].files[0].corrections["records"]
    assert row["name"] == "Hồ sơ đề nghị cấp phép"


def test_what_is_no_day_is_refused_and_nothing_is_kept(author, listed, live_agency):
    page = author.page("@@staged-file?id=1&file=1")
    page = author.send(page, "eqms-staged-form", ("back", "1"), issued_on="hôm qua", title="Khác")
    assert page.xpath("//*[@role='alert']")
    assert dict(waiting(live_agency)[0].files[0].corrections) == {}


def test_a_file_and_the_lot_are_dropped(author, listed, live_agency):
    page = author.send(author.page("@@staging?id=1"), "eqms-staging", ("drop_file", "2"))
    assert "hỏng.docx" not in text(page)
    author.send(page, "eqms-staging", ("drop", "1"))
    assert waiting(live_agency) == []
    assert live_agency.objectIds() == []
    author.page("@@staging?id=1")
    assert author.status == 404


def test_in_force_cannot_be_chosen_without_the_window(author, listed):
    [radio] = listed.xpath("//input[@id='eqms-mode-in_force']")
    assert radio.get("disabled")


def test_text_of_a_file_is_no_markup(author, live_agency):
    file = procedure(title="<script>alert(1)</script>")
    page = author.page("@@import-word")
    author.send(page, "eqms-import-form", ("stage", "1"), [("x.docx", file)])
    page = author.page("@@staged-file?id=1&file=1")
    assert not page.xpath("//script[contains(text(), 'alert(1)')]")
    assert "<script>alert(1)</script>" in page.get_element_by_id("eqms-source").text_content()


@pytest.mark.parametrize("url", ["@@staging?id=1", "@@staged-file?id=1&file=1", "@@staging?id=9"])
def test_they_are_for_those_who_may_import(listed, live_agency, url):
    reviewer = Person(live_agency, "reviewer")
    reviewer.page(url)
    assert reviewer.status in {401, 403} or reviewer.url.endswith("insufficient-privileges")


def test_a_form_without_its_token_changes_nothing(author, listed, live_agency):
    author.session.post(
        f"{live_agency.absolute_url()}/@@staging?id=1", data={"drop": "1"}, allow_redirects=False
    )
    transaction.abort()
    assert len(waiting(live_agency)) == 1
