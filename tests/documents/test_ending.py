"""Suspension, resumption and retirement; what readers still see of a document out of use."""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.documents import ending
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.errors import Conflict
from eqms.documents.tombstone import tombstone_of
from eqms.domain import clock
from eqms.domain.revisions import DocumentState
from eqms.trail import storage as trail
from plone import api
from zExceptions import BadRequest
import pytest
import transaction


T0 = datetime(2026, 3, 2, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def revision(document):
    with clock.frozen(T0):
        return issue(document["rev-1"])


def found(**query):
    return [brain.UID for brain in api.content.find(**query)]


class TestSuspending:
    def test_it_ends_the_interval_and_leaves_the_document_visible(self, document, revision):
        with clock.frozen(T0 + DAY):
            ending.suspend(revision, "Sai lệ phí")
        register = register_of(document)
        assert api.content.get_state(revision) == "suspended"
        assert register.document_state is DocumentState.SUSPENDED
        assert [(row.start, row.end) for row in register.intervals] == [(T0, T0 + DAY)]
        assert api.content.get_state(document) == "public"
        row = trail.rows(document.UID())[-1]
        assert (row["action"], row["details"]["comment"]) == ("suspend", "Sai lệ phí")

    def test_resuming_opens_a_new_interval(self, document, revision):
        with clock.frozen(T0 + DAY):
            ending.suspend(revision, "Sai lệ phí")
        with clock.frozen(T0 + 2 * DAY):
            ending.resume(revision, "Đã rà soát")
        register = register_of(document)
        assert register.in_force.uid == revision.UID()
        assert [(row.start, row.end) for row in register.intervals] == [
            (T0, T0 + DAY),
            (T0 + 2 * DAY, None),
        ]
        assert tombstone_of(document) is None

    def test_a_correction_replaces_it_without_it_coming_back(self, document, revision):
        with clock.frozen(T0 + DAY):
            ending.suspend(revision, "Sai lệ phí")
        with acting("author"):
            successor = revise(document)
            successor.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
        with clock.frozen(T0 + 2 * DAY):
            issue(successor)
        assert api.content.get_state(revision) == "superseded"
        assert [(row.start, row.end) for row in register_of(document).intervals] == [
            (T0, T0 + DAY),
            (T0 + 2 * DAY, None),
        ]

    def test_a_reason_is_needed(self, revision):
        with pytest.raises(BadRequest):
            ending.suspend(revision, "  ")

    def test_what_is_not_in_force_is_neither_suspended_nor_resumed(self, document, revision):
        with pytest.raises(Conflict):
            ending.resume(revision, "chưa ngừng")
        ending.suspend(revision, "Sai lệ phí")
        with pytest.raises(Conflict):
            ending.suspend(revision, "lần nữa")


class TestRetiring:
    def test_it_ends_the_document(self, agency, document, revision):
        successor = add_document(agency, code="QT 02", title="Đăng ký khai sinh trực tuyến")
        issue(successor["rev-1"])
        with clock.frozen(T0 + DAY):
            ending.retire(document, "Thay thế", why="replaced", successor=successor.UID())
        assert api.content.get_state(revision) == "obsolete"
        assert register_of(document).document_state is DocumentState.RETIRED
        stone = tombstone_of(document)
        assert (stone.number, stone.since, stone.until) == ("01/00", T0, T0 + DAY)
        assert (stone.why, stone.successor.UID) == ("replaced", successor.UID())

    def test_a_suspended_one_can_be_retired(self, document, revision):
        with clock.frozen(T0 + DAY):
            ending.suspend(revision, "Sai lệ phí")
        with clock.frozen(T0 + 2 * DAY):
            ending.retire(document, "Không còn áp dụng")
        assert tombstone_of(document).until == T0 + DAY

    def test_not_while_a_revision_is_open(self, document, revision):
        with acting("author"):
            revise(document)
        with pytest.raises(Conflict, match="01/01"):
            ending.retire(document, "Không còn áp dụng")

    def test_not_before_it_came_in_force(self, document, revision):
        with pytest.raises(Conflict, match="later"):
            ending.retire(document, "Không còn áp dụng", at=T0 - DAY)

    @pytest.mark.parametrize("facts", [{"why": "chán"}, {"successor": "khong-co"}])
    def test_the_reason_and_the_successor_must_be_known(self, document, revision, facts):
        with pytest.raises(BadRequest):
            ending.retire(document, "Không còn áp dụng", **facts)

    def test_a_document_does_not_succeed_itself(self, document, revision):
        with pytest.raises(BadRequest):
            ending.retire(document, "Gộp", successor=document.UID())

    def test_a_new_issue_brings_it_back(self, document, revision):
        ending.retire(document, "Không còn áp dụng")
        with acting("author"):
            again = revise(document)
            again.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
        issue(again)
        assert tombstone_of(document) is None
        assert found(UID=document.UID()) == [document.UID()]


class TestReaders:
    """What a visitor gets of a suspended and of a retired document."""

    ENDINGS = (
        lambda revision: ending.suspend(revision, "Lý do nội bộ"),
        lambda revision: ending.retire(revision.__parent__, "Lý do nội bộ", why="merged"),
    )

    @pytest.fixture(params=ENDINGS, ids=["suspended", "retired"])
    def ended(self, live_document, request):
        draft = live_document["rev-1"]
        with acting("author"):
            draft.description = "Nội dung đã hết dùng"
        issue(draft)
        request.param(draft)
        transaction.commit()
        return live_document

    def path(self, item):
        return "/".join(item.getPhysicalPath()[2:])

    def test_rest_says_what_became_of_it_and_no_content(self, ended, request_factory):
        answer = request_factory().get(self.path(ended))
        assert answer.status_code == 200
        stone = answer.json()
        assert stone["revision_in_force"] is None
        assert stone["document_state"] in ("suspended", "retired")
        assert stone["out_of_use"]["number"] == "01/00"
        assert stone["out_of_use"]["in_force_until"]
        assert "hết dùng" not in answer.text
        assert "nội bộ" not in answer.text

    def test_the_revision_is_not_there(self, ended, request_factory):
        assert request_factory().get(f"{self.path(ended)}/rev-1").status_code == 404

    def test_the_page_says_so(self, ended, request_factory):
        page = request_factory(api=False).get(ended.absolute_url())
        assert page.status_code == 200
        assert "01/00" in page.text
        assert "hết dùng" not in page.text
        assert "nội bộ" not in page.text

    @pytest.mark.parametrize("query", ["SearchableText=khai sinh", "portal_type=Procedure"])
    def test_who_looks_for_what_is_in_force_does_not_find_it(self, ended, request_factory, query):
        assert request_factory().get(f"/@search?{query}").json()["items_total"] == 0

    def test_people_of_the_agency_find_it_in_their_list(self, ended, request_factory):
        agency = ended.__parent__.absolute_url()
        html = {"Accept": "text/html"}
        author = request_factory(basic_auth=("author", PASSWORD))
        assert ended.absolute_url() in author.get(agency, headers=html).text
        assert ended.absolute_url() not in request_factory().get(agency, headers=html).text
