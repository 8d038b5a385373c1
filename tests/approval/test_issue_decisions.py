"""Issue decisions: many documents at one instant, or none."""

from base64 import b64encode
from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.approval.decisions import entering
from eqms.approval.decisions.docx import decision_docx
from eqms.approval.decisions.entering import cancel
from eqms.approval.decisions.entering import drop
from eqms.approval.decisions.entering import enter
from eqms.approval.decisions.entering import Entry
from eqms.approval.decisions.rows import abolish_row
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.approval.decisions.serializer import rows_of
from eqms.documents import schedule
from eqms.documents import switch
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.elevation import elevated
from eqms.documents.errors import Conflict
from eqms.documents.indexers import revision_in_force
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import fire
from eqms.domain import clock
from eqms.domain.decisions import Action
from eqms.trail import storage as trail
from io import BytesIO
from OFS.event import ObjectWillBeMovedEvent
from plone import api
from plone.namedfile.file import NamedBlobFile
from Products.CMFCore.WorkflowCore import WorkflowException
from zExceptions import BadRequest
from zExceptions import Forbidden
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import docx
import pytest
import transaction


T0 = datetime(2026, 3, 10, 3, tzinfo=UTC)
TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)
HTML = {"Accept": "text/html"}
SIGNED = {"number": "12/QĐ-STP", "decided_on": TODAY, "signer": "Phạm Thị Duyệt"}


@pytest.fixture(autouse=True)
def stopped():
    with clock.frozen(T0):
        yield


@pytest.fixture
def agency(agency):
    agency.issue_mode = "by_decision"
    return agency


def approved(agency, number, portal_type="Procedure"):
    """An approved revision of a new document; it waits for a decision."""
    document = add_document(
        agency, code=f"QT {number:02}", title=f"Quy trình {number}", portal_type=portal_type
    )
    return issue(document["rev-1"])


def in_force(agency, number):
    """A document in force."""
    revision = approved(agency, number)
    with elevated():
        switch.issue(revision, T0 - DAY)
    return revision.__parent__


def decide(agency, *rows):
    """A decision in preparation, with rows."""
    with acting("controller"):
        decision = api.content.create(agency, "IssueDecision", title="Về việc ban hành tài liệu")
        set_rows(decision, rows)
    return decision


def signed(decision, **values):
    """Enter the decision as the controller."""
    with acting("controller"):
        enter(decision, Entry(**(SIGNED | values)))


def pdf():
    return NamedBlobFile(b"%PDF-1.7", "application/pdf", "qd.pdf")


def states(*revisions):
    return [api.content.get_state(revision) for revision in revisions]


class TestMode:
    def test_the_agency_waits_for_a_decision(self, agency):
        revision = approved(agency, 1)
        assert states(revision) == ["approved"]
        assert api.content.get_state(revision.__parent__) == "hidden"

    @pytest.mark.parametrize(
        ("site", "own", "types", "state"),
        [
            ("at_once", None, {}, "in_force"),
            ("by_decision", None, {}, "approved"),
            ("by_decision", "at_once", {}, "in_force"),
            ("at_once", "at_once", {"Procedure": "by_decision"}, "approved"),
            ("at_once", "by_decision", {"Procedure": "at_once"}, "in_force"),
            ("at_once", None, {"ControlledForm": "by_decision"}, "in_force"),
        ],
    )
    def test_the_type_goes_before_the_agency_and_that_before_the_site(
        self, agency, site, own, types, state
    ):
        api.portal.set_registry_record("eqms.approval.issue_mode", site)
        agency.issue_mode, agency.issue_modes = own, types
        assert states(approved(agency, 1)) == [state]


