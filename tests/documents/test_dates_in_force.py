"""Dates in force: approved today, in force from a day to come, and what happens until then."""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.approval import actions
from eqms.approval.manifest import manifest
from eqms.documents import schedule
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.errors import Conflict
from eqms.documents.indexers import revision_in_force
from eqms.documents.labels import ISSUED_FOR_LATER
from eqms.documents.labels import state_label
from eqms.documents.schedule import switches
from eqms.documents.switch import cancel_approval
from eqms.documents.switch import put_in_force
from eqms.documents.switch import reschedule
from eqms.documents.switch import scheduled_revision
from eqms.documents.workflow import state_of
from eqms.domain import clock
from eqms.domain.revisions import Kind
from eqms.domain.revisions import State
from eqms.trail import storage as trail
from plone import api
from zExceptions import BadRequest
import pytest


APPROVED = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)
START = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
"""00:00 of that day in Vietnam."""


@pytest.fixture(autouse=True)
def _day_of_approval():
    with clock.frozen(APPROVED):
        yield


def next_draft(document, day=DAY, kind=Kind.NORMAL):
    """The next draft, for a date, ready to be submitted."""
    with acting("author"):
        draft = revise(document, kind=kind)
        draft.force_mode = "on_date" if day else "on_approval"
        draft.force_date = day
        draft.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "NQ 10"}]
    return draft


def run(now):
    """What the clock does, without its transactions."""
    with clock.frozen(now):
        for piece in switches.due(now):
            switches.perform(piece, now)


@pytest.fixture
def planned(document):
    """A document in force since before, its next revision issued for a date."""
    with clock.frozen(APPROVED - timedelta(days=30)):
        issue(document["rev-1"])
    return issue(next_draft(document))


class TestBefore:
    def test_it_is_approved_issued_and_not_in_force(self, document, planned):
        assert state_of(planned) is State.APPROVED
        assert (planned.issued_at, planned.due_at) == (APPROVED, START)
        assert planned.in_force_from is None
        assert state_label(planned, State.APPROVED) == ISSUED_FOR_LATER
        assert revision_in_force(document).getId() == "rev-1"
        assert schedule.next_due() == START

    def test_the_trail_says_that_it_was_issued_and_for_when(self, document, planned):
        row = trail.rows(document.UID())[-1]
        assert row["action"] == "issued"
        assert row["details"]["in_force_from"] == "2026-11-30T17:00:00.000000Z"

    def test_nothing_is_in_force_before_its_time(self, document, planned):
        run(START - timedelta(microseconds=1))
        assert state_of(planned) is State.APPROVED

    def test_a_first_revision_shows_nothing_of_its_document(self, agency):
        document = add_document(agency, code="QT 02", title="Chưa đến ngày")
        draft = document["rev-1"]
        draft.force_mode, draft.force_date = "on_date", DAY
        issue(draft)
        assert api.content.get_state(document) == "hidden"

    def test_the_code_is_frozen(self, agency):
        document = add_document(agency, code="QT 02", title="Chưa đến ngày")
        draft = document["rev-1"]
        draft.force_mode, draft.force_date = "on_date", DAY
        issue(draft)
        assert document._code_holder.frozen


class TestAtTheTime:
    def test_the_record_says_when_it_began_and_when_that_was_recorded(self, document, planned):
        run(START)
        old = document["rev-1"]
        assert state_of(planned) is State.IN_FORCE
        assert planned.in_force_from == old.superseded_at == START
        assert planned.issued_at == APPROVED
        assert planned.due_at is None
        before, after = register_of(document).intervals
        assert before.end == after.start == START
        assert after.recorded_at == START

    def test_after_days_without_the_clock_it_is_as_if_it_had_run_on_time(self, document, planned):
        late = START + timedelta(days=3, hours=7)
        run(late)
        before, after = register_of(document).intervals
        assert (before.end, after.start) == (START, START)
        assert (before.ended_recorded_at, after.recorded_at) == (late, late)
        assert document["rev-1"].superseded_at == planned.in_force_from == START

    def test_twice_is_once(self, document, planned):
        run(START)
        rows = trail.rows(document.UID())
        run(START)
        run(START + timedelta(days=1))
        assert trail.rows(document.UID()) == rows
        assert schedule.next_due() is None

    def test_what_the_clock_was_told_before_the_plan_changed_is_nothing(self, document, planned):
        uid = planned.UID()
        later = START + timedelta(days=7)
        reschedule(planned, later)
        with clock.frozen(START):
            scheduled_revision.perform(uid, START)
        assert state_of(planned) is State.APPROVED
        run(later)
        with clock.frozen(later):
            scheduled_revision.perform(uid, later)
        assert state_of(planned) is State.IN_FORCE

    def test_how_late_it_was_is_kept(self, planned):
        late = START + timedelta(hours=1)
        run(late)
        [told] = schedule.schedule_of_site().late
        assert (told.planned.due_at, told.done_at) == (START, late)

    def test_a_failure_is_kept_and_tried_again_later(self, document, planned):
        document.code = None
        [key] = switches.due(START)
        with clock.frozen(START), pytest.raises(Conflict) as refusal:
            switches.perform(key, START)
        switches.failed(key, str(refusal.value), START)
        assert switches.due(START) == []
        assert schedule.next_due() == START + timedelta(minutes=1)
        [entry] = schedule.schedule_of_site()
        assert (entry.tries, entry.due_at) == (1, START)
        assert "no code" in entry.error


