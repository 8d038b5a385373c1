"""Which revision was in force then, what was on record, and who may know (invariant 10)."""

from cast import add_document
from cast import issue
from cast import PASSWORD
from datetime import timedelta
from documents.history import at
from documents.history import FIRST
from documents.history import live_through
from documents.history import PRESENT
from documents.history import RECORDED
from documents.history import replace_again
from documents.history import RESUMED
from documents.history import SECOND
from documents.history import SUSPENDED
from eqms.documents.asof import answer
from eqms.documents.asof import Moment
from eqms.documents.content import number_of
from eqms.documents.correction import correct
from eqms.documents.elevation import elevated
from eqms.documents.ledger import pages
from eqms.documents.migration import open_window
from eqms.documents.migration import take_over
from eqms.domain import clock
from plone import api
import pytest
import transaction


MOMENT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _present():
    with clock.frozen(PRESENT):
        yield


class TestAnswer:
    @pytest.fixture(autouse=True)
    def past(self, document):
        live_through(document)
        self.document = document

    def number(self, instant, known=None):
        with api.env.adopt_roles(["Manager"]):
            found = answer(self.document, Moment(instant, known))
        return number_of(found.revision) if found is not None else None

    @pytest.mark.parametrize(
        ("instant", "number"),
        [
            (FIRST - MOMENT, None),
            (FIRST, "01/00"),
            (SECOND - MOMENT, "01/00"),
            (SECOND, "01/01"),
            (SUSPENDED - MOMENT, "01/01"),
            (SUSPENDED, None),
            (RESUMED - MOMENT, None),
            (RESUMED, "01/01"),
            (PRESENT, "01/01"),
        ],
    )
    def test_before_between_and_after(self, instant, number):
        assert self.number(instant) == number

    def test_what_was_recorded_late_was_not_known_before(self):
        assert self.number(at(11)) == "01/01"
        assert self.number(at(11), known=RECORDED - MOMENT) == "01/00"
        assert self.number(at(11), known=RECORDED) == "01/01"
        assert self.number(at(5), known=FIRST - MOMENT) is None

    def test_it_tells_what_replaced_it(self):
        with api.env.adopt_roles(["Manager"]):
            found = answer(self.document, Moment(at(5)))
            last = answer(self.document, Moment(PRESENT))
        assert number_of(found.successor) == "01/01"
        assert (found.row.start, found.row.end) == (FIRST, SECOND)
        assert last.successor is None

    def test_the_ledger_says_the_same(self):
        page = pages().get(self.document.UID())
        assert page.rows == self.document._revisions.intervals
        assert [facts.number for facts in page.facts.values()] == ["01/00", "01/01"]


class TestLedger:
    def test_a_draft_is_not_in_it(self, document):
        assert pages().get(document.UID()) is None

    def test_a_correction_is(self, agency, document):
        with api.env.adopt_roles(["Manager"]):
            open_window(agency, clock.now().date() + timedelta(days=2), "Nạp tài liệu")
        revision = document["rev-1"]
        with api.env.adopt_user(username="controller"):
            take_over(revision, at(1).date())
            correct(revision, {"title": "Đăng ký khai sinh (đúng)"}, "Gõ sai")
        facts = pages().get(document.UID()).facts[revision.UID()]
        assert facts.title == "Đăng ký khai sinh (đúng)"

    def test_it_forgets_a_document_that_is_removed(self, agency, document):
        uid = document.UID()
        issue(document["rev-1"])
        assert pages().get(uid) is not None
        with elevated():
            agency.manage_delObjects([document.getId()])
        assert pages().get(uid) is None