class TestRows:
    def test_what_is_done_follows_from_the_numbers(self, agency):
        document = in_force(agency, 1)
        with acting("author"):
            draft = revise(document)
        assert issue_row(draft).action is Action.AMENDED
        draft.issue_no, draft.amendment_no = 2, 0
        assert issue_row(draft).action is Action.REISSUED
        assert issue_row(approved(agency, 2)).action is Action.NEW
        assert abolish_row(document).action is Action.ABOLISHED

    def test_only_controllers_choose_them(self, agency):
        decision = decide(agency)
        with acting("author"), pytest.raises(Forbidden):
            set_rows(decision, [issue_row(approved(agency, 1))])

    def test_no_document_twice(self, agency):
        row = issue_row(approved(agency, 1))
        with pytest.raises(BadRequest):
            decide(agency, row, row)

    def test_no_document_of_another_agency(self, portal, agency):
        other = make_agency(portal, "Sở Nội vụ", "SNV", {})
        with api.env.adopt_roles(["Manager"]):
            stranger = api.content.create(other, "Procedure", title="Lạ", code="QT 77")
        with pytest.raises(BadRequest):
            decide(agency, issue_row(stranger["rev-1"]))

    def test_nobody_adds_a_decision_outside_an_agency(self, portal, agency):
        with api.env.adopt_roles(["Manager"]), pytest.raises(Forbidden):
            api.content.create(portal, "IssueDecision", title="Lạc")


class TestEntering:
    def test_twelve_procedures_their_forms_and_two_abolished_ones(self, agency):
        procedures = [approved(agency, number) for number in range(1, 13)]
        forms = [approved(agency, number, "ControlledForm") for number in range(21, 24)]
        gone = [in_force(agency, number) for number in (31, 32)]
        hashes = [hash_of(revision) for revision in procedures + forms]
        rows = [issue_row(revision) for revision in procedures + forms]
        decision = decide(agency, *rows, *map(abolish_row, gone))
        signed(decision)
        assert set(states(*procedures, *forms)) == {"in_force"}
        assert {revision.in_force_from for revision in procedures + forms} == {T0}
        assert states(*(document["rev-1"] for document in gone)) == ["obsolete", "obsolete"]
        assert {register_of(document).intervals[-1].end for document in gone} == {T0}
        assert [hash_of(revision) for revision in procedures + forms] == hashes
        assert decision.carried_out_at == T0
        assert {row["state"] for row in rows_of(decision)} == {"in_force", "obsolete"}
        by = procedures[0].issued_by_decision
        assert (by["number"], by["date"]) == ("12/QĐ-STP", TODAY)

    def test_who_reads_gets_the_old_one_until_the_number_is_entered(self, agency):
        document = in_force(agency, 1)
        old = document["rev-1"]
        with acting("author"):
            new = revise(document)
            new.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
        issue(new)
        before = hash_of(new)
        decision = decide(agency, issue_row(new))
        assert revision_in_force(document) == old
        signed(decision)
        assert revision_in_force(document) == new
        assert states(old, new) == ["superseded", "in_force"]
        assert hash_of(new) == before == new.content_hash

    def test_one_blocked_row_blocks_all_and_is_named(self, agency):
        good = approved(agency, 1)
        document = add_document(agency, code="QT 02", title="Còn là dự thảo")
        decision = decide(agency, issue_row(good), issue_row(document["rev-1"]))
        with pytest.raises(Conflict, match="QT 02"):
            signed(decision)

    def test_a_row_that_fails_midway_is_named_too(self, agency, monkeypatch):
        first, second = approved(agency, 1), approved(agency, 2)
        decision = decide(agency, issue_row(first), issue_row(second))
        put = switch.put_in_force

        def fail(revision, **details):
            if revision.UID() == second.UID():
                raise Conflict("đứt gánh")
            put(revision, **details)

        monkeypatch.setattr(switch, "put_in_force", fail)
        with pytest.raises(Conflict, match="QT 02: đứt gánh"):
            signed(decision)

    def test_a_dropped_row_lets_the_rest_go(self, agency):
        good = approved(agency, 1)
        document = add_document(agency, code="QT 02", title="Còn là dự thảo")
        decision = decide(agency, issue_row(good), issue_row(document["rev-1"]))
        with acting("controller"):
            with pytest.raises(BadRequest):
                drop(decision, document.UID(), " ")
            drop(decision, document.UID(), "Chưa phê duyệt xong")
        signed(decision)
        assert states(good, document["rev-1"]) == ["in_force", "draft"]
        [gone] = decision.dropped
        assert (gone.row.document, gone.reason) == (document.UID(), "Chưa phê duyệt xong")
        actions = [row["action"] for row in trail.rows(decision.UID())]
        assert actions == [
            "decision_added",
            "decision_rows_set",
            "decision_row_dropped",
            "decision_issued",
        ]

    @pytest.mark.parametrize("in_force_on", [None, TODAY + DAY])
    def test_content_that_was_altered_is_not_issued(self, agency, in_force_on):
        revision = approved(agency, 1)
        decision = decide(agency, issue_row(revision))
        revision.title = "Sửa trộm"
        with pytest.raises(Conflict, match="not what was submitted"):
            signed(decision, in_force_on=in_force_on)

    def test_a_document_without_a_code_is_not_issued(self, agency):
        document = add_document(agency, code=None, title="Chưa có mã")
        decision = decide(agency, issue_row(issue(document["rev-1"])))
        with pytest.raises(Conflict, match="no code"):
            signed(decision)

    def test_a_document_with_an_open_revision_is_not_abolished(self, agency):
        document = in_force(agency, 1)
        with acting("author"):
            revise(document)
        with pytest.raises(Conflict, match="still open"):
            signed(decide(agency, abolish_row(document)))

    @pytest.mark.parametrize("who", ["author", "approver", "reviewer", "member"])
    def test_only_controllers_enter_it(self, agency, who):
        decision = decide(agency, issue_row(approved(agency, 1)))
        with acting(who), pytest.raises(Forbidden):
            enter(decision, Entry(**SIGNED))

    @pytest.mark.parametrize(
        "values",
        [
            {"number": " "},
            {"signer": ""},
            {"decided_on": TODAY + DAY},
            {"in_force_on": TODAY - DAY},
            {"in_force_on": TODAY - DAY, "signed_file": True},
        ],
    )
    def test_what_it_needs(self, agency, values):
        decision = decide(agency, issue_row(approved(agency, 1)))
        if "signed_file" in values:
            values["signed_file"] = pdf()
        with pytest.raises(BadRequest):
            signed(decision, **values)

    def test_it_needs_rows(self, agency):
        with pytest.raises(BadRequest):
            signed(decide(agency))

    def test_the_file_is_needed_where_the_site_says_so(self, agency):
        api.portal.set_registry_record("eqms.approval.decision_file_required", True)
        decision = decide(agency, issue_row(approved(agency, 1)))
        with pytest.raises(BadRequest):
            signed(decision)
        signed(decision, signed_file=pdf())

    def test_with_the_file_it_may_be_recorded_late(self, agency):
        document = in_force(agency, 9)
        with clock.frozen(T0 + 3 * DAY):
            revision = approved(agency, 1)
            decision = decide(agency, issue_row(revision), abolish_row(document))
            signed(decision, signed_file=pdf())
        midnight = clock.start_of_day(TODAY, switch.site_zone())
        [row] = register_of(revision.__parent__).intervals
        assert (row.start, row.recorded_at) == (midnight, T0 + 3 * DAY)
        assert register_of(document).intervals[-1].end == midnight

    def test_it_is_entered_once(self, agency):
        decision = decide(agency, issue_row(approved(agency, 1)))
        signed(decision)
        with pytest.raises(Conflict):
            signed(decision, number="13/QĐ-STP")

    def test_each_document_has_one_row_that_names_it(self, agency):
        revision = approved(agency, 1)
        decision = decide(agency, issue_row(revision))
        signed(decision)
        row = trail.rows(revision.__parent__.UID())[-1]
        assert row["action"] == "make_in_force"
        assert row["details"]["decision"] == decision.UID()
        assert row["details"]["decision_number"] == "12/QĐ-STP"


