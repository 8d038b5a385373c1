"""Notices to the places where a document applies, and the desk of an agency."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.approval.actions import transition
from eqms.approval.copies.attaching import attach
from eqms.approval.copies.attaching import strike_out
from eqms.approval.decisions.entering import enter
from eqms.approval.decisions.entering import Entry
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.approval.desk import desk_of
from eqms.approval.mail.outbox import outbox
from eqms.approval.notices.storage import board
from eqms.approval.notices.storage import notices_for
from eqms.approval.notices.telling import acknowledge
from eqms.approval.notices.telling import notice_mails
from eqms.approval.requests import acting as requests
from eqms.approval.requests.storage import Kind
from eqms.documents import ending
from eqms.documents.drafting import revise
from eqms.documents.upload import Upload
from eqms.domain import clock
from plone import api
from zExceptions import Forbidden
from zExceptions import NotFound
import pytest
import transaction


T0 = datetime(2026, 3, 10, 3, tzinfo=UTC)
TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)
HTML = {"Accept": "text/html"}


@pytest.fixture
def commune(portal, agency):
    people = {"commune_controller": ("Thư ký xã", "controllers")}
    commune = make_agency(portal, "UBND phường Sao Mai", "SM", people)
    commune.tier = "commune"
    commune.reindexObject()
    return commune


def scan():
    return Upload("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(32))


def kinds(agency):
    return [notice.kind for notice, _said in notices_for(agency, 50)]


def mailed():
    return {
        person: [note.kind for note in outbox().waiting(person).values()]
        for person in outbox().people()
    }


class TestNotices:
    @pytest.mark.parametrize("where", ["applies_to", "applies_to_tiers"])
    def test_every_place_where_it_applies_is_told(self, agency, commune, document, where):
        draft = document["rev-1"]
        setattr(draft, where, [commune.UID()] if where == "applies_to" else ["commune"])
        issue(draft)
        assert kinds(agency) == kinds(commune) == ["in_force"]
        [(notice, said)] = notices_for(commune, 50)
        assert (notice.code, notice.number, said) == ("QT 01/CX-HCTP", "01/00", None)

    def test_nobody_else_is(self, agency, commune, document):
        issue(document["rev-1"])
        assert kinds(commune) == []

    def test_the_newest_first_and_the_old_edition_is_named(self, agency, document):
        with clock.frozen(T0):
            issue(document["rev-1"])
        with acting("author"):
            draft = revise(document)
            draft.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
        with clock.frozen(T0 + DAY):
            issue(draft)
        with clock.frozen(T0 + 2 * DAY):
            ending.suspend(draft, "Sai lệ phí")
        with clock.frozen(T0 + 3 * DAY):
            ending.resume(draft, "Đã rà soát")
        with clock.frozen(T0 + 4 * DAY):
            ending.retire(document, "Thôi")
        assert kinds(agency) == ["retired", "resumed", "suspended", "in_force", "in_force"]
        assert [notice.replaced for notice, _said in notices_for(agency, 50)][-2:] == ["01/00", ""]

    def test_only_so_many_are_looked_at(self, agency, document):
        revision = issue(document["rev-1"])
        ending.suspend(revision, "Sai")
        assert [notice.kind for notice, _said in notices_for(agency, 1)] == ["suspended"]

    def test_what_is_issued_for_a_day_to_come_is_announced(self, agency, document):
        agency.issue_mode = "by_decision"
        with clock.frozen(T0):
            revision = issue(document["rev-1"])
            with acting("controller"):
                decision = api.content.create(agency, "IssueDecision", title="Ban hành")
                set_rows(decision, [issue_row(revision)])
                enter(decision, Entry("1/QĐ", TODAY, TODAY + DAY, signer="Duyệt"))
        [(notice, _said)] = notices_for(agency, 50)
        assert (notice.kind, notice.decision) == ("issued", "1/QĐ, 10/03/2026")
        assert notice.holds_from == decision.start

    def test_the_controller_takes_note_once(self, agency, commune, document):
        issue(document["rev-1"])
        [(notice, _said)] = notices_for(agency, 50)
        with acting("author"), pytest.raises(Forbidden):
            acknowledge(agency, notice.key)
        with acting("commune_controller"), pytest.raises(NotFound):
            acknowledge(commune, notice.key)
        with acting("controller"), clock.frozen(T0):
            acknowledge(agency, notice.key)
        with acting("controller"), clock.frozen(T0 + DAY):
            acknowledge(agency, notice.key)
        [(_notice, said)] = notices_for(agency, 50)
        assert (said.by, said.at) == ("controller", T0)

    def test_controllers_are_mailed_by_the_clock_once(self, agency, commune, document):
        draft = document["rev-1"]
        draft.applies_to_tiers = ["commune"]
        issue(draft)
        assert "notice_in_force" not in str(mailed())
        for key in list(notice_mails.due(T0)):
            notice_mails.perform(key, T0)
            notice_mails.perform(key, T0)
        told = {who for who, notes in mailed().items() if "notice_in_force" in notes}
        assert told == {"controller", "commune_controller"}
        assert list(notice_mails.due(T0)) == []

    def test_reading_writes_nothing(self, portal, agency):
        transaction.savepoint(optimistic=True)
        before = len(portal._p_jar._registered_objects)
        board()
        notices_for(agency, 50)
        assert len(portal._p_jar._registered_objects) == before


class TestDesk:
    def test_what_lies_on_it(self, agency):
        agency.issue_mode = "by_decision"
        with clock.frozen(T0):
            uncoded = add_document(agency, code=None, title="Chưa có mã")
            waiting = issue(add_document(agency, code="QT 02", title="Chờ")["rev-1"])
            planned = issue(add_document(agency, code="QT 03", title="Hẹn ngày")["rev-1"])
            asked = add_document(agency, code="QT 04", title="Đang xem xét")
            with acting("author"):
                transition(asked["rev-1"], "submit")
            with acting("controller"):
                decision = api.content.create(agency, "IssueDecision", title="Ban hành")
                set_rows(decision, [issue_row(planned)])
                enter(decision, Entry("1/QĐ", TODAY, TODAY + 9 * DAY, signer="Duyệt"))
                draft = api.content.create(agency, "IssueDecision", title="Đang soạn")
        with acting("controller"):
            desk = desk_of(agency)
        assert [brain.UID for brain in desk.uncoded] == [uncoded.UID()]
        assert [item.uid for item in desk.to_issue] == [waiting.UID()]
        assert [(item.uid, item.code) for item in desk.planned] == [(planned.UID(), "QT 03")]
        assert [brain.UID for brain in desk.decisions] == [draft.UID()]
        assert [brain.UID for brain in desk.without_file] == [decision.UID()]
        assert desk.stuck == []

    def test_what_was_issued_without_a_signed_copy(self, agency, document):
        revision = issue(document["rev-1"])
        with acting("controller"):
            assert [brain.UID for brain in desk_of(agency).without_copy] == [revision.UID()]
            attach(revision, "paper", scan(), place="Tủ 1", signers="Giám đốc")
            assert desk_of(agency).without_copy == []
            strike_out(revision, 1, "Nhầm tệp")
            assert [brain.UID for brain in desk_of(agency).without_copy] == [revision.UID()]

    def test_open_proposals(self, agency, document):
        issue(document["rev-1"])
        with acting("controller"):
            request = requests.propose(document, Kind.SUSPEND, "Sai lệ phí")
            [(found, brain)] = desk_of(agency).requests
        assert (found, brain.UID) == (request, document.UID())

    def test_other_agencies_lie_on_other_desks(self, agency, commune, document):
        agency.issue_mode = "by_decision"
        issue(document["rev-1"])
        with acting("commune_controller"):
            desk = desk_of(commune)
        assert not any((desk.uncoded, desk.to_issue, desk.planned, desk.notices))


class TestOverTheWire:
    @pytest.fixture
    def controller(self, request_factory):
        return request_factory(basic_auth=("controller", PASSWORD))

    @pytest.fixture
    def waiting(self, live_agency, live_document):
        live_agency.issue_mode = "by_decision"
        revision = issue(live_document["rev-1"])
        transaction.commit()
        return revision

    def test_by_rest(self, live_agency, waiting, controller):
        desk = controller.get(f"/{live_agency.getId()}/@desk").json()
        assert [item["UID"] for item in desk["to_issue"]] == [waiting.UID()]

    @pytest.mark.parametrize("who", ["author", "reviewer", "approver", "member"])
    def test_it_is_not_for_everybody(self, live_agency, request_factory, who):
        session = request_factory(basic_auth=(who, PASSWORD))
        assert session.get(f"/{live_agency.getId()}/@desk").status_code in (401, 403)

    def test_a_notice_is_taken_note_of(self, live_agency, waiting, controller):
        live_agency.issue_mode = None
        issue(add_document(live_agency, code="QT 05", title="Khác")["rev-1"])
        transaction.commit()
        url = f"/{live_agency.getId()}"
        [notice] = controller.get(f"{url}/@desk").json()["notices"]
        body = {"notice": notice["id"]}
        assert controller.post(f"{url}/@acknowledge", json=body).status_code == 204
        assert controller.post(f"{url}/@acknowledge", json={"notice": "x"}).status_code == 404
        [notice] = controller.get(f"{url}/@desk").json()["notices"]
        assert notice["acknowledged_by"] == "controller"

    def test_the_page(self, live_agency, waiting, controller):
        answer = controller.get(f"{live_agency.absolute_url()}/@@desk", headers=HTML)
        assert answer.status_code == 200
        assert waiting.UID() in answer.text
