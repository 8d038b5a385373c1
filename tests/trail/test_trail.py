"""The audit trail: one row per event, chained, and nothing happens without its row."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from datetime import datetime
from datetime import UTC
from eqms.approval import actions
from eqms.approval.manifest import manifest
from eqms.approval.record import record_of
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import fire
from eqms.domain import chain
from eqms.domain import clock
from eqms.domain.canonical import NotCanonical
from eqms.trail import storage as trail
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import json
import pytest
import transaction


NOON = datetime(2026, 3, 10, 5, 0, tzinfo=UTC)


class TestRows:
    def test_a_row_says_who_when_what_and_where(self, document):
        with clock.frozen(NOON), acting("author"):
            actions.transition(document["rev-1"], "submit", "gửi xem xét")
        row = trail.rows(document.UID())[-1]
        assert (row["actor"], row["action"], row["subject"]) == ("author", "submit", document.UID())
        assert row["at"] == "2026-03-10T05:00:00.000000Z"
        assert row["path"] == "/".join(document["rev-1"].getPhysicalPath())
        details = row["details"]
        assert (details["old_state"], details["new_state"]) == ("draft", "in_review")
        assert (details["revision"], details["number"]) == (document["rev-1"].UID(), "01/00")
        assert details["comment"] == "gửi xem xét"
        assert details["content_hash"] == hash_of(document["rev-1"])

    def test_rows_are_numbered_and_chained(self, document):
        issue(document["rev-1"])
        rows = trail.rows(document.UID())
        assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
        assert rows[0]["previous"] == chain.GENESIS
        assert chain.verify(rows) == []
        assert chain.verify(json.loads(json.dumps(rows))) == []

    @pytest.mark.parametrize("name", ["actor", "at", "action", "details", "path", "number"])
    def test_an_altered_row_is_found(self, document, name):
        issue(document["rev-1"])
        rows = trail.rows(document.UID())
        rows[2][name] = {} if name == "details" else "khác"
        assert chain.verify(rows)

    def test_a_missing_row_is_found(self, document):
        issue(document["rev-1"])
        rows = trail.rows(document.UID())
        assert chain.verify(rows[:2] + rows[3:])

    def test_what_is_handed_out_is_a_copy(self, document):
        trail.rows(document.UID())[0]["actor"] = "kẻ khác"
        assert trail.rows(document.UID())[0]["actor"] == "author"

    def test_an_object_without_events_has_none(self, portal):
        assert trail.rows("0" * 32) == []

    def test_reading_makes_no_trail(self, portal):
        trail.rows("0" * 32)
        assert "0" * 32 not in trail._trails()

    def test_each_object_has_its_own_chain(self, agency, document):
        other = add_document(agency, code="QT 02", title="Khác")
        assert trail.rows(document.UID())[0]["number"] == trail.rows(other.UID())[0]["number"] == 1
        assert chain.verify(trail.rows(other.UID())) == []

    @pytest.mark.parametrize(
        "value",
        [object(), {1: "x"}, float("nan"), b"bytes"],
        ids=lambda value: type(value).__name__,
    )
    def test_what_has_no_canonical_form_is_refused(self, portal, value):
        with pytest.raises(NotCanonical):
            trail.append("x", "thu", value=value)
        assert trail.rows("x") == []

    def test_a_visitor_is_called_anonymous(self, portal):
        with api.env.adopt_roles(["Anonymous"]):
            pass
        from AccessControl.SecurityManagement import noSecurityManager

        noSecurityManager()
        assert trail.append("x", "thu")["actor"] == "anonymous"


class TestOneRowPerEvent:
    def actions_of(self, document):
        return [row["action"] for row in trail.rows(document.UID())]

    def test_the_whole_life(self, document):
        draft = document["rev-1"]
        with acting("author"):
            actions.transition(draft, "submit")
        with acting("reviewer"):
            actions.transition(draft, "reject", "thiếu")
        with acting("author"):
            actions.transition(draft, "submit")
            actions.transition(draft, "recall", "nhầm")
        issue(draft)
        with acting("author"):
            second = revise(document)
            actions.transition(second, "withdraw", "bỏ")
            third = revise(document)
            third.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
        issue(third)
        assert self.actions_of(document) == [
            "document_added",
            "draft_opened",
            "submit",
            "reject",
            "submit",
            "recall",
            "submit",
            "signed",
            "confirm_review",
            "signed",
            "approve",
            "make_in_force",
            "draft_opened",
            "withdraw",
            "draft_opened",
            "submit",
            "signed",
            "confirm_review",
            "signed",
            "approve",
            "supersede",
            "make_in_force",
        ]

    def test_internal_transitions_name_the_person_who_caused_them(self, document):
        issue(document["rev-1"])
        by = {row["action"]: row["actor"] for row in trail.rows(document.UID())}
        assert by["confirm_review"] == "reviewer"
        assert by["approve"] == by["make_in_force"] == "approver"

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("code", "QT 02"),
            ("review_interval", 12),
            ("retention_class", "years-5"),
        ],
    )
    def test_a_change_of_identity(self, document, name, value):
        rows = len(trail.rows(document.UID()))
        before = getattr(document, name)
        with acting("controller"):
            setattr(document, name, value)
            notify(ObjectModifiedEvent(document))
            notify(ObjectModifiedEvent(document))
        [row] = trail.rows(document.UID())[rows:]
        assert (row["action"], row["actor"]) == ("identity_changed", "controller")
        assert row["details"]["changes"] == {name: [before, value]}

    def test_a_hold_set_and_lifted(self, document):
        rows = len(trail.rows(document.UID()))
        with acting("controller"):
            for hold in (True, False):
                document.legal_hold = hold
                notify(ObjectModifiedEvent(document))
        assert [row["action"] for row in trail.rows(document.UID())[rows:]] == [
            "hold_set",
            "hold_lifted",
        ]

    def test_saving_a_draft_is_no_event(self, document):
        rows = self.actions_of(document)
        with acting("author"):
            document["rev-1"].title = "Tên khác"
            notify(ObjectModifiedEvent(document["rev-1"]))
        assert self.actions_of(document) == rows

    def test_the_trail_outlives_its_document(self, agency, document):
        uid = document.UID()
        with acting("author"):
            agency.manage_delObjects([document.getId()])
        rows = trail.rows(uid)
        assert [row["action"] for row in rows] == [
            "document_added",
            "draft_opened",
            "document_removed",
        ]
        assert rows[-1]["details"] == {"title": "Đăng ký khai sinh", "code": "QT 01/CX-HCTP"}
        assert chain.verify(rows) == []

    def test_and_its_agency(self, portal, agency, document):
        uids = (document.UID(), agency.UID())
        with api.env.adopt_roles(["Manager"]):
            portal.manage_delObjects([agency.getId()])
        document_rows, agency_rows = (trail.rows(uid) for uid in uids)
        assert document_rows[-1]["action"] == "document_removed"
        assert agency_rows[0]["action"] == "agency_added"
        assert agency_rows[-1]["action"] == "agency_removed"

    def test_and_the_people_in_it(self, document):
        issue(document["rev-1"])
        with api.env.adopt_roles(["Manager"]):
            for user_id in ("author", "reviewer", "approver"):
                api.user.delete(username=user_id)
        rows = trail.rows(document.UID())
        assert rows[-1]["actor"] == "approver"
        assert chain.verify(rows) == []
        assert [row["name"] for row in manifest(document["rev-1"])] == [
            "Trần Văn Xét",
            "Phạm Thị Duyệt",
        ]


class WriterFailedError(Exception):
    """The row could not be written."""


@pytest.fixture
def broken_writer(monkeypatch):
    """From the call on, no row can be written."""

    def fail(*args, **kwargs):
        raise WriterFailedError

    return lambda: monkeypatch.setattr(trail, "append", fail)


def _nothing(draft):
    """What is asked for needs no preparation."""


def review(draft):
    with acting("reviewer"):
        actions.sign(draft, "review", PASSWORD)


def submitted(draft):
    with acting("author"):
        actions.transition(draft, "submit")


def reviewed(draft):
    submitted(draft)
    review(draft)


EVENTS = {
    "submit": (lambda draft: None, submitted),
    "withdraw": (lambda draft: None, lambda draft: _by("author", draft, "withdraw")),
    "reject": (submitted, lambda draft: _by("reviewer", draft, "reject")),
    "recall": (submitted, lambda draft: _by("author", draft, "recall")),
    "confirm_review": (submitted, review),
    "approve": (reviewed, lambda draft: fire(draft, "approve")),
    "make_in_force": (reviewed, lambda draft: _sign_last(draft)),
    "supersede": (issue, lambda draft: fire(draft, "supersede")),
    "suspend": (issue, lambda draft: fire(draft, "suspend")),
    "retire": (issue, lambda draft: fire(draft, "retire")),
    "wrong password": (submitted, lambda draft: _wrong_password(draft)),
    "revise": (issue, lambda draft: _revise(draft)),
    "remove draft": (lambda draft: None, lambda draft: _remove(draft)),
    "identity": (lambda draft: None, lambda draft: _recode(draft)),
}
"""Event -> what leads up to it, and what causes it."""


def _by(user_id, draft, transition):
    with acting(user_id):
        actions.transition(draft, transition, "lý do")


def _sign_last(draft):
    with acting("approver"):
        actions.sign(draft, "approval", PASSWORD)


def _wrong_password(draft):
    with acting("reviewer"):
        actions.sign(draft, "review", "sai")


def _revise(draft):
    with acting("author"):
        revise(draft.__parent__)


def _remove(draft):
    with acting("author"):
        draft.__parent__.manage_delObjects([draft.getId()])


def _recode(draft):
    with acting("author"):
        draft.__parent__.code = "QT 99"
        notify(ObjectModifiedEvent(draft.__parent__))


OWNER = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)

REQUESTS = {
    "sign": (
        submitted,
        ("reviewer", PASSWORD),
        "POST",
        "revision",
        "/@sign",
        {"meaning": "review", "password": PASSWORD},
    ),
    "wrong password": (
        submitted,
        ("reviewer", PASSWORD),
        "POST",
        "revision",
        "/@sign",
        {"meaning": "review", "password": "sai"},
    ),
    "last signature": (
        reviewed,
        ("approver", PASSWORD),
        "POST",
        "revision",
        "/@sign",
        {"meaning": "approval", "password": PASSWORD},
    ),
    "code": (_nothing, ("author", PASSWORD), "PATCH", "document", "", {"code": "QT 99"}),
    "hold": (_nothing, ("controller", PASSWORD), "PATCH", "document", "", {"legal_hold": True}),
    "agency": (_nothing, OWNER, "PATCH", "agency", "", {"tier": "commune"}),
    "roles on the agency": (
        _nothing,
        OWNER,
        "POST",
        "agency",
        "/@sharing",
        {"entries": [{"id": "member", "type": "user", "roles": {"Reader": True}}]},
    ),
    "member of a group": (
        _nothing,
        OWNER,
        "PATCH",
        "site",
        "/@groups/stp-approvers",
        {"users": {"member": True}},
    ),
    "role in the site": (
        _nothing,
        OWNER,
        "PATCH",
        "site",
        "/@users/member",
        {"roles": {"QMS Auditor": True}},
    ),
    "account": (_nothing, OWNER, "DELETE", "site", "/@users/member", None),
}
"""Request -> what leads up to it, who sends it, and what it asks for."""


class TestNothingHappensWithoutItsRow:
    @pytest.mark.parametrize("event", EVENTS)
    def test_a_failing_writer_takes_the_event_back(self, live_document, broken_writer, event):
        prepare, cause = EVENTS[event]
        draft = live_document["rev-1"]
        prepare(draft)
        transaction.commit()

        def facts():
            record = record_of(draft)
            return {
                "states": (api.content.get_state(draft), api.content.get_state(live_document)),
                "entries": register_of(live_document).entries,
                "intervals": register_of(live_document).intervals,
                "children": live_document.objectIds(),
                "signatures": record.signatures,
                "hash": draft.content_hash,
                "code": live_document.code,
                "rows": len(trail.rows(live_document.UID())),
                "columns": [
                    (brain.review_state, brain.eqms_document_state)
                    for brain in api.portal.get_tool("portal_catalog").unrestrictedSearchResults(
                        UID=live_document.UID()
                    )
                ],
            }

        before = facts()
        broken_writer()
        with pytest.raises(WriterFailedError):
            cause(draft)
        transaction.abort()
        assert facts() == before

    def test_nor_does_a_request_leave_anything(self, live_document, broken_writer, request_factory):
        draft = live_document["rev-1"]
        broken_writer()
        session = request_factory(basic_auth=("author", PASSWORD))
        answer = session.post(f"{draft.absolute_url()}/@submit", json={})
        assert answer.status_code == 500
        transaction.begin()
        assert api.content.get_state(draft) == "draft"
        assert draft.content_hash is None
        assert not draft.ever_submitted

    @pytest.mark.parametrize("request_", REQUESTS)
    def test_nor_does_any_other_request(
        self, live_document, broken_writer, request_factory, request_
    ):
        prepare, who, method, place, service, body = REQUESTS[request_]
        draft = live_document["rev-1"]
        prepare(draft)
        transaction.commit()
        places = {"document": live_document, "revision": draft, "agency": live_document.__parent__}
        places["site"] = api.portal.get()

        def facts():
            transaction.begin()
            agency = live_document.__parent__
            return (
                record_of(draft).signatures,
                api.content.get_state(draft),
                live_document.code,
                live_document.legal_hold,
                agency.tier,
                agency.get_local_roles(),
                api.group.get(groupname="stp-approvers").getGroupMemberIds(),
                api.user.get(userid="member").getRoles(),
                {uid: len(trail.rows(uid)) for uid in trail.subjects()},
            )

        before = facts()
        broken_writer()
        session = request_factory(basic_auth=who)
        answer = session.request(method, f"{places[place].absolute_url()}{service}", json=body)
        assert answer.status_code == 500, answer.text
        assert facts() == before

    def test_no_document_comes_without_its_row(self, live_agency, broken_writer):
        broken_writer()
        with pytest.raises(WriterFailedError):
            add_document(live_agency)
        transaction.abort()
        assert live_agency.objectIds() == []

    def test_nor_an_agency(self, functional_portal, broken_writer):
        transaction.commit()
        broken_writer()
        with pytest.raises(WriterFailedError):
            make_agency(functional_portal, people={})
        transaction.abort()
        assert "so-tu-phap" not in functional_portal.objectIds()
        assert api.group.get(groupname="stp-authors") is None


class TestConflicts:
    def test_two_writers_of_one_trail_conflict(self, live_document):
        from ZODB.POSException import ConflictError

        uid = live_document.UID()
        transaction.commit()
        database = live_document._p_jar.db()
        managers = [transaction.TransactionManager() for _ in range(2)]
        connections = [database.open(transaction_manager=manager) for manager in managers]
        try:
            for connection in connections:
                site = connection.root()["Application"]["plone"]
                site.__annotations__[trail.ANNOTATION][uid].append({"action": "thu"})
            managers[0].commit()
            with pytest.raises(ConflictError):
                managers[1].commit()
        finally:
            for manager, connection in zip(managers, connections, strict=True):
                manager.abort()
                connection.close()
        transaction.begin()
        assert chain.verify(trail.rows(uid)) == []