class TestDayToCome:
    LATER = TODAY + 5 * DAY
    MIDNIGHT = datetime(2026, 3, 14, 17, tzinfo=UTC)

    @pytest.fixture
    def rows(self, agency):
        return [approved(agency, 1), approved(agency, 2)]

    @pytest.fixture
    def gone(self, agency):
        return in_force(agency, 3)

    @pytest.fixture
    def decision(self, agency, rows, gone):
        decision = decide(agency, *map(issue_row, rows), abolish_row(gone))
        signed(decision, in_force_on=self.LATER)
        return decision

    def tick(self, at):
        with clock.frozen(at):
            for piece in schedule.switches.due(at):
                schedule.switches.perform(piece, at)

    def test_nothing_switches_before(self, decision, rows, gone):
        assert decision.start == self.MIDNIGHT
        assert states(decision, *rows, gone["rev-1"]) == [
            "issued",
            "approved",
            "approved",
            "in_force",
        ]
        assert {revision.due_at for revision in rows} == {self.MIDNIGHT}
        assert [planned.key for planned in schedule.schedule_of_site()] == [decision.UID()]
        self.tick(self.MIDNIGHT - timedelta(microseconds=1))
        assert states(*rows) == ["approved", "approved"]

    def test_all_rows_switch_together_as_of_the_day(self, decision, rows, gone):
        self.tick(self.MIDNIGHT + timedelta(hours=7))
        assert states(*rows, gone["rev-1"]) == ["in_force", "in_force", "obsolete"]
        assert {revision.in_force_from for revision in rows} == {self.MIDNIGHT}
        assert register_of(gone).intervals[-1].end == self.MIDNIGHT
        assert decision.carried_out_at == self.MIDNIGHT + timedelta(hours=7)
        assert list(schedule.schedule_of_site()) == []

    def test_a_row_that_is_blocked_by_then_holds_all(self, decision, rows, gone):
        with acting("author"):
            revise(gone)
        with pytest.raises(Conflict, match="QT 03"):
            self.tick(self.MIDNIGHT)

    def test_it_can_be_dropped_with_a_reason_and_the_rest_goes(self, decision, rows, gone):
        with acting("author"):
            revise(gone)
        with acting("controller"):
            drop(decision, gone.UID(), "Đang sửa đổi")
        self.tick(self.MIDNIGHT)
        assert states(*rows, gone["rev-1"]) == ["in_force", "in_force", "in_force"]

    def test_a_dropped_revision_waits_for_another_decision(self, agency, decision, rows):
        with acting("controller"):
            drop(decision, rows[0].__parent__.UID(), "Đính chính")
        assert (rows[0].due_at, rows[0].issued_by_decision) == (None, None)
        signed(decide(agency, issue_row(rows[0])), number="14/QĐ-STP")
        assert states(rows[0]) == ["in_force"]

    def test_what_one_decision_issued_no_other_one_issues(self, agency, decision, rows):
        with pytest.raises(Conflict, match="issued already"):
            signed(decide(agency, issue_row(rows[0])), number="14/QĐ-STP")

    def test_a_revision_that_lost_its_base_bears_no_decision(self, decision, rows):
        fire(rows[0], "lose_base")
        assert (rows[0].due_at, rows[0].issued_by_decision) == (None, None)
        with pytest.raises(Conflict, match="QT 01"):
            self.tick(self.MIDNIGHT)

    def test_a_decision_that_was_altered_is_not_carried_out(self, decision):
        decision.number = "99/QĐ-STP"
        with pytest.raises(Conflict, match="not what was entered"):
            self.tick(self.MIDNIGHT)