@pytest.mark.parametrize(
    ("zone", "day", "start"),
    [
        ("Asia/Ho_Chi_Minh", date(2026, 12, 1), "2026-11-30T17:00:00+00:00"),
        ("Europe/Berlin", date(2027, 3, 28), "2027-03-27T23:00:00+00:00"),
        ("Europe/Berlin", date(2027, 3, 29), "2027-03-28T22:00:00+00:00"),
        # Clocks go forward at midnight: the day begins at 01:00, which is the same instant.
        ("America/Santiago", date(2027, 9, 5), "2027-09-05T04:00:00+00:00"),
        ("Asia/Beirut", date(2027, 3, 28), "2027-03-27T22:00:00+00:00"),
        # Clocks go back from 01:00 to 00:00: the day begins with the first of the two.
        ("America/Havana", date(2027, 11, 7), "2027-11-07T04:00:00+00:00"),
    ],
)
def test_the_day_begins_in_the_zone_of_the_site(document, zone, day, start):
    api.portal.set_registry_record("plone.portal_timezone", zone)
    draft = document["rev-1"]
    draft.force_mode, draft.force_date = "on_date", day
    issue(draft)
    begins = datetime.fromisoformat(start)
    assert draft.due_at == begins
    run(begins - timedelta(seconds=1))
    assert state_of(draft) is State.APPROVED
    run(begins)
    assert state_of(draft) is State.IN_FORCE


class TestWhatIsAskedFor:
    def test_days_after_its_issue(self, document):
        draft = document["rev-1"]
        draft.force_mode, draft.force_days = "days_after", 6
        issue(draft)
        assert draft.due_at == START

    def test_today_is_at_once(self, document):
        draft = document["rev-1"]
        draft.force_mode, draft.force_date = "on_date", date(2026, 11, 25)
        issue(draft)
        assert draft.in_force_from == APPROVED

    def test_a_date_that_passes_on_the_route_is_at_once(self, document):
        draft = document["rev-1"]
        draft.force_mode, draft.force_date = "on_date", DAY
        with acting("author"):
            actions.transition(draft, "submit")
        late = START + timedelta(days=4)
        with clock.frozen(late):
            with acting("reviewer"):
                actions.sign(draft, "review", PASSWORD)
            with acting("approver"):
                actions.sign(draft, "approval", PASSWORD)
        assert draft.in_force_from == draft.issued_at == late

    @pytest.mark.parametrize(
        ("mode", "day", "days", "told"),
        [
            ("on_date", None, None, "from which date"),
            ("on_date", date(2026, 11, 24), None, "24/11/2026"),
            ("days_after", None, None, "how many days"),
        ],
    )
    def test_what_is_missing_or_past_is_refused_on_submission(
        self, document, mode, day, days, told
    ):
        draft = document["rev-1"]
        draft.force_mode, draft.force_date, draft.force_days = mode, day, days
        with acting("author"), pytest.raises(BadRequest, match=told):
            actions.transition(draft, "submit")

    def test_signers_approve_it_too(self, document):
        draft = document["rev-1"]
        with acting("author"):
            actions.transition(draft, "submit")
        draft.force_mode, draft.force_date = "on_date", DAY
        with acting("reviewer"), pytest.raises(Conflict):
            actions.sign(draft, "review", PASSWORD)

    def test_the_next_revision_has_a_date_of_its_own(self, document, planned):
        run(START)
        with clock.frozen(START), acting("author"):
            draft = revise(document)
        assert (draft.force_mode, draft.force_date) == ("on_approval", None)


