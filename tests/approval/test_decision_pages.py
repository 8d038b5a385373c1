"""What the secretary does with a decision on its pages: choose its rows, drop one."""

from cast import add_document
from cast import issue
from cast import PASSWORD
from lxml import html
from plone import api
import pytest
import transaction


@pytest.fixture
def waiting(live_agency):
    """Two revisions that wait for a decision."""
    live_agency.issue_mode = "by_decision"
    revisions = [
        issue(add_document(live_agency, code=f"QT {number}", title=f"Quy trình {number}")["rev-1"])
        for number in (1, 2)
    ]
    transaction.commit()
    return revisions


@pytest.fixture
def decision(live_agency, waiting):
    with api.env.adopt_user(username="controller"):
        made = api.content.create(live_agency, "IssueDecision", title="Ban hành")
    transaction.commit()
    return made


@pytest.fixture
def send(request_factory):
    """Open a page as the controller, and press one of its buttons."""
    session = request_factory(basic_auth=("controller", PASSWORD), api=False)
    session.headers["Accept"] = "text/html"

    def press(url, form=None, **fields):
        page = html.fromstring(session.get(form or url).text)
        token = page.xpath("//input[@name='_authenticator']/@value")[0]
        return session.post(url, data={"_authenticator": token, **fields}, allow_redirects=False)

    return press


def rows(decision):
    transaction.begin()
    return [row.revision for row in decision.rows]


def test_rows_are_chosen_by_ticking(decision, waiting, send):
    url = f"{decision.absolute_url()}/@@decision-rows"
    uids = [revision.UID() for revision in waiting]
    assert send(url, choose="1", revisions=uids).status_code == 302
    assert rows(decision) == uids
    assert send(url, choose="1", revisions=uids[1:]).status_code == 302
    assert rows(decision) == uids[1:]


def test_what_is_not_there_any_more_is_told(decision, waiting, send):
    url = f"{decision.absolute_url()}/@@decision-rows"
    answer = send(url, choose="1", revisions=["0" * 32])
    assert answer.status_code == 200
    assert 'role="alert"' in answer.text
    assert rows(decision) == []


def test_a_row_that_stands_in_the_way_is_dropped_with_a_reason(decision, waiting, send):
    uids = [revision.UID() for revision in waiting]
    form = f"{decision.absolute_url()}/@@decision-rows"
    send(form, choose="1", revisions=uids)
    document = waiting[0].__parent__.UID()
    url = decision.absolute_url()
    assert 'role="alert"' in send(url, form, drop=document).text
    assert rows(decision) == uids
    send(url, form, drop=document, reason="Chờ ý kiến sở chuyên ngành")
    assert rows(decision) == uids[1:]
    assert [gone.reason for gone in decision.dropped] == ["Chờ ý kiến sở chuyên ngành"]
