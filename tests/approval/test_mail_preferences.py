"""Everybody chooses for himself what is mailed to him, by REST and on a page."""

from cast import PASSWORD
from lxml import html
import pytest


ADDRESS = "@mail-preferences"


@pytest.fixture
def reviewer(live_agency, request_factory):
    return request_factory(basic_auth=("reviewer", PASSWORD))


def test_by_rest(reviewer, request_factory):
    before = reviewer.get(ADDRESS)
    assert before.json() == {"tasks": "at_once", "drafts": "at_once", "notices": "at_once"}
    assert "no-store" in before.headers["Cache-Control"]
    assert reviewer.patch(ADDRESS, json={"tasks": "daily"}).json()["tasks"] == "daily"
    assert reviewer.get(ADDRESS).json()["tasks"] == "daily"
    other = request_factory(basic_auth=("approver", PASSWORD))
    assert other.get(ADDRESS).json()["tasks"] == "at_once"


@pytest.mark.parametrize("body", [{"tasks": "often"}, {"other": "daily"}, {"tasks": None}])
def test_what_there_is_not_is_refused(reviewer, body):
    answer = reviewer.patch(ADDRESS, json=body)
    assert answer.status_code == 400
    assert "at_once" in answer.json()["message"]


def test_nobody_else_has_any(live_agency, request_factory):
    assert request_factory().get(ADDRESS).status_code == 401
    assert request_factory().patch(ADDRESS, json={"tasks": "never"}).status_code == 401


def test_on_the_page(live_agency, request_factory, functional_portal, reviewer):
    session = request_factory(basic_auth=("reviewer", PASSWORD), api=False)
    url = f"{functional_portal.absolute_url()}/@@mail-preferences"
    page = html.fromstring(session.get(url).text)
    [form] = page.xpath("//form[.//*[@name='form.buttons.save']]")
    fields = dict(form.form_values())
    fields["form.widgets.drafts:list"] = "never"
    fields["form.buttons.save"] = "Save"
    assert session.post(url, data=fields).status_code == 200
    assert reviewer.get(ADDRESS).json()["drafts"] == "never"
