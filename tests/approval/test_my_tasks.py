"""What waits for whom, on the page, by REST and after logging in."""

from cast import acting
from cast import add_document
from cast import PASSWORD
from eqms.approval import actions
from eqms.approval.tasks import tasks_for
from eqms.interfaces import IEqmsLayer
from plone import api
from plone.base.interfaces import IRedirectAfterLogin
from zope.component import getMultiAdapter
from zope.interface import alsoProvides
import pytest
import transaction


@pytest.fixture
def submitted(live_document):
    with acting("author"):
        actions.transition(live_document["rev-1"], "submit")
    transaction.commit()
    return live_document["rev-1"]


def tasks(request_factory, person):
    answer = request_factory(basic_auth=(person, PASSWORD)).get("@my-tasks")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return answer.json()["items"]


def test_a_task_moves_on_with_the_route(submitted, request_factory):
    [task] = tasks(request_factory, "reviewer")
    assert task["@id"] == submitted.absolute_url()
    assert (task["meaning"], task["code"]) == ("review", "QT 01/CX-HCTP")
    assert task["content_hash"] == submitted.content_hash
    assert tasks(request_factory, "approver") == []
    with acting("reviewer"):
        actions.sign(submitted, "review", PASSWORD)
    transaction.commit()
    assert tasks(request_factory, "reviewer") == []
    [task] = tasks(request_factory, "approver")
    assert task["meaning"] == "approval"


def test_nobody_sees_the_tasks_of_others(submitted, request_factory):
    assert tasks(request_factory, "member") == []
    assert request_factory().get("@my-tasks").status_code == 401


def test_the_list_wakes_no_document(submitted, request_factory, functional_portal):
    connection = functional_portal._p_jar
    connection.cacheMinimize()
    assert len(tasks_for("reviewer")) == 1
    assert submitted._p_changed is None


def test_the_page(submitted, request_factory, functional_portal):
    url = f"{functional_portal.absolute_url()}/@@my-tasks"
    page = request_factory(basic_auth=("reviewer", PASSWORD), api=False).get(url)
    assert page.status_code == 200
    assert "Đăng ký khai sinh" in page.text
    assert f"{submitted.absolute_url()}/@@sign" in page.text
    assert "Đăng ký khai sinh" not in (
        request_factory(basic_auth=("member", PASSWORD), api=False).get(url).text
    )


def test_drafts_of_the_author(live_document, request_factory, functional_portal):
    url = f"{functional_portal.absolute_url()}/@@my-tasks"
    page = request_factory(basic_auth=("author", PASSWORD), api=False).get(url)
    assert live_document["rev-1"].absolute_url() in page.text


def test_a_title_with_markup_stays_text(live_agency, request_factory, functional_portal):
    document = add_document(live_agency, code="QT 66", title='<img src=x onerror="alert(1)">')
    with acting("author"):
        actions.transition(document["rev-1"], "submit")
    transaction.commit()
    url = f"{functional_portal.absolute_url()}/@@my-tasks"
    page = request_factory(basic_auth=("reviewer", PASSWORD), api=False).get(url)
    assert "<img src=x" not in page.text
    assert "&lt;img src=x" in page.text


@pytest.mark.parametrize(
    ("came_from", "leads_to_tasks"),
    [(None, True), ("", True), ("/login", True), ("/co-quan", False)],
)
def test_after_login(submitted, functional_http_request, came_from, leads_to_tasks):
    alsoProvides(functional_http_request, IEqmsLayer)
    site = api.portal.get()
    asked = came_from if came_from is None else f"{site.absolute_url()}{came_from}"
    redirect = getMultiAdapter((site, functional_http_request), IRedirectAfterLogin)
    with acting("reviewer"):
        assert (redirect(asked) == f"{site.absolute_url()}/@@my-tasks") is leads_to_tasks
    with acting("member"):
        assert redirect(asked) == asked


def test_the_menu_of_the_person_leads_there(portal):
    assert "my-tasks" in api.portal.get_tool("portal_actions")["user"]