class TestGuards:
    @pytest.fixture
    def decision(self, agency):
        decision = decide(agency, issue_row(approved(agency, 1)))
        signed(decision)
        return decision

    def test_nobody_writes_it(self, decision):
        with api.env.adopt_roles(["Manager"]):
            assert not api.user.has_permission("Modify portal content", obj=decision)
            decision.number = "99/QĐ-STP"
            with pytest.raises(Forbidden):
                notify(ObjectModifiedEvent(decision))

    def test_nobody_removes_or_renames_it_or_its_agency(self, agency, decision):
        with api.env.adopt_roles(["Manager"]):
            agency.manage_permission("Delete objects", ["Manager"])
            decision.manage_permission("Delete objects", ["Manager"])
            for act in (
                lambda: agency.manage_delObjects([decision.getId()]),
                lambda: agency.__parent__.manage_delObjects([agency.getId()]),
                lambda: api.content.rename(decision, "khac"),
            ):
                with pytest.raises(Exception) as refusal:
                    act()
                assert refusal.type.__name__ in ("Forbidden", "Unauthorized", "CopyError")
        assert decision.getId() in agency.objectIds()

    def test_nobody_moves_it_to_another_agency(self, portal, agency):
        other = make_agency(portal, "Sở Xây dựng", "SXD", {})
        draft = decide(agency)
        with api.env.adopt_roles(["Manager"]), pytest.raises(Exception) as refusal:
            api.content.move(draft, other)
        assert refusal.type.__name__ in ("Forbidden", "Unauthorized", "CopyError")
        event = ObjectWillBeMovedEvent(draft, agency, draft.getId(), other, draft.getId())
        with pytest.raises(Forbidden):
            notify(event)

    def test_a_draft_that_is_removed_leaves_a_row(self, agency):
        draft = decide(agency)
        with api.env.adopt_roles(["Manager"]):
            api.content.delete(draft)
        assert trail.rows(draft.UID())[-1]["action"] == "decision_removed"

    def test_nobody_copies_it(self, agency, decision):
        with api.env.adopt_roles(["Manager"]), pytest.raises(Exception) as refusal:
            api.content.copy(decision, agency)
        assert refusal.type.__name__ in ("Forbidden", "Unauthorized", "CopyError")

    @pytest.mark.parametrize("transition", ["issue", "cancel"])
    def test_nobody_fires_its_transitions(self, portal, agency, transition):
        decision = decide(agency)
        tool = api.portal.get_tool("portal_workflow")
        with api.env.adopt_roles(["Manager"]):
            with pytest.raises(WorkflowException):
                tool.doActionFor(decision, transition)
            portal.manage_permission("eqms: Switch revision", ["Manager"])
            with pytest.raises(Forbidden):
                tool.doActionFor(decision, transition)

    def test_a_draft_is_cancelled_with_a_reason_and_kept(self, agency):
        decision = decide(agency, issue_row(approved(agency, 1)))
        with acting("controller"):
            with pytest.raises(BadRequest):
                cancel(decision, "")
            cancel(decision, "Không ký")
            with pytest.raises(Conflict):
                set_rows(decision, [])
        assert states(decision) == ["cancelled"]
        assert trail.rows(decision.UID())[-1]["details"]["reason"] == "Không ký"

    def test_the_hash_tells_of_a_file_that_was_exchanged(self, agency):
        decision = decide(agency, issue_row(approved(agency, 1)))
        signed(decision, signed_file=pdf())
        decision.signed_file = NamedBlobFile(b"%PDF-1.4", "application/pdf", "qd.pdf")
        assert entering.hash_of(decision) != decision.content_hash


