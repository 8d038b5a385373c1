"""``@validity`` and ``@@validity``: is this copy on paper still valid?"""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from eqms.documents import ending
from eqms.documents.drafting import revise
from eqms.domain.validity import question
from lxml import html
from plone import api
import pytest
import transaction


@pytest.fixture
def ask(request_factory):
    """Asks the service; returns the items."""

    def ask(query, who=None, status=200):
        auth = {"basic_auth": (who, PASSWORD)} if who is not None else {}
        answer = request_factory(**auth).get(f"@validity?{query}")
        assert answer.status_code == status
        return answer.json().get("items")

    return ask


@pytest.fixture
def read(request_factory):
    """Reads the page as a visitor."""

    def read(query):
        answer = request_factory(api=False).get(
            f"@@validity?{query}", headers={"Accept": "text/html"}
        )
        assert answer.status_code == 200
        main = html.fromstring(answer.text).xpath("//main | //*[@id='content-core'] | //body")[0]
        return " ".join(main.text_content().split())

    return read


def on_paper(revision):
    """What the code on a print of a revision asks."""
    document = revision.aq_parent
    return question(api.content.get_uuid(document), revision.seq, revision.content_hash)


def issued(agency, code="QT 01", **values):
    document = add_document(agency, code=code)
    for name, value in values.items():
        setattr(document["rev-1"], name, value)
    issue(document["rev-1"])
    transaction.commit()
    return document


def replace(document):
    with acting("author"):
        draft = revise(document)
        draft.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "NQ 10"}]
    issue(draft)
    transaction.commit()
    return draft


class TestService:
    def test_what_is_in_force_is_valid(self, live_agency, ask):
        document = issued(live_agency)
        (item,) = ask(on_paper(document["rev-1"]))
        assert item["validity"] == "in_force"
        assert item["document"]["code"] == "QT 01"
        assert item["document"]["agency"] == {"code": "STP", "title": "Sở Tư pháp"}
        assert item["revision"] == {"seq": 1, "number": "01/00"}
        assert item["replaced_by"] is None
        assert ask("code=qt 01&agency=stp") == [item]

    def test_a_superseded_copy_says_by_what_and_when(self, live_agency, ask, read):
        document = issued(live_agency)
        new = replace(document)
        (item,) = ask(on_paper(document["rev-1"]))
        assert item["validity"] == "superseded"
        assert item["in_force_until"] == item["replaced_by"]["in_force_from"]
        assert item["replaced_by"]["number"] == "01/01"
        (present,) = ask("code=QT 01")
        assert present["revision"]["seq"] == new.seq
        page = read(on_paper(document["rev-1"]))
        assert "Not valid any more: a newer revision has replaced it" in page
        assert "In force instead: 01/01" in page

    def test_suspended_and_retired(self, live_agency, ask):
        document = issued(live_agency)
        revision = document["rev-1"]
        with api.env.adopt_roles(["Manager"]):
            ending.suspend(revision, "Chờ hướng dẫn")
        transaction.commit()
        assert [item["validity"] for item in ask(on_paper(revision))] == ["suspended"]
        with api.env.adopt_roles(["Manager"]):
            ending.retire(document, "Bãi bỏ", why="abolished")
        transaction.commit()
        assert [item["validity"] for item in ask(on_paper(revision))] == ["retired"]
        assert [item["validity"] for item in ask("code=QT 01")] == ["retired"]

    @pytest.mark.parametrize("query", ["", "uid=x", "revision=1", "uid=x&revision=a", "agency=STP"])
    def test_no_question_is_refused(self, live_agency, ask, query):
        ask(query, status=400)

    def test_a_code_that_two_documents_have_gets_two_answers(self, live_agency, ask):
        # Codes that were taken over from paper may collide.
        issued(live_agency)
        second = issued(live_agency, code="QT 02")
        second.code = "QT 01"
        second.reindexObject()
        transaction.commit()
        assert len(ask("code=QT 01")) == 2


class TestUnknown:
    """What the asker may not know of is answered like what does not exist."""

    def test_another_hash_or_revision_or_document(self, live_agency, ask):
        document = issued(live_agency)
        uid, known = api.content.get_uuid(document), document["rev-1"].content_hash[:8]
        assert ask(f"uid={uid}&revision=1&hash={known}")
        assert ask(f"uid={uid}&revision=1")
        for query in (
            f"uid={uid}&revision=1&hash=00000000",
            f"uid={uid}&revision=2&hash={known}",
            f"uid={uid}&revision=99999999999&hash={known}&code=x",
            f"uid={'0' * 32}&revision=1&hash={known}",
            "code=QT 99",
            "code=QT 01&agency=KHAC",
        ):
            assert ask(query) == []

    def test_a_draft_and_what_waits_for_its_day(self, live_agency, ask):
        document = issued(live_agency)
        with acting("author"):
            draft = revise(document)
        transaction.commit()
        query = f"uid={api.content.get_uuid(document)}&revision={draft.seq}"
        assert ask(query) == []
        assert [item["validity"] for item in ask(query, "author")] == ["not_yet"]

    @pytest.mark.parametrize("classification", ["internal", "restricted"])
    def test_what_is_not_public(self, live_agency, ask, read, classification):
        document = issued(live_agency, classification=classification)
        query = on_paper(document["rev-1"])
        unknown = query.replace("uid=", "uid=0")
        assert ask(query) == ask("code=QT 01") == ask(unknown) == []
        assert read(query).replace(query, "") == read(unknown).replace(unknown, "")
        assert "Nothing is known about this copy" in read(query)
        assert [item["validity"] for item in ask(query, "author")] == ["in_force"]

    def test_a_past_revision_that_was_internal(self, live_agency, ask):
        document = issued(live_agency, classification="internal")
        past = on_paper(document["rev-1"])
        with acting("author"):
            draft = revise(document)
            draft.classification = "public"
            draft.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "NQ 10"}]
        issue(draft)
        transaction.commit()
        assert ask(on_paper(draft))
        assert ask(past) == []
        assert [item["validity"] for item in ask(past, "author")] == ["superseded"]

    def test_nothing_is_written(self, live_agency, ask, functional_portal):
        document = issued(live_agency)
        before = functional_portal._p_jar.db().lastTransaction()
        ask(on_paper(document["rev-1"]))
        ask("code=QT 77&agency=KHAC")
        assert functional_portal._p_jar.db().lastTransaction() == before


class TestPage:
    def test_the_form_and_what_it_answers(self, live_agency, read):
        issued(live_agency)
        assert "Is this copy valid?" in read("")
        assert "Nothing is known" not in read("")
        assert "In force is issue/amendment 01/00" in read("code=QT+01")
        assert "Nothing is known" in read("code=QT+99")
        assert "Nothing is known" in read("uid=1&revision=x")

    def test_what_is_typed_stays_text(self, live_agency, request_factory):
        answer = request_factory(api=False).get(
            '@@validity?code="><script>alert(1)</script>', headers={"Accept": "text/html"}
        )
        assert "<script>alert(1)" not in answer.text