class TestRest:
    @pytest.fixture(autouse=True)
    def past(self, live_agency, request_factory):
        self.agency = live_agency
        self.document = add_document(live_agency)
        self.request_factory = request_factory

    def live_through(self, **changes):
        revisions = live_through(self.document, **changes)
        transaction.commit()
        return revisions

    def get(self, query="", who=None):
        session = self.request_factory(**({"basic_auth": (who, PASSWORD)} if who else {}))
        path = "/".join(self.document.getPhysicalPath()[2:])
        return session.get(f"{path}/@in-force{query}")

    def test_without_a_date_it_is_what_is_in_force_now(self):
        _, second = self.live_through()
        body = self.get().json()
        assert body["revision"]["UID"] == second.UID()
        assert body["revision"]["text"] is None
        assert body["in_force_until"] is None
        assert not body["content_withheld"]

    def test_a_day_means_its_last_instant_here(self):
        self.live_through()
        numbers = {
            day: self.get(f"?on=2026-03-{day:02}").json().get("revision", {}).get("number")
            for day in (1, 2, 9, 10, 19, 20, 24, 25, 28)
        }
        assert numbers == {
            1: None,
            2: "01/00",
            9: "01/00",
            10: "01/01",
            19: "01/01",
            20: None,
            24: None,
            25: "01/01",
            28: "01/01",
        }

    def test_today_means_now(self):
        self.live_through()
        assert self.get("?on=2026-03-28").json()["on"] == "2026-03-28T05:00:00Z"

    def test_an_instant_also_with_a_plus_that_was_not_quoted(self):
        self.live_through()
        for instant in ("2026-03-09T23:59:59%2B07:00", "2026-03-09T23:59:59+07:00"):
            assert self.get(f"?on={instant}").json()["revision"]["number"] == "01/00"
        assert self.get("?on=2026-03-09T17:00:00Z").json()["revision"]["number"] == "01/01"

    def test_in_a_zone_with_daylight_saving_the_day_is_as_long_as_it_is(self):
        self.live_through()
        # The last instant of 9 March in New York: an hour off before the change of 8 March.
        api.portal.set_registry_record("plone.portal_timezone", "America/New_York")
        transaction.commit()
        assert self.get("?on=2026-03-07").json()["on"] == "2026-03-08T04:59:59.999999Z"
        assert self.get("?on=2026-03-08").json()["on"] == "2026-03-09T03:59:59.999999Z"

    def test_what_was_on_record_then(self):
        first, second = self.live_through()
        late = self.get("?on=2026-03-11").json()
        assert late["revision"]["UID"] == second.UID()
        assert (late["in_force_from"], late["recorded_at"]) == (
            "2026-03-09T17:00:00Z",
            "2026-03-13T02:00:00Z",
        )
        early = self.get("?on=2026-03-11&known=2026-03-12").json()
        assert early["revision"]["UID"] == first.UID()
        assert early["in_force_until"] is None

    @pytest.mark.parametrize(
        "query",
        [
            "?on=2026-03-29",
            "?on=2026-03-28T05:00:01Z",
            "?on=2026-03-05&known=2026-04-01",
            "?on=01/03/2026",
            "?on=2026-02-30",
            "?on=2026-03-05T08:00:00",
            "?on=hôm+qua",
            "?on=2026-03-05&on=2026-03-06",
            "?known=x",
        ],
    )
    def test_the_future_and_what_is_no_time_are_refused(self, query):
        self.live_through()
        answer = self.get(query)
        assert answer.status_code == 400
        assert answer.json()["message"]

    def test_nothing_in_force_then(self):
        self.live_through()
        answer = self.get("?on=2026-03-01")
        assert answer.status_code == 404
        assert "2026-03-01T16:59:59.999999Z" in answer.json()["message"]

    def test_visitors_get_the_facts_of_a_replaced_revision_and_no_content(self):
        first, second = self.live_through(description="Chỉ bản cũ có câu này")
        answer = self.get("?on=2026-03-05")
        body = answer.json()
        assert body["content_withheld"]
        assert body["revision"] == {
            "UID": first.UID(),
            "seq": 1,
            "number": "01/00",
            "issue_no": 1,
            "amendment_no": 0,
            "content_hash": first.content_hash,
            "issued_at": "2026-03-02T01:00:00Z",
            "in_force_from": "2026-03-02T01:00:00Z",
            "superseded_at": "2026-03-09T17:00:00Z",
        }
        assert body["successor"] == {
            "UID": second.UID(),
            "seq": 2,
            "number": "01/01",
            "in_force_from": "2026-03-09T17:00:00Z",
        }
        assert "Chỉ bản cũ" not in answer.text

    def test_people_of_the_agency_get_the_content(self):
        self.live_through(description="Chỉ bản cũ có câu này")
        body = self.get("?on=2026-03-05", who="author").json()
        assert not body["content_withheld"]
        assert body["revision"]["description"] == "Chỉ bản cũ có câu này"

    @pytest.mark.parametrize(
        ("classification", "statuses"),
        [
            ("internal", {None: 404, "member": 200, "author": 200}),
            ("restricted", {None: 404, "member": 404, "author": 200}),
        ],
    )
    def test_what_was_never_public_is_as_if_it_had_not_been(self, classification, statuses):
        self.live_through(classification=classification)
        found = {who: self.get("?on=2026-03-05", who=who) for who in statuses}
        assert {who: answer.status_code for who, answer in found.items()} == statuses
        unknown = self.get("?on=2026-03-01").json()["message"]
        hidden = found[None].json()["message"]
        assert hidden.replace("2026-03-05", "") == unknown.replace("2026-03-01", "")

    def test_a_hidden_successor_is_not_told_of(self):
        self.live_through(second_classification="restricted")
        replace_again(self.document)
        transaction.commit()
        assert self.get("?on=2026-03-05").json()["successor"] is None
        assert self.get("?on=2026-03-05", who="author").json()["successor"]["number"] == "01/01"

    def test_a_document_that_nobody_may_see_yet(self):
        transaction.commit()
        assert self.get("?on=2026-03-05").status_code == 401