class TestDocx:
    def test_the_decision_with_its_list(self, agency):
        agency.superior, agency.seat = "UBND tỉnh", "Thái Nguyên"
        rows = [issue_row(approved(agency, 1)), abolish_row(in_force(agency, 2))]
        decision = decide(agency, *rows)
        decision.capacity, decision.position = "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"
        decision.grounds = "Căn cứ Quyết định số 19/2014/QĐ-TTg\nTheo đề nghị của Ban ISO <b>"
        file = docx.Document(BytesIO(decision_docx(decision)))
        text = "\n".join(paragraph.text for paragraph in file.paragraphs)
        assert "GIÁM ĐỐC SỞ TƯ PHÁP" in text
        assert "Theo đề nghị của Ban ISO <b>." in text
        assert "Ban hành 01 tài liệu và bãi bỏ 01 tài liệu" in text
        head, foot, annex = file.tables
        assert "Số: ……/QĐ-STP" in head.cell(0, 0).text
        assert "Thái Nguyên, ngày …… tháng …… năm ……" in head.cell(0, 1).text
        assert "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC" in foot.cell(0, 1).text
        assert [[cell.text for cell in row.cells] for row in annex.rows][1:] == [
            ["1", "QT 01", "Quy trình 1", "01/00", "Ban hành mới"],
            ["2", "QT 02", "Quy trình 2", "01/00", "Bãi bỏ"],
        ]
        signed(decision, capacity="", position="GIÁM ĐỐC")
        file = docx.Document(BytesIO(decision_docx(decision)))
        assert "Số: 12/QĐ-STP" in file.tables[0].cell(0, 0).text
        assert "ngày 10 tháng 3 năm 2026" in file.tables[0].cell(0, 1).text


