"""Substitutes sign on behalf of the absent, on the days recorded, and no further."""

from cast import acting
from cast import PASSWORD
from datetime import date
from datetime import datetime
from datetime import UTC
from eqms.approval import actions
from eqms.approval import substitution
from eqms.approval.manifest import manifest
from eqms.approval.objections import principals
from eqms.approval.record import record_of
from eqms.approval.tasks import tasks_for
from eqms.documents.errors import Conflict
from eqms.domain import clock
from eqms.trail import storage as trail
from plone import api
from zExceptions import BadRequest
from zExceptions import Forbidden
import pytest


MORNING = datetime(2026, 11, 20, 3, tzinfo=UTC)
DAY = date(2026, 11, 20)
LAST = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def morning():
    with clock.frozen(MORNING):
        yield


def stand_in(absent="approver", substitute="member", start=DAY, end=LAST, by=None, **more):
    with acting(by or absent):
        return substitution.record(absent, substitute, start, end, "Nghỉ phép", **more)


@pytest.fixture
def waiting(document):
    """A revision that waits for the approver."""
    draft = document["rev-1"]
    with acting("author"):
        actions.transition(draft, "submit")
    with acting("reviewer"):
        actions.sign(draft, "review", PASSWORD)
    return draft


def sign_for(revision, absent="approver", by="member"):
    with acting(by):
        return actions.sign(revision, "approval", PASSWORD, on_behalf_of=absent)


def test_the_record_says_who_for_whom_and_on_what_ground(document, waiting):
    row = stand_in()
    sign_for(waiting)
    assert api.content.get_state(waiting) == "in_force"
    signature = manifest(waiting)[-1]
    assert signature["person"] == "member"
    assert signature["on_behalf_of"] == "approver"
    assert signature["on_behalf_of_name"] == "Phạm Thị Duyệt"
    assert signature["substitution"] == {"id": row.id, "from": "2026-11-20", "until": "2026-11-22"}
    signed = [row for row in trail.rows(document.UID()) if row["action"] == "signed"][-1]
    assert (signed["actor"], signed["on_behalf_of"]) == ("member", "approver")
    assert [task.outcome for task in record_of(waiting).tasks][-1] == "signed"


def test_the_substitute_sees_the_task_while_it_holds(waiting):
    stand_in()
    [task] = tasks_for("member")
    assert (task.person, task.revision) == ("approver", waiting.UID())
    assert principals(waiting, "member") == ["approver"]
    with clock.frozen(datetime(2026, 11, 22, 17, tzinfo=UTC)):
        assert tasks_for("member") == []


def test_without_saying_for_whom_it_is_not_the_substitutes_step(waiting):
    stand_in()
    with acting("member"), pytest.raises(Forbidden):
        actions.sign(waiting, "approval", PASSWORD)


def test_a_substitute_may_return(waiting):
    stand_in()
    with acting("member"):
        actions.transition(waiting, "reject", "Thiếu lệ phí")
    assert api.content.get_state(waiting) == "draft"


@pytest.mark.parametrize(
    "instant",
    [datetime(2026, 11, 19, 16, 59, 59, tzinfo=UTC), datetime(2026, 11, 22, 17, tzinfo=UTC)],
)
def test_outside_its_days_it_does_not_hold(waiting, instant):
    stand_in()
    with clock.frozen(instant), pytest.raises(Forbidden):
        sign_for(waiting)


def test_ended_between_opening_the_page_and_signing(waiting):
    row = stand_in()
    with acting("member"):
        token = actions.challenge_for(waiting)
    with acting("approver"):
        substitution.end("approver", row.id, date(2026, 11, 19))
    with acting("member"), pytest.raises(Forbidden):
        actions.sign(waiting, "approval", PASSWORD, on_behalf_of="approver", challenge=token)


def test_it_goes_no_further_than_one(waiting):
    stand_in()
    stand_in("member", "controller")
    with pytest.raises(Forbidden):
        sign_for(waiting, by="controller")
    with pytest.raises(Forbidden):
        sign_for(waiting, absent="member", by="controller")


def test_a_substitute_who_wrote_signs_for_nobody(document, waiting):
    stand_in(substitute="author")
    assert tasks_for("author") == []
    with pytest.raises(Forbidden, match="wrote"):
        sign_for(waiting, by="author")
    with acting("approver"), pytest.raises(Forbidden, match="stand in"):
        actions.sign(waiting, "approval", PASSWORD)


def test_who_stands_in_for_an_author_does_not_review(document):
    stand_in("author", "reviewer")
    with acting("author"), pytest.raises(BadRequest):
        actions.transition(document["rev-1"], "submit")


def test_who_signed_already_does_not_sign_for_another(waiting):
    stand_in(substitute="reviewer")
    with pytest.raises(Forbidden, match="earlier step"):
        sign_for(waiting, by="reviewer")


class TestRecording:
    def test_for_others_only_where_one_manages_routes(self, agency):
        stand_in(by="controller", agency=agency)
        last = trail.rows(agency.UID())[-1]
        assert last["action"] == "substitution_recorded"
        assert last["details"]["substitution"]["absent_name"] == "Phạm Thị Duyệt"
        for by in ("author", "member", "reviewer"):
            with pytest.raises(Forbidden):
                stand_in("approver", "member", by=by, agency=agency)
        with pytest.raises(Forbidden):
            stand_in("member", "reviewer", by="controller", agency=agency)
        with pytest.raises(Forbidden):
            stand_in("reviewer", "member", by="controller")

    def test_what_is_refused(self, agency):
        stand_in()
        with pytest.raises(BadRequest, match="himself"):
            stand_in("reviewer", "reviewer")
        with pytest.raises(BadRequest, match="past"):
            stand_in("reviewer", "member", start=date(2026, 11, 19))
        with pytest.raises(BadRequest, match="no account"):
            stand_in("reviewer", "left-long-ago")
        with pytest.raises(Conflict, match="End that"):
            stand_in(substitute="controller", start=LAST, end=LAST)
        with pytest.raises(Conflict, match="absent"):
            stand_in("reviewer", "approver")
        with acting("reviewer"), pytest.raises(BadRequest, match="reason"):
            substitution.record("reviewer", "member", DAY, LAST, " ")

    def test_ending(self, agency):
        row = stand_in()
        with acting("member"), pytest.raises(Forbidden):
            substitution.end("approver", row.id, DAY)
        with acting("approver"):
            with pytest.raises(BadRequest):
                substitution.end("approver", row.id, LAST)
            with pytest.raises(BadRequest):
                substitution.end("approver", "elsewhere", DAY)
            ended = substitution.end("approver", row.id, DAY)
        assert (ended.last, ended.ended_by) == (DAY, "approver")
        assert substitution.rows_of("member") == (ended,)
        assert trail.rows(trail.SITE)[-1]["action"] == "substitution_ended"
        stand_in(start=date(2026, 11, 21))
