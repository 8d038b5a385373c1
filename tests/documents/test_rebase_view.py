"""The three-way view: base, draft and revision in force, with who changed what."""

from cast import acting
from cast import issue
from eqms.documents.drafting import revise
from eqms.domain.numbering import Change
from eqms.domain.revisions import Kind
from plone import api
import lxml.html
import pytest


EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def draft(document):
    """A normal draft that an urgent revision has overtaken."""
    base = document["rev-1"]
    base.purpose = "Mục đích ban đầu"
    base.scope = "Phạm vi ban đầu"
    base.steps = [{"title": "Tiếp nhận hồ sơ"}, {"title": "Trả kết quả"}]
    issue(base)
    with acting("author"):
        mine = revise(document)
        urgent = revise(document, Change.AMENDMENT, Kind.URGENT)
    mine.purpose = f"Mục đích của tôi {EVIL}"
    mine.scope = "Phạm vi của tôi"
    urgent.purpose = f"Mục đích khẩn {EVIL}"
    urgent.steps = [{"title": "Tiếp nhận hồ sơ"}, {"title": f"Thẩm định {EVIL}"}, base.steps[1]]
    urgent.amendments = [
        {"number": "01/01", "place": "", "summary": "Sửa khẩn cấp", "ground": "Công điện"}
    ]
    issue(urgent)
    return mine


def view(revision, by="author"):
    with acting(by):
        html = api.content.get_view("rebase-view", revision, api.portal.get().REQUEST)()
    return lxml.html.fromstring(html)


def words(element):
    return " ".join(element.text_content().split())


def test_it_shows_who_changed_what(draft):
    tree = view(draft)
    verdicts = {
        section.get("id"): words(section.cssselect(".eqms-rebase-verdict")[0])
        for section in tree.cssselect("section section")
    }
    assert verdicts == {
        "rebase-purpose": "Changed in both, in different ways",
        "rebase-scope": "Changed in this draft only",
        "rebase-steps": "Changed in the revision in force only",
        "rebase-amendments": "Changed in the revision in force only",
    }


def test_it_shows_the_three_side_by_side(draft):
    base, mine, theirs = view(draft).cssselect("#rebase-purpose .eqms-rebase-columns > div")
    assert words(base) == "Base: 01/00 Mục đích ban đầu"
    assert words(mine.cssselect("ins")[0]) == f"[inserted:Mục đích của tôi {EVIL}]"
    assert words(theirs.cssselect("ins")[0]) == f"[inserted:Mục đích khẩn {EVIL}]"


def test_rows_are_shown_as_lists(draft):
    base, mine, theirs = view(draft).cssselect("#rebase-steps .eqms-rebase-columns > div")
    assert not base.cssselect("li")
    assert words(mine) == "This draft: 01/01 Unchanged"
    assert words(theirs.cssselect("li")[1]).startswith("2 Added What is done: [inserted:Thẩm định")


def test_what_people_wrote_stays_text(draft):
    assert not view(draft).cssselect("img, script, [onerror]")


def test_a_draft_on_what_is_in_force_has_nothing_to_take_over(document):
    with acting("author"):
        draft = revise(issue(document["rev-1"]).__parent__)
    assert "nothing to take over" in words(view(draft))


def test_the_signer_sees_what_the_draft_would_change_in_what_is_in_force(draft):
    with acting("author"):
        html = api.content.get_view("redline", draft, api.portal.get().REQUEST)()
    purpose = lxml.html.fromstring(html).cssselect("#redline-purpose")[0]
    assert "khẩn" in purpose.cssselect("del")[0].text_content()
    assert "của tôi" in purpose.cssselect("ins")[0].text_content()
