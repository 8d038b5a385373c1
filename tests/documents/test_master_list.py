"""The master list: today from the catalog, a past day from the ledger, and who sees which row."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from datetime import date
from datetime import timedelta
from documents.history import at
from documents.history import live_through
from documents.history import PRESENT
from documents.history import RECORDED
from documents.history import SUSPENDED
from eqms.documents import ending
from eqms.documents import ledger
from eqms.documents.asof import Moment
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.errors import REFUSALS
from eqms.documents.ledger import pages
from eqms.documents.listing import Question
from eqms.documents.master_list import every
from eqms.documents.master_list import find
from eqms.documents.past_list import out_of_use
from eqms.documents.switch import put_in_force
from eqms.documents.workflow import fire
from eqms.domain import clock
from eqms.domain.intervals import row_at
from eqms.domain.revisions import State
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from plone import api
from plone.app.testing import logout
from unittest.mock import patch
from zExceptions import BadRequest
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


@pytest.fixture(autouse=True)
def _present():
    with clock.frozen(PRESENT):
        yield


def listed(question, *args, who=None):
    """Codes and numbers that a person gets, or a visitor."""
    if who is None:
        logout()
        return [(row.code, row.number) for row in find(question, *args).rows]
    with acting(who):
        return [(row.code, row.number) for row in find(question, *args).rows]


class TestFind:
    @pytest.fixture(autouse=True)
    def documents(self, agency, portal):
        self.agency = agency
        self.changed = add_document(agency, code="QT 02", title="Đăng ký khai sinh", field="HCTP")
        live_through(self.changed)
        self.retired = add_document(agency, code="QT 01", title="Chứng thực bản sao", field="CT")
        with clock.frozen(at(3)):
            issue(self.retired["rev-1"])
        with clock.frozen(at(15)):
            ending.retire(self.retired, "Không còn áp dụng")
        self.internal = add_document(agency, code="HD 01", title="Tiếp nhận hồ sơ")
        self.internal["rev-1"].classification = "internal"
        with clock.frozen(at(4)):
            issue(self.internal["rev-1"])
        self.draft = add_document(agency, code="QT 09", title="Bản nháp")

    def test_today_a_visitor_sees_what_is_public_and_in_force(self):
        assert listed(Question()) == [("QT 02", "01/01")]

    def test_today_staff_see_more(self):
        assert listed(Question(), who="member") == [("HD 01", "01/00"), ("QT 02", "01/01")]

    @pytest.mark.parametrize(
        ("instant", "visitor", "member"),
        [
            (at(1), [], []),
            (
                at(5),
                [("QT 01", "01/00"), ("QT 02", "01/00")],
                [("HD 01", "01/00"), ("QT 01", "01/00"), ("QT 02", "01/00")],
            ),
            (at(16), [("QT 02", "01/01")], [("HD 01", "01/00"), ("QT 02", "01/01")]),
            (SUSPENDED, [], [("HD 01", "01/00")]),
        ],
    )
    def test_on_a_past_day(self, instant, visitor, member):
        question = Question(moment=Moment(instant))
        assert listed(question) == visitor
        assert listed(question, who="member") == member

    @pytest.mark.parametrize(
        ("classification", "knowing"),
        [("internal", {"member", "author"}), ("restricted", {"author"})],
    )
    def test_a_revision_that_was_not_public_then_stays_hidden(self, classification, knowing):
        document = add_document(self.agency, code="QT 05", title="Nay đã công khai")
        live_through(document, classification=classification)
        question = Question(q="QT 05", moment=Moment(at(5)))
        found = {who for who in (None, "member", "author") if listed(question, who=who)}
        assert found == knowing
        assert listed(Question(q="QT 05", moment=Moment(PRESENT))) == [("QT 05", "01/01")]

    @pytest.mark.parametrize("who", [None, "member", "author"])
    @pytest.mark.parametrize("sort_on", ["code", "title", "in_force_from"])
    def test_as_of_now_is_todays_list(self, who, sort_on):
        now = Question(moment=Moment(PRESENT), sort_on=sort_on)
        assert listed(now, who=who) == listed(Question(sort_on=sort_on), who=who)

    def test_as_it_stood_on_record(self):
        before = Question(moment=Moment(at(11), known=RECORDED - timedelta(seconds=1)))
        assert ("QT 02", "01/00") in listed(before)
        assert ("QT 02", "01/01") in listed(Question(moment=Moment(at(11), known=RECORDED)))

    def test_a_past_row_says_what_the_revision_of_then_said(self):
        logout()
        (row,) = (row for row in find(Question(moment=Moment(at(5)))).rows if row.code == "QT 02")
        assert (row.title, row.since, row.until) == ("Đăng ký khai sinh", at(2, 1), at(9, 17))
        assert row.revision == self.changed["rev-1"].UID()

    @pytest.mark.parametrize("moment", [None, Moment(PRESENT)])
    @pytest.mark.parametrize(
        ("asked", "codes"),
        [
            ({"field": "HCTP"}, ["QT 02"]),
            ({"field": "XD"}, []),
            ({"type": "Procedure"}, ["HD 01", "QT 02"]),
            ({"type": "QualityManual"}, []),
            ({"q": "dang ky khai"}, ["QT 02"]),
            ({"q": "KHAI SINH"}, ["QT 02"]),
            ({"q": "qt2"}, ["QT 02"]),
            ({"q": "hồ s"}, ["HD 01"]),
            ({"q": "khai tu"}, []),
            ({"agency": "gone"}, []),
        ],
    )
    def test_filters(self, moment, asked, codes):
        rows = listed(Question(**asked, moment=moment), who="author")
        assert [code for code, _ in rows] == codes

    @pytest.mark.parametrize("moment", [None, Moment(PRESENT)])
    def test_of_one_agency(self, portal, moment):
        other = make_agency(portal, "Sở Nội vụ", "SNV", {})
        question = Question(agency=other.UID(), moment=moment)
        assert listed(question, who="author") == []
        question = Question(agency=self.agency.UID(), moment=moment)
        assert len(listed(question, who="author")) == 2

    @pytest.mark.parametrize("moment", [None, Moment(at(5))])
    def test_a_part_of_the_list_and_the_other_way_round(self, moment):
        whole = listed(Question(moment=moment), who="author")
        parts = [
            row
            for start in range(len(whole))
            for row in listed(Question(moment=moment), start, 1, who="author")
        ]
        assert parts == whole
        assert listed(Question(moment=moment), 99, 1, who="author") == []
        assert listed(Question(moment=moment, descending=True), who="author") == whole[::-1]

    @pytest.mark.parametrize("moment", [None, Moment(PRESENT)])
    def test_of_one_unit(self, agency, moment):
        with api.env.adopt_roles(["Manager"]):
            unit, other = (
                api.content.create(agency, "Unit", title=title)
                for title in ("Hộ tịch", "Văn phòng")
            )
        document = add_document(agency, code="QT 07")
        document["rev-1"].unit = unit.UID()
        with clock.frozen(at(6)):
            issue(document["rev-1"])
        assert listed(Question(unit=unit.UID(), moment=moment)) == [("QT 07", "01/00")]
        (row,) = find(Question(unit=unit.UID(), moment=moment)).rows
        assert (row.unit, row.owner) == (unit.UID(), unit.UID())
        with acting("controller"):
            document.owner_unit = other.UID()
            notify(ObjectModifiedEvent(document))
        assert listed(Question(unit=unit.UID(), moment=moment)) == []
        assert listed(Question(unit=other.UID(), moment=moment)) == [("QT 07", "01/00")]

    @pytest.mark.parametrize(
        ("state", "codes"),
        [
            ("in_force", ["QT 02"]),
            ("retired", ["QT 01"]),
            ("suspended", []),
            ("all", ["QT 01", "QT 02"]),
        ],
    )
    def test_by_state(self, state, codes):
        assert [code for code, _ in listed(Question(state=state))] == codes

    def test_by_the_day_of_the_next_review(self):
        with acting("controller"):
            self.changed.review_interval = 12
            notify(ObjectModifiedEvent(self.changed))
            self.internal.review_due = date(2026, 9, 1)
            notify(ObjectModifiedEvent(self.internal))

        def due(day, **asked):
            asked = {"review_by": day, "sort_on": "review_due", **asked}
            return [code for code, _ in listed(Question(**asked), who="author")]

        assert due(date(2026, 8, 31)) == []
        assert due(date(2026, 9, 1)) == ["HD 01"]
        # In force since 10/03/2026.
        assert due(date(2027, 3, 9)) == ["HD 01"]
        assert due(date(2027, 3, 10)) == ["HD 01", "QT 02"]
        assert due(date(2027, 3, 10), descending=True) == ["QT 02", "HD 01"]

    @pytest.mark.parametrize(
        "asked", [{"state": "all"}, {"review_by": date(2026, 1, 1)}, {"sort_on": "review_due"}]
    )
    def test_what_is_known_of_today_only_is_refused_of_a_past_day(self, asked):
        with pytest.raises(BadRequest):
            Question(**asked, moment=Moment(at(5)))

    @pytest.mark.parametrize("moment", [None, Moment(at(5))])
    def test_all_rows_one_after_the_other(self, moment):
        question = Question(moment=moment)
        with acting("author"):
            assert list(every(question)) == list(find(question).rows)

    def test_what_is_out_of_use(self):
        def gone(who):
            with acting(who):
                return [(row.code, row.number, row.state) for row in out_of_use(Question())]

        live_through(add_document(self.agency, code="HD 05"), classification="internal")
        assert gone("member") == [
            ("HD 05", "01/00", "superseded"),
            ("QT 01", "01/00", "retired"),
            ("QT 02", "01/00", "superseded"),
        ]
        logout()
        assert [row.code for row in out_of_use(Question())] == ["QT 01", "QT 02"]

    def test_an_unknown_order_is_refused(self):
        with pytest.raises(BadRequest):
            Question(sort_on="SearchableText")

    @pytest.mark.parametrize("moment", [None, Moment(at(5))])
    def test_no_document_is_woken(self, moment):
        brain = "Products.ZCatalog.CatalogBrains.AbstractCatalogBrain"
        kinds = []

        def wake(brain, *args):
            kinds.append(brain.portal_type)
            return self.agency

        with (
            patch(f"{brain}.getObject", wake),
            patch(f"{brain}._unrestrictedGetObject", wake),
        ):
            assert listed(Question(moment=moment), who="author")
        assert set(kinds) <= {"Agency"}


def step(document, action):
    """One thing that can happen to a document; nothing if it cannot happen now."""
    register = register_of(document)
    live = register.live
    revision = document._getOb(live.id) if live is not None else None
    try:
        if action == "issue":
            draft = register.open()
            if draft is None:
                with acting("author"):
                    revise(document)
                draft = register.open()
            new = document._getOb(draft.id)
            fire(new, "submit")
            fire(new, "confirm_review")
            fire(new, "approve")
            put_in_force(new)
        elif revision is not None:
            {
                "suspend": ending.suspend,
                "resume": ending.resume,
                "retire": lambda item, why: ending.retire(document, why),
            }[action](revision, "Lý do")
    except REFUSALS:
        pass


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(["issue", "suspend", "resume", "retire"]), min_size=1, max_size=7))
def test_the_ledger_is_what_the_registers_say(agency, actions):
    """Whatever happens, in whatever order, and asked about any moment in between."""
    document = add_document(agency, code="")
    document.code = f"QT {document.UID()[:8]}"
    moments = [at(1) + timedelta(days=day) for day in range(len(actions) + 1)]
    for moment, action in zip(moments[1:], actions, strict=True):
        with clock.frozen(moment):
            step(document, action)
    register = register_of(document)
    page = pages().get(document.UID())
    if not register.intervals:
        assert page is None
        return
    assert page.rows == register.intervals
    for moment in moments:
        row = row_at(register.intervals, moment)
        found = page.at(Moment(moment))
        assert (found is None) is (row is None)
        if row is not None:
            revision = document._getOb(register.entry(row.revision).id)
            assert found[1].title == revision.title
    live = register.in_force
    assert (page.at(Moment(PRESENT)) is not None) is (live is not None)
    assert live is None or live.state is State.IN_FORCE


def test_a_page_made_anew_is_the_page_that_grew(document):
    live_through(document)
    grown = pages().get(document.UID())
    ledger.forget(document.UID())
    ledger.enter(document)
    made = pages().get(document.UID())
    assert (made.rows, made.facts) == (grown.rows, grown.facts)


class TestRest:
    @pytest.fixture(autouse=True)
    def past(self, live_agency, request_factory):
        self.agency = live_agency
        self.document = add_document(live_agency, code="QT 02")
        live_through(self.document)
        other = add_document(live_agency, code="QT 01", title="Chứng thực bản sao")
        with clock.frozen(at(3)):
            issue(other["rev-1"])
        transaction.commit()
        self.request_factory = request_factory

    def get(self, query="", who=None, path=""):
        session = self.request_factory(**({"basic_auth": (who, PASSWORD)} if who else {}))
        return session.get(f"{path}/@master-list{query}")

    def test_the_list_of_today(self):
        body = self.get().json()
        assert body["items_total"] == 2
        assert body["on"] is None
        assert body["items"][1] == {
            "@id": self.document.absolute_url(),
            "@type": "Procedure",
            "UID": self.document.UID(),
            "code": "QT 02",
            "title": "Đăng ký khai sinh (sửa đổi)",
            "number": "01/01",
            "field": None,
            "agency": {"UID": self.agency.UID(), "title": "Sở Tư pháp"},
            "in_force_from": "2026-03-09T17:00:00Z",
            "in_force_until": None,
            "unit": None,
            "owner_unit": None,
            "state": "in_force",
            "issued_on": "2026-03-05T00:00:00Z",
            "decision": None,
            "review_due": None,
            "unconfirmed": False,
        }

    def test_the_list_of_a_past_day(self):
        body = self.get("?on=2026-03-05").json()
        assert body["on"] == "2026-03-05T16:59:59.999999Z"
        assert [(item["code"], item["number"]) for item in body["items"]] == [
            ("QT 01", "01/00"),
            ("QT 02", "01/00"),
        ]
        assert body["items"][1]["in_force_until"] == "2026-03-09T17:00:00Z"

    @pytest.mark.parametrize("on", ["", "&on=2026-03-05"])
    def test_in_batches(self, on):
        body = self.get(f"?b_size=1&b_start=1{on}").json()
        assert [item["code"] for item in body["items"]] == ["QT 02"]
        assert body["items_total"] == 2
        assert "b_start=0" in body["batching"]["prev"]
        assert "next" not in body["batching"]

    def test_of_an_agency(self):
        assert self.get(path="/so-tu-phap").json()["items_total"] == 2

    @pytest.mark.parametrize(
        "query",
        ["?on=2026-04-01", "?on=x", "?sort_on=Creator", "?b_size=0", "?b_size=501", "?b_start=-1"],
    )
    def test_what_makes_no_sense_is_refused(self, query):
        answer = self.get(query)
        assert answer.status_code == 400
        assert answer.json()["message"]
