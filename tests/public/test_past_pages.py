"""The master list and the revision of a past day, as pages and as a file."""

from cast import add_document
from cast import issue
from cast import PASSWORD
from datetime import datetime
from documents.history import at
from documents.history import live_through
from documents.history import PRESENT
from eqms.domain import clock
from io import BytesIO
from lxml import html
from openpyxl import load_workbook
import csv
import pytest
import transaction


@pytest.fixture(autouse=True)
def _present():
    with clock.frozen(PRESENT):
        yield


@pytest.fixture(autouse=True)
def documents(live_agency):
    """A document with a past, one with a title that means harm, and a draft."""
    past = add_document(live_agency, code="QT 02")
    live_through(past)
    harmful = add_document(
        live_agency, code="QT 01", title='=HYPERLINK("x") <script>alert(1)</script>'
    )
    with clock.frozen(at(3)):
        issue(harmful["rev-1"])
    add_document(live_agency, code="QT 03", title="Bản nháp")
    transaction.commit()
    return past


@pytest.fixture
def read(request_factory):
    """Reads a page as a visitor or a person."""

    def read(path, who=None):
        session = request_factory(
            api=False, **({"basic_auth": (who, PASSWORD)} if who is not None else {})
        )
        return session.get(path, headers={"Accept": "text/html"})

    return read


def table(answer):
    rows = html.fromstring(answer.text).xpath("//table[contains(@class, 'eqms-master-list')]//tr")
    return [[cell.text_content().strip() for cell in row.xpath("th|td")] for row in rows]


class TestMasterList:
    @pytest.mark.parametrize("path", ["", "so-tu-phap/"])
    def test_what_is_in_force_now(self, read, path):
        head, first, second = table(read(f"{path}@@master-list"))
        assert first[0] == "QT 01"
        assert second[:2] == ["QT 02", "Đăng ký khai sinh (sửa đổi)"]
        assert second[3:5] == ["01/01", "10/03/2026"]
        assert ("Agency" in head) is (path == "")

    def test_what_was_in_force_then_with_links_to_it(self, read):
        answer = read("@@master-list?on=2026-03-05")
        _, _, row = table(answer)
        assert row[1] == "Đăng ký khai sinh"
        assert row[3:6] == ["01/00", "02/03/2026", "10/03/2026"]
        assert "/@@in-force?on=2026-03-05" in answer.text

    def test_words_and_choices_narrow_it(self, read):
        assert len(table(read("@@master-list?q=dang+ky"))) == 2
        assert table(read("@@master-list?type=QualityManual")) == []

    def test_a_day_to_come_is_refused_on_the_page(self, read):
        answer = read("@@master-list?on=2026-04-01")
        assert answer.status_code == 400
        assert "2026-04-01" in html.fromstring(answer.text).xpath("//*[@role='alert']")[0].text
        assert table(answer) == []

    def test_titles_are_text(self, read):
        assert "<script>alert" not in read("@@master-list").text

    @pytest.mark.parametrize("query", ["", "?on=2026-03-05"])
    def test_the_file_holds_the_whole_list_and_no_formula(self, read, query):
        answer = read(f"@@master-list.csv{query}")
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        _, first, second = csv.reader(answer.content.decode("utf-8-sig").splitlines())
        assert first[1].startswith("'=HYPERLINK")
        assert second[3:5] == (["01/00", "2026-03-02"] if query else ["01/01", "2026-03-10"])

    @pytest.mark.parametrize("query", ["", "?on=2026-03-05"])
    def test_the_spreadsheet_holds_days_and_no_formula(self, read, query):
        answer = read(f"@@master-list.xlsx{query}")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        sheet = load_workbook(BytesIO(answer.content)).active
        assert sheet["B2"].value.startswith("=HYPERLINK")
        assert sheet["B2"].data_type == "s"
        assert sheet["E3"].value == (datetime(2026, 3, 2) if query else datetime(2026, 3, 10))

    def test_it_says_what_it_is_asked_for(self, read):
        rows = table(read("@@master-list?columns=decision&columns=issue_no&columns=code&columns=x"))
        assert rows[0] == ["Code", "Issue", "Decision number"]
        assert rows[2] == ["QT 02", "01", ""]
        file = read("@@master-list.csv?columns=code,issue_no").content.decode("utf-8-sig")
        assert file.splitlines() == ["Code,Issue", "QT 01,1", "QT 02,1"]

    def test_heads_sort_one_way_and_then_the_other(self, read):
        page = html.fromstring(read("@@master-list?q=&columns=code&sort_on=code").text)
        (head,) = page.xpath("//th[@aria-sort='ascending']/a/@href")
        assert table(read(head[head.index("@@") :]))[1][0] == "QT 02"

    @pytest.mark.parametrize("query", ["state=x", "review_by=x", "state=all&on=2026-03-05"])
    def test_what_makes_no_sense_is_said_on_the_page(self, read, query):
        answer = read(f"@@master-list?{query}")
        assert answer.status_code == 400
        assert html.fromstring(answer.text).xpath("//*[@role='alert']")

    def test_a_file_of_a_day_to_come_is_refused(self, read):
        assert read("@@master-list.csv?on=2026-04-01").status_code == 400


class TestInForce:
    def test_visitors_are_told_which_revision_and_not_its_text(self, read, documents):
        answer = read("so-tu-phap/dang-ky-khai-sinh/@@in-force?on=2026-03-05")
        assert answer.status_code == 200
        notice = html.fromstring(answer.text).xpath("//*[@role='status']")[0].text_content()
        assert "01/00" in notice
        assert "05/03/2026" in notice
        assert documents["rev-1"].content_hash in answer.text
        assert "/rev-1" not in answer.text

    def test_people_of_the_agency_get_the_way_to_it(self, read):
        answer = read("so-tu-phap/dang-ky-khai-sinh/@@in-force?on=2026-03-05", "author")
        assert "/rev-1" in answer.text

    def test_none_then(self, read):
        answer = read("so-tu-phap/dang-ky-khai-sinh/@@in-force?on=2026-03-01")
        assert answer.status_code == 200
        assert "01/00" not in answer.text

    def test_as_it_stood_on_record(self, read):
        path = "so-tu-phap/dang-ky-khai-sinh/@@in-force?on=2026-03-11"
        assert "13/03/2026 09:00" in read(path).text
        answer = read(f"{path}&known=2026-03-12").text
        assert "01/00" in answer
        assert "12/03/2026 23:59" in answer

    @pytest.mark.parametrize("on", ["2026-04-01", "<b>x</b>", "05/03/2026"])
    def test_what_is_no_past_day_is_refused_on_the_page(self, read, on):
        answer = read(f"so-tu-phap/dang-ky-khai-sinh/@@in-force?on={on}")
        assert answer.status_code == 400
        assert "<b>x" not in answer.text

    def test_the_form_stands_on_the_page_of_the_document(self, read):
        page = html.fromstring(read("so-tu-phap/dang-ky-khai-sinh", "author").text)
        (form,) = page.xpath("//form[contains(@action, '@@in-force')]")
        assert form.xpath(".//input[@name='on']/@max") == ["2026-03-28"]

    def test_not_before_anything_was_in_force(self, read):
        page = html.fromstring(read("so-tu-phap/ban-nhap", "author").text)
        assert page.xpath("//form[contains(@action, '@@in-force')]") == []
