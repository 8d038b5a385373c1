"""Proposals: the controller proposes, who may approve signs or a decision is cited."""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.decisions.entering import enter
from eqms.approval.decisions.entering import Entry
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.approval.requests import acting as requests
from eqms.approval.requests.storage import book_of
from eqms.approval.requests.storage import Kind
from eqms.approval.requests.storage import Outcome
from eqms.approval.requests.usage import usage_of
from eqms.documents import switch
from eqms.documents.drafting import revise
from eqms.documents.errors import Conflict
from eqms.documents.tombstone import tombstone_of
from eqms.domain import clock
from eqms.trail import storage as trail
from plone import api
from plone.app.textfield.value import RichTextValue
from zExceptions import BadRequest
from zExceptions import Forbidden
import pytest
import transaction


T0 = datetime(2026, 3, 10, 3, tzinfo=UTC)
TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)
HTML = {"Accept": "text/html"}


@pytest.fixture(autouse=True)
def stopped():
    with clock.frozen(T0):
        yield


@pytest.fixture
def revision(document):
    with clock.frozen(T0 - DAY):
        return issue(document["rev-1"])


@pytest.fixture
def planned(agency, document):
    """A revision that comes in force in five days."""
    agency.issue_mode = "by_decision"
    revision = issue(document["rev-1"])
    switch.issue(revision, clock.start_of_day(TODAY + 5 * DAY, switch.site_zone()))
    return revision


def propose(document, kind, reason="Vì lẽ đó", by="controller", **values):
    with acting(by):
        return requests.propose(document, Kind(kind), reason, **values)


def sign(document, request, by="approver", **values):
    with acting(by):
        return requests.sign(document, request.proposal.number, PASSWORD, **values)


def state(revision):
    return api.content.get_state(revision)


class TestKinds:
    def test_suspend_and_resume(self, document, revision):
        request = propose(document, "suspend")
        assert state(revision) == "in_force"
        sign(document, request)
        assert state(revision) == "suspended"
        sign(document, propose(document, "resume"))
        assert state(revision) == "in_force"
        assert [item.outcome for item in book_of(document).of(document.UID())] == [
            Outcome.APPROVED,
            Outcome.APPROVED,
        ]
        assert list(book_of(document).open()) == []

    def test_retire_with_a_successor(self, agency, document, revision):
        successor = issue(add_document(agency, code="QT 02", title="Thay thế")["rev-1"]).__parent__
        request = propose(document, "retire", why="replaced", successor=successor.UID())
        sign(document, request)
        stone = tombstone_of(document)
        assert (stone.why, stone.successor.UID) == ("replaced", successor.UID())

    def test_cancel_an_approval(self, document, planned):
        sign(document, propose(document, "cancel_approval"))
        assert state(planned) == "withdrawn"
        assert planned.due_at is None

    def test_another_day(self, document, planned):
        sign(document, propose(document, "reschedule", due_on=TODAY + 9 * DAY))
        assert planned.due_at == clock.start_of_day(TODAY + 9 * DAY, switch.site_zone())

    def test_a_row_of_a_decision_is_dropped_there(self, agency, document):
        agency.issue_mode = "by_decision"
        revision = issue(document["rev-1"])
        with acting("controller"):
            decision = api.content.create(agency, "IssueDecision", title="Ban hành")
            set_rows(decision, [issue_row(revision)])
            enter(decision, Entry("1/QĐ", TODAY, TODAY + 5 * DAY, signer="Duyệt"))
        for kind, values in (("cancel_approval", {}), ("reschedule", {"due_on": TODAY + DAY})):
            with pytest.raises(Conflict, match="1/QĐ"):
                propose(document, kind, **values)


