"""The edit form of a draft, filled in and sent as a browser does it."""

from cast import acting
from cast import PASSWORD
from eqms.references.folder import references_folder
from lxml import html
from plone.dexterity.utils import createContentInContainer
import pytest
import requests
import transaction


PREFIX = "form.widgets.IProcedureContent."


class EditForm:
    """The edit form of a revision, with the values that stand in it."""

    def __init__(self, url):
        self.session = requests.Session()
        self.session.auth = ("author", PASSWORD)
        self.url = url + "/edit"
        page = self.session.get(self.url)
        assert page.status_code == 200
        self.page = html.fromstring(page.text)
        self.values = self._values(self.page.get_element_by_id("form"))

    @staticmethod
    def _values(form):
        """What the browser would send; template rows of grids (TT, AA) are not sent filled in."""
        return {
            name: value
            for name, value in form.form_values()
            if not any(part in name for part in (".TT.", ".AA.", ".TT-", ".AA-"))
        }

    def add_row(self, table, **cells):
        """What the grid sends for a row that a person has added."""
        count = int(self.values[f"{PREFIX}{table}.count"])
        row = f"{PREFIX}{table}.{count}"
        self.values[f"{PREFIX}{table}.count"] = str(count + 1)
        self.values[f"{row}-empty-marker"] = "1"
        for name, value in cells.items():
            self.values[f"{row}.widgets.{name}"] = value
            self.values[f"{row}.widgets.{name}-empty-marker"] = "1"

    def cell(self, table, number, name):
        return self.values[f"{PREFIX}{table}.{number}.widgets.{name}"]

    def save(self):
        """Send the form; returns the messages of the page if it came back."""
        answer = self.session.post(
            self.url, data=self.values | {"form.buttons.save": "Save"}, allow_redirects=False
        )
        if answer.status_code == 302:
            return []
        page = html.fromstring(answer.text)
        return [text.text_content().strip() for text in page.find_class("invalid-feedback")]


@pytest.fixture
def draft_url(live_document):
    return live_document["rev-1"].absolute_url()


@pytest.fixture
def stored(draft_url):
    def read():
        session = requests.Session()
        session.auth = ("author", PASSWORD)
        return session.get(draft_url, headers={"Accept": "application/json"}).json()

    return read


STEP = {
    "title": "Thẩm tra hồ sơ:\r\n- giấy tờ",
    "responsible": "Công chức",
    "times": "½ ngày\r\n01 ngày",
    "output": "Tờ trình",
    "case": "",
}


def test_rows_are_kept(draft_url, stored):
    form = EditForm(draft_url)
    form.add_row("scenarios", label="Không xác minh", value="05", unit=["working_day"])
    form.add_row("steps", **STEP)
    form.add_row("steps", **STEP | {"title": "Trả kết quả", "times": ""})
    form.add_row("fees", amount="8.000", territory="Nhóm A", valid_from="2025-07-01", valid_to="")
    form.values[f"{PREFIX}outcomes"] = "Giấy khai sinh\r\nBản điện tử"
    assert form.save() == []
    content = stored()
    assert content["steps"][0]["title"] == "Thẩm tra hồ sơ:\n- giấy tờ"
    assert content["steps"][0]["times"] == ["½ ngày", "01 ngày"]
    assert [step["number"] for step in content["steps"]] == [1, 2]
    assert content["scenarios"][0]["value"] == "5"
    assert content["scenarios"][0]["ceiling"] is False
    assert content["fees"][0]["amount"] == 8000
    assert content["fees"][0]["valid_from"] == "2025-07-01"
    assert content["fees"][0]["valid_to"] is None
    assert content["outcomes"] == ["Giấy khai sinh", "Bản điện tử"]


def test_saving_again_changes_nothing(draft_url, stored):
    form = EditForm(draft_url)
    form.add_row("scenarios", label="A", value="1,5", unit=["day"], ceiling=["selected"])
    form.add_row("steps", **STEP)
    form.add_row("fees", amount="1.200.000", valid_from="2025-07-01", valid_to="2026-07-01")
    assert form.save() == []
    before = stored()
    again = EditForm(draft_url)
    assert again.cell("fees", 0, "amount") == "1.200.000"
    assert again.cell("fees", 0, "valid_to") == "2026-07-01"
    assert again.save() == []
    after = stored()
    for name in ("scenarios", "steps", "fees"):
        assert after[name] == before[name]
    assert before["scenarios"][0]["ceiling"] is True


def test_rows_left_empty_are_dropped(draft_url, stored):
    form = EditForm(draft_url)
    form.add_row("steps", **dict.fromkeys(STEP, ""))
    form.add_row("steps", **STEP)
    assert form.save() == []
    assert len(stored()["steps"]) == 1


@pytest.mark.parametrize(
    ("table", "cells", "said"),
    [
        ("steps", STEP | {"title": ""}, "title"),
        ("fees", {"amount": "8.00"}, "8.00"),
        ("scenarios", {"value": "soon", "unit": ["day"]}, "soon"),
        ("application_forms", {"name": "Tờ khai", "link": "javascript:1"}, "https://"),
    ],
)
def test_what_is_wrong_is_said_and_not_stored(draft_url, stored, table, cells, said):
    form = EditForm(draft_url)
    form.add_row(table, **cells)
    assert said in " ".join(form.save())
    assert stored()[table] == []


def test_a_fee_does_not_end_before_it_begins(draft_url, stored):
    form = EditForm(draft_url)
    form.add_row("fees", amount="1", valid_from="2025-07-02", valid_to="2025-07-01")
    form.save()
    assert stored()["fees"] == []


def test_the_form_has_its_styles_and_other_pages_have_not(draft_url):
    form = EditForm(draft_url)
    (address,) = [link for link in form.page.xpath("//link/@href") if "eqms.procedures" in link]
    assert form.session.get(address).headers["Content-Type"].startswith("text/css")
    assert "eqms.procedures" not in form.session.get(draft_url).text


def test_territory_groups_are_suggested_in_fees(live_agency, draft_url):
    with acting("controller"):
        createContentInContainer(
            references_folder(), "TerritoryGroup", title='Các phường "lõi"', members=["Phường 1"]
        )
    transaction.commit()
    form = EditForm(draft_url)
    form.add_row("fees", territory="Các xã còn lại", amount="8.000")
    assert form.save() == []
    page = EditForm(draft_url).page
    (field,) = page.xpath(f"//input[@name='{PREFIX}fees.0.widgets.territory']")
    offered = page.xpath(f"//datalist[@id='{field.get('list')}']/option/@value")
    assert (field.get("value"), offered) == ("Các xã còn lại", ['Các phường "lõi"'])