class TestAnotherDate:
    def test_it_waits_for_that_one(self, document, planned):
        later = START + timedelta(days=10)
        reschedule(planned, later, reason="Chờ tập huấn", proposed_by="controller")
        run(START)
        assert state_of(planned) is State.APPROVED
        row = trail.rows(document.UID())[-1]
        assert (row["action"], row["details"]["reason"]) == ("rescheduled", "Chờ tập huấn")
        assert row["details"]["planned"] == "2026-11-30T17:00:00.000000Z"
        run(later)
        assert planned.in_force_from == later

    def test_no_date_that_has_passed(self, planned):
        with pytest.raises(BadRequest):
            reschedule(planned, APPROVED)

    def test_only_of_what_waits(self, document, planned):
        with pytest.raises(Conflict):
            reschedule(document["rev-1"], START)

    def test_cancelled_it_never_comes(self, document, planned):
        cancel_approval(planned, "Căn cứ pháp lý đã bị bãi bỏ", proposed_by="controller")
        assert state_of(planned) is State.WITHDRAWN
        assert (planned.due_at, planned.issued_at) == (None, None)
        assert schedule.next_due() is None
        run(START)
        assert state_of(planned) is State.WITHDRAWN
        assert trail.rows(document.UID())[-1]["action"] == "cancel_approval"


class TestUrgentAndNormal:
    def test_one_of_each_is_open(self, document):
        issue(document["rev-1"])
        normal, urgent = next_draft(document), next_draft(document, None, Kind.URGENT)
        assert normal.based_on == urgent.based_on == document["rev-1"].UID()
        assert (normal.kind, urgent.kind) == ("normal", "urgent")
        for kind in Kind:
            with acting("author"), pytest.raises(Conflict):
                revise(document, kind=kind)

    def test_without_anything_in_force_nothing_is_urgent(self, document):
        with acting("author"), pytest.raises(Conflict):
            revise(document, kind=Kind.URGENT)

    def test_what_waits_for_its_date_loses_its_base(self, document, planned):
        urgent = issue(next_draft(document, None, Kind.URGENT))
        assert state_of(urgent) is State.IN_FORCE
        assert state_of(planned) is State.DRAFT
        assert (planned.due_at, planned.issued_at) == (None, None)
        assert schedule.next_due() is None
        assert {row["invalid_reason"] for row in manifest(planned)} == {"new_base"}
        row = trail.rows(document.UID())[-1]
        assert (row["action"], row["details"]["new_base"]) == ("lose_base", urgent.UID())

    @pytest.mark.parametrize("steps", [0, 1, 2])
    def test_on_its_route_too_and_a_draft_stays_one(self, document, steps):

        issue(document["rev-1"])
        normal = next_draft(document, None)
        if steps:
            with acting("author"):
                actions.transition(normal, "submit")
        if steps > 1:
            with acting("reviewer"):
                actions.sign(normal, "review", PASSWORD)
        issue(next_draft(document, None, Kind.URGENT))
        assert state_of(normal) is State.DRAFT
        with acting("author"), pytest.raises(BadRequest, match="Rebase"):
            actions.transition(normal, "submit")

    def test_of_two_due_at_once_the_urgent_one_comes_in_force(self, document, planned):
        urgent = issue(next_draft(document, DAY, Kind.URGENT))
        run(START + timedelta(hours=1))
        assert (state_of(urgent), state_of(planned)) == (State.IN_FORCE, State.DRAFT)
        assert urgent.in_force_from == START

    def test_the_normal_one_takes_the_base_of_the_urgent_one_too(self, document):
        issue(document["rev-1"])
        urgent = next_draft(document, None, Kind.URGENT)
        with acting("author"):
            actions.transition(urgent, "submit")
        issue(next_draft(document, None))
        assert state_of(urgent) is State.DRAFT


def test_nothing_is_in_force_from_before_its_predecessor(document, planned):
    with pytest.raises(Conflict, match="later time"):
        put_in_force(planned, since=APPROVED - timedelta(days=31))
