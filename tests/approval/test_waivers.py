"""A recorded decision of the head relaxes separation of duties, and every use of it is marked."""

from cast import acting
from cast import issue
from cast import PASSWORD
from datetime import date
from datetime import datetime
from datetime import UTC
from eqms.approval import actions
from eqms.approval import waivers
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.manifest import manifest
from eqms.approval.manifest import public_manifest
from eqms.approval.tasks import tasks_of
from eqms.documents.errors import Conflict
from eqms.domain import clock
from eqms.domain.route import Waived
from eqms.trail import storage as trail
from plone import api
from zExceptions import BadRequest
from zExceptions import Forbidden
import pytest


DAY, LAST = date(2026, 11, 20), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def morning():
    with clock.frozen(datetime(2026, 11, 20, 3, tzinfo=UTC)):
        yield


def decide(agency, rule=Waived.AUTHOR_REVIEWS, by="controller", number="12/QĐ-UBND"):
    with acting(by):
        return waivers.record(agency, rule, number, DAY, "Lưu: VT, hồ sơ 05/2026", DAY, LAST)


def confirm(agency, waiver, by="approver", secret=PASSWORD):
    with acting(by):
        return waivers.confirm(agency, waiver.id, secret)


@pytest.fixture
def small(agency):
    """An agency where the author is the only reviewer."""
    group = agency.group_ids["reviewers"]
    api.group.remove_user(groupname=group, user=api.user.get(userid="reviewer"))
    api.group.add_user(groupname=group, username="author")
    return agency


def test_without_one_the_author_cannot_review(small, document):
    with acting("author"), pytest.raises(BadRequest):
        actions.transition(document["rev-1"], "submit")


def test_the_author_reviews_and_the_manifest_says_by_which_decision(small, document):
    waiver = confirm(small, decide(small))
    revision = issue(document["rev-1"], reviewer="author")
    review, approval = manifest(revision)
    mark = {"rule": "author_reviews", "number": "12/QĐ-UBND", "date": "2026-11-20"}
    assert (review["person"], review["waiver"], approval["waiver"]) == ("author", mark, None)
    assert public_manifest(revision)[0]["waiver"] == mark
    signed = [row for row in trail.rows(document.UID()) if row["action"] == "signed"]
    assert [row["details"]["waiver"] for row in signed] == [waiver.id, ""]


def test_the_author_is_asked(small, document):
    confirm(small, decide(small))
    with acting("author"):
        actions.transition(document["rev-1"], "submit")
    assert [task.phase for task in tasks_of("author")] == ["review"]


def test_the_author_never_approves(small, document):
    confirm(small, decide(small))
    api.group.add_user(groupname=small.group_ids["approvers"], username="author")
    api.group.add_user(groupname=small.group_ids["reviewers"], username="second_author")
    with acting("author"):
        actions.transition(document["rev-1"], "submit")
    with acting("second_author"):
        actions.sign(document["rev-1"], "review", PASSWORD)
    with acting("author"), pytest.raises(Forbidden, match="wrote"):
        actions.sign(document["rev-1"], "approval", PASSWORD)


def test_an_unconfirmed_one_waives_nothing(small, document):
    decide(small)
    with acting("author"), pytest.raises(BadRequest):
        actions.transition(document["rev-1"], "submit")


@pytest.mark.parametrize("end", ["by hand", "by its last day"])
def test_one_that_has_ended_waives_nothing(small, document, end):
    waiver = confirm(small, decide(small))
    with acting("author"):
        actions.transition(document["rev-1"], "submit")
    instant = datetime(2026, 11, 20, 4, tzinfo=UTC)
    if end == "by hand":
        with acting("controller"):
            waivers.end(small, waiver.id)
            with pytest.raises(Conflict):
                waivers.end(small, waiver.id)
    else:
        instant = datetime(2026, 12, 31, 17, tzinfo=UTC)
    with clock.frozen(instant), acting("author"), pytest.raises(Forbidden):
        actions.sign(document["rev-1"], "review", PASSWORD)


def test_two_steps_by_one_person_where_others_sign_too(agency, document):
    from eqms.domain.route_plan import plan_of

    document._route_plan = plan_of(
        {
            "steps": [
                {"phase": "review", "members": ["person:reviewer", "person:member"], "need": "all"},
                {"phase": "approval", "members": ["person:reviewer"]},
            ]
        }
    )
    draft = document["rev-1"]
    with acting("author"), pytest.raises(BadRequest):
        actions.transition(draft, "submit")
    confirm(agency, decide(agency, Waived.TWO_STEPS))
    with acting("author"):
        actions.transition(draft, "submit")
    for person in ("reviewer", "member"):
        with acting(person):
            actions.sign(draft, "review", PASSWORD)
    with acting("reviewer"):
        row = actions.sign(draft, "approval", PASSWORD)
    assert row.waived is Waived.TWO_STEPS
    assert api.content.get_state(draft) == "in_force"


class TestRecording:
    def test_who_records(self, agency):
        for person in ("author", "reviewer", "approver", "member"):
            with pytest.raises(Forbidden):
                decide(agency, by=person)
        decide(agency)
        assert trail.rows(agency.UID())[-1]["action"] == "waiver_recorded"

    def test_it_must_be_a_decision(self, agency):
        with pytest.raises(BadRequest, match="number"):
            decide(agency, number=" ")

    def test_a_second_person_confirms_with_a_signature(self, agency):
        waiver = decide(agency)
        for person in ("author", "reviewer", "member"):
            with pytest.raises(Forbidden):
                confirm(agency, waiver, by=person)
        api.group.add_user(groupname=agency.group_ids["approvers"], username="controller")
        with pytest.raises(Forbidden, match="recorded"):
            confirm(agency, waiver, by="controller")
        with pytest.raises(ReauthenticationFailed):
            confirm(agency, waiver, secret="sai")
        assert trail.rows(agency.UID())[-1]["action"] == "reauthentication_failed"
        confirmed = confirm(agency, waiver)
        assert (confirmed.confirmed_by, confirmed.confirmed_name) == ("approver", "Phạm Thị Duyệt")
        with pytest.raises(Conflict):
            confirm(agency, waiver)

    def test_the_head_confirms_without_being_an_approver(self, agency):
        agency.leaders = [{"person": "member", "title": "Chủ tịch", "rank": "head", "fields": ""}]
        assert confirm(agency, decide(agency), by="member").confirmed_by == "member"

    def test_a_copied_agency_has_none(self, agency, portal):
        confirm(agency, decide(agency))
        with api.env.adopt_roles(["Manager"]):
            copy = api.content.copy(agency, portal, id="ban-sao", safe_id=True)
        assert waivers.waivers(copy) == ()