class TestProposing:
    @pytest.mark.parametrize("who", ["author", "reviewer", "approver", "member"])
    def test_only_controllers(self, document, revision, who):
        with pytest.raises(Forbidden):
            propose(document, "suspend", by=who)

    @pytest.mark.parametrize(
        ("kind", "values", "refusal"),
        [
            ("suspend", {"reason": " "}, BadRequest),
            ("resume", {}, Conflict),
            ("cancel_approval", {}, Conflict),
            ("reschedule", {"due_on": TODAY + DAY}, Conflict),
            ("retire", {"why": "chán"}, BadRequest),
            ("retire", {"successor": "khong-co"}, BadRequest),
        ],
    )
    def test_what_could_not_be_carried_out(self, document, revision, kind, values, refusal):
        with pytest.raises(refusal):
            propose(document, kind, **values)

    @pytest.mark.parametrize("due_on", [None, TODAY])
    def test_another_day_must_come_yet(self, document, planned, due_on):
        with pytest.raises(BadRequest):
            propose(document, "reschedule", due_on=due_on)

    def test_the_same_once(self, document, revision):
        propose(document, "suspend")
        with pytest.raises(Conflict):
            propose(document, "suspend")

    def test_no_retirement_while_a_revision_is_open(self, document, revision):
        with acting("author"):
            revise(document)
        with pytest.raises(Conflict, match="Discard it"):
            propose(document, "retire")


class TestDeciding:
    def test_the_signature_stands_under_what_was_proposed(self, document, revision):
        request = sign(document, propose(document, "suspend", "Sai lệ phí"), comment="Đồng ý")
        row = request.signature
        assert (row.person, row.name, row.meaning) == ("approver", "Phạm Thị Duyệt", "suspend")
        assert row.content_hash == request.proposal.hash
        assert "Sai lệ phí" in row.statement

    def test_each_act_has_one_row(self, document, revision):
        before = len(trail.rows(document.UID()))
        sign(document, propose(document, "suspend", "Sai lệ phí"))
        rows = trail.rows(document.UID())[before:]
        assert [row["action"] for row in rows] == ["request_made", "request_approved", "suspend"]
        assert rows[-1]["details"]["proposed_by"] == "controller"
        assert rows[-1]["actor"] == "approver"

    def test_not_by_who_proposed_it(self, agency, document, revision):
        api.group.add_user(groupname=agency.group_ids["approvers"], username="controller")
        request = propose(document, "suspend")
        with pytest.raises(Forbidden):
            sign(document, request, by="controller")
        with acting("controller"), pytest.raises(Forbidden):
            requests.reject(document, 1, "không")

    @pytest.mark.parametrize("who", ["author", "reviewer", "member"])
    def test_not_by_who_may_not_approve(self, document, revision, who):
        request = propose(document, "suspend")
        with pytest.raises(Forbidden):
            sign(document, request, by=who)

    def test_a_wrong_password_changes_nothing_and_leaves_a_row(self, document, revision):
        propose(document, "suspend")
        with acting("approver"), pytest.raises(ReauthenticationFailed):
            requests.sign(document, 1, "sai")
        assert state(revision) == "in_force"
        assert trail.rows(document.UID())[-1]["action"] == "reauthentication_failed"

    def test_a_decision_is_cited_instead(self, document, revision):
        propose(document, "retire", why="basis_ended")
        with acting("controller"):
            requests.cite(document, 1, "77/QĐ-STP", TODAY)
        assert state(revision) == "obsolete"
        assert tombstone_of(document).decision["number"] == "77/QĐ-STP"

    @pytest.mark.parametrize("cited", [(" ", TODAY), ("77/QĐ", TODAY + DAY)])
    def test_which_decision_cannot_be_cited(self, document, revision, cited):
        propose(document, "retire")
        with acting("controller"), pytest.raises(BadRequest):
            requests.cite(document, 1, *cited)

    def test_an_approver_cites_nothing(self, document, revision):
        propose(document, "retire")
        with acting("approver"), pytest.raises(Forbidden):
            requests.cite(document, 1, "77/QĐ-STP", TODAY)

    def test_turned_down_or_taken_back_it_is_over(self, document, revision):
        for act, who, outcome in (
            (requests.reject, "approver", Outcome.REJECTED),
            (requests.withdraw, "controller", Outcome.WITHDRAWN),
        ):
            request = propose(document, "suspend")
            with acting(who):
                with pytest.raises(BadRequest):
                    act(document, request.proposal.number, " ")
                act(document, request.proposal.number, "Không cần")
            assert request.outcome is outcome
            with pytest.raises(Conflict):
                sign(document, request)
        assert state(revision) == "in_force"

    def test_a_challenge_is_for_one_proposal(self, document, revision):
        request = propose(document, "suspend")
        other = propose(document, "retire")
        with acting("approver"):
            challenge = requests.challenge_for(document, request.proposal.number)
        with pytest.raises(Conflict):
            sign(document, other, challenge=challenge)
        sign(document, request, challenge=challenge)
        assert state(revision) == "suspended"