class TestOverTheWire:
    """REST and pages, with requests of their own."""

    @pytest.fixture
    def rows(self, live_agency):
        live_agency.issue_mode = "by_decision"
        rows = [approved(live_agency, number) for number in (1, 2, 3)]
        transaction.commit()
        return rows

    @pytest.fixture
    def controller(self, request_factory):
        return request_factory(basic_auth=("controller", PASSWORD))

    @pytest.fixture
    def url(self, live_agency, rows, controller):
        answer = controller.post(
            f"/{live_agency.getId()}", json={"@type": "IssueDecision", "title": "Ban hành"}
        )
        assert answer.status_code == 201
        url = answer.json()["@id"]
        body = {"rows": [{"revision": revision.UID()} for revision in rows]}
        answer = controller.post(f"{url}/@decision-rows", json=body)
        assert answer.status_code == 200, answer.text
        assert [row["action"] for row in answer.json()["rows"]] == ["new", "new", "new"]
        return url

    BODY = {"number": "12/QĐ-STP", "date": "2026-03-10", "signer": "Phạm Thị Duyệt"}

    def enter(self, session, url, **values):
        return session.post(f"{url}/@issue-decision", json=self.BODY | values)

    def test_it_is_entered_with_its_file(self, controller, url, rows, request_factory):
        file = {"data": b64encode(b"%PDF-1.7").decode(), "filename": "qd.pdf"}
        answer = self.enter(controller, url, file=file)
        assert answer.status_code == 200, answer.text
        decision = answer.json()
        assert (decision["state"], decision["number"]) == ("issued", "12/QĐ-STP")
        assert decision["signed_file"]["filename"] == "qd.pdf"
        transaction.begin()
        document = rows[0].__parent__
        public = request_factory().get(document.absolute_url()).json()["revision_in_force"]
        assert public["issued_by_decision"]["number"] == "12/QĐ-STP"
        page = request_factory().get(document.absolute_url(), headers=HTML).text
        assert "12/QĐ-STP" in page

    def test_killed_midway_nothing_has_happened(self, controller, url, rows, monkeypatch):
        put = switch.put_in_force
        done = []

        def die(revision, **details):
            if len(done) == 2:
                raise SystemError("killed")
            done.append(revision)
            put(revision, **details)

        monkeypatch.setattr(switch, "put_in_force", die)
        assert self.enter(controller, url).status_code == 500
        monkeypatch.undo()
        transaction.begin()
        assert len(done) == 2
        assert states(*rows) == ["approved"] * 3
        assert controller.get(url).json()["state"] == "draft"
        assert self.enter(controller, url).status_code == 200

    def test_a_blocked_row_answers_409_and_names_it(self, controller, url, rows):
        fire(rows[1], "cancel_approval")
        transaction.commit()
        answer = self.enter(controller, url)
        assert answer.status_code == 409
        assert "QT 02" in answer.json()["message"]
        [blocked] = [row for row in controller.get(url).json()["rows"] if row["obstacle"]]
        body = {"document": blocked["document"], "reason": "Đã hủy phê duyệt"}
        assert controller.post(f"{url}/@drop-row", json=body).status_code == 200
        assert self.enter(controller, url).status_code == 200
        transaction.begin()
        assert states(*rows) == ["in_force", "withdrawn", "in_force"]

    @pytest.mark.parametrize("who", ["author", "approver", "member"])
    def test_others_are_refused(self, request_factory, url, who):
        session = request_factory(basic_auth=(who, PASSWORD))
        assert self.enter(session, url).status_code in (401, 403)

    @pytest.mark.parametrize("asked", [None, [{}], [{"revision": "khong-co"}], ["x"], {}])
    def test_rows_that_are_none(self, controller, url, asked):
        answer = controller.post(f"{url}/@decision-rows", json={"rows": asked})
        assert answer.status_code == 400

    def test_its_trail(self, controller, url):
        self.enter(controller, url)
        rows = controller.get(f"{url}/@trail").json()["items"]
        assert [row["action"] for row in rows] == [
            "decision_issued",
            "decision_rows_set",
            "decision_added",
        ]

    def test_visitors_do_not_see_it(self, url, request_factory):
        assert request_factory().get(url).status_code == 401

    def test_what_was_issued_stays(self, controller, url, request_factory):
        self.enter(controller, url)
        manager = request_factory(role="Manager")
        for session in (controller, manager):
            assert session.patch(url, json={"title": "Khác"}).status_code in (401, 403)
            assert session.delete(url).status_code in (401, 403)
            assert session.post(f"{url}/@cancel", json={"reason": "thôi"}).status_code == 409

    def test_pages(self, controller, url):
        for page in ("", "/@@decision-rows", "/@@issue-decision", "/@@cancel-decision"):
            answer = controller.get(f"{url}{page}", headers=HTML)
            assert answer.status_code == 200, page
        assert "QT 02" in controller.get(url, headers=HTML).text
        answer = controller.get(f"{url}/@@decision-docx")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="ban-hanh.docx"'
        assert docx.Document(BytesIO(answer.content)).tables
