"""Nhật ký: readable, escaped, in the time zone of the site, and honest about its own state."""

from cast import acting
from cast import add_document
from cast import PASSWORD
from datetime import datetime
from datetime import UTC
from eqms.approval import actions
from eqms.domain import clock
from eqms.trail import storage as trail
from eqms.trail.causes import caused_by
from lxml import html
from plone import api
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import requests
import transaction


NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)


@pytest.fixture
def document(live_agency):
    document = add_document(live_agency)
    with clock.frozen(NOON), acting("author"):
        actions.transition(document["rev-1"], "submit", "<img src=x onerror=alert(1)>")
    transaction.commit()
    return document


def page(context, user_id="author", query=""):
    answer = requests.get(
        f"{context.absolute_url()}/@@trail{query}", auth=(user_id, PASSWORD), timeout=60
    )
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def text_of(element):
    return " ".join(element.text_content().split())


class TestRows:
    def test_who_what_when_in_words(self, document):
        row = page(document).get_element_by_id("row-3")
        told = text_of(row)
        assert "10/03/2026 12:00" in told
        assert "Lê Thị Soạn (author)" in told
        assert row.cssselect(".eqms-action-submit")
        assert "01/00" in told

    def test_text_of_people_stays_text(self, document):
        tree = page(document)
        assert not tree.cssselect(".eqms-trail img")
        assert "<img src=x onerror=alert(1)>" in text_of(tree.get_element_by_id("row-3"))

    def test_old_and_new_values(self, document):
        with acting("controller"):
            document.code = "QT 99"
            notify(ObjectModifiedEvent(document))
        transaction.commit()
        row = page(document).get_element_by_id("row-4")
        assert [text_of(item) for item in row.cssselect("del, ins")] == ["QT 01/CX-HCTP", "QT 99"]

    def test_jobs_and_substitutes_are_named(self, document):
        with acting("reviewer"):
            trail.append(document.UID(), "signed", on_behalf_of="approver")
        with caused_by("clock"):
            trail.append(document.UID(), "tick")
        transaction.commit()
        tree = page(document)
        assert "Phạm Thị Duyệt (approver)" in text_of(tree.get_element_by_id("row-4"))
        assert "clock" in text_of(tree.get_element_by_id("row-5"))

    def test_of_people_who_are_gone_the_id_stays(self, document):
        with api.env.adopt_roles(["Manager"]):
            api.user.delete(username="author")
        transaction.commit()
        assert "author" in text_of(page(document, "controller").get_element_by_id("row-3"))

    def test_a_revision_shows_its_own(self, document):
        tree = page(document["rev-1"])
        assert not tree.cssselect(".eqms-action-document_added")
        assert tree.cssselect(".eqms-action-draft_opened")

    def test_an_agency_shows_its_members(self, live_agency, document):
        assert page(live_agency).cssselect(".eqms-action-member_added")

    def test_in_pages(self, document):
        for number in range(60):
            trail.append(document.UID(), "thu", number=number)
        transaction.commit()
        assert len(page(document).cssselect(".eqms-trail tbody tr")) == 50
        assert len(page(document, query="?b_start=50").cssselect(".eqms-trail tbody tr")) == 13
        for odd in ("-1", "x", "9" * 30, "1e3"):
            assert page(document, query=f"?b_start={odd}") is not None


class TestState:
    def test_a_whole_trail_says_so(self, document):
        assert page(document).cssselect(".eqms-trail-whole")

    def test_a_broken_one_too(self, document):
        rows = trail.trail_of(document.UID())._rows
        rows[2] = {"number": 2, "details": 5, "at": None}
        transaction.commit()
        tree = page(document)
        assert tree.cssselect(".eqms-trail-broken li")
        assert not tree.cssselect(".eqms-trail-whole")


class TestWhoMaySee:
    @pytest.mark.parametrize("auth", [None, ("member", PASSWORD)], ids=["anonymous", "member"])
    def test_not_the_public(self, document, auth):
        answer = requests.get(
            f"{document.absolute_url()}/@@trail", auth=auth, timeout=60, allow_redirects=False
        )
        assert answer.status_code in (302, 401, 403, 404)
        assert "Lê Thị Soạn" not in answer.text

    def test_the_panel_leads_there(self, document):
        answer = requests.get(document.absolute_url(), auth=("author", PASSWORD), timeout=60)
        assert f'{document.absolute_url()}/@@trail"' in answer.text