class TestUsage:
    def test_who_goes_by_it(self, agency, document, revision):
        citing = add_document(agency, code="QT 05", title="Trích dẫn")
        citing["rev-1"].text = RichTextValue("<p>Thực hiện theo QT 01/CX-HCTP.</p>", "text/html")
        issue(citing["rev-1"])
        usage = usage_of(document)
        assert [brain.UID for brain in usage.citing] == [citing.UID()]
        assert not usage.open_revision
        with acting("controller"):
            decision = api.content.create(agency, "IssueDecision", title="Ban hành")
            draft = revise(document)
            set_rows(decision, [issue_row(draft)])
            usage = usage_of(document)
        assert [brain.UID for brain in usage.decisions] == [decision.UID()]
        assert usage.open_revision


class TestOverTheWire:
    @pytest.fixture
    def url(self, live_document):
        issue(live_document["rev-1"])
        transaction.commit()
        return live_document.absolute_url()

    @pytest.fixture
    def controller(self, request_factory):
        return request_factory(basic_auth=("controller", PASSWORD))

    @pytest.fixture
    def approver(self, request_factory):
        return request_factory(basic_auth=("approver", PASSWORD))

    def test_by_rest(self, url, controller, approver, request_factory):
        body = {"kind": "suspend", "reason": "Sai <b>lệ phí</b>"}
        answer = controller.post(f"{url}/@requests", json=body)
        assert answer.status_code == 201, answer.text
        made = answer.json()
        assert (made["number"], made["state"]) == (1, "open")
        shown = approver.get(made["@id"]).json()
        secret = {"password": PASSWORD, "challenge": shown["challenge"]}
        assert approver.post(f"{made['@id']}/sign", json={"password": "sai"}).status_code == 403
        answer = approver.post(f"{made['@id']}/sign", json=secret)
        assert answer.status_code == 200, answer.text
        assert answer.json()["signature"]["name"] == "Phạm Thị Duyệt"
        document = request_factory().get(url).json()
        assert document["document_state"] == "suspended"
        assert approver.get(f"{url}/@requests").json()["items_total"] == 1

    @pytest.mark.parametrize(
        ("path", "body", "status"),
        [
            ("", {"kind": "xóa", "reason": "x"}, 400),
            ("", {"kind": "suspend"}, 400),
            ("/1/sign", {}, 404),
            ("/x/sign", {}, 404),
            ("/1/xem", {}, 404),
        ],
    )
    def test_what_is_refused(self, url, controller, path, body, status):
        assert controller.post(f"{url}/@requests{path}", json=body).status_code == status

    def test_visitors_read_no_proposals(self, url, request_factory):
        assert request_factory().get(f"{url}/@requests").status_code == 401

    def test_pages(self, url, controller, approver):
        body = {"kind": "retire", "reason": "<img src=x onerror=alert(1)>"}
        controller.post(f"{url}/@requests", json=body)
        for session, page in (
            (controller, ""),
            (controller, "/@@requests"),
            (controller, "/@@propose-ending"),
            (controller, "/@@cite-decision?number=1"),
            (controller, "/@@withdraw-request?number=1"),
            (approver, "/@@requests"),
            (approver, "/@@sign-request?number=1"),
            (approver, "/@@reject-request?number=1"),
        ):
            answer = session.get(f"{url}{page}", headers=HTML)
            assert answer.status_code == 200, page
            assert "<img src=x" not in answer.text
        assert approver.get(f"{url}/@@sign-request?number=9", headers=HTML).status_code == 404
