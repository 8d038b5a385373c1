"""Steps open one after the other; each asks people, and what became of it is kept."""

from cast import acting
from cast import PASSWORD
from datetime import date
from datetime import datetime
from datetime import UTC
from eqms.approval import actions
from eqms.approval.record import record_of
from eqms.approval.tasks import tasks_of
from eqms.domain import clock
from eqms.domain.route_plan import plan_of
from plone import api
from zExceptions import BadRequest
import pytest


def by_route(document, *steps):
    """Give the document a route of its own."""
    document._route_plan = plan_of({"steps": list(steps)})


def step(phase, *members, need="any", **more):
    return {"phase": phase, "members": list(members), "need": need, **more}


def outcomes(revision):
    return {(task.step, task.person): task.outcome for task in record_of(revision).tasks}


def submit(revision, by="author"):
    with acting(by):
        actions.transition(revision, "submit")


def sign(revision, person, meaning):
    with acting(person):
        return actions.sign(revision, meaning, PASSWORD)


@pytest.fixture
def draft(document):
    return document["rev-1"]


def test_the_open_step_is_a_task_of_its_members(document, draft):
    submit(draft)
    [task] = tasks_of("reviewer")
    assert (task.code, task.number, task.title) == ("QT 01/CX-HCTP", "01/00", "Đăng ký khai sinh")
    assert (task.phase, task.step, task.due_on) == ("review", "review", None)
    assert task.agency_title == "Sở Tư pháp"
    assert task.content_hash == draft.content_hash
    assert tasks_of("approver") == []
    sign(draft, "reviewer", "review")
    assert tasks_of("reviewer") == []
    assert [task.step for task in tasks_of("approver")] == ["approval"]
    sign(draft, "approver", "approval")
    assert tasks_of("approver") == []
    assert outcomes(draft) == {("review", "reviewer"): "signed", ("approval", "approver"): "signed"}


def test_a_quorum_reached_closes_the_other_tasks(document, draft):
    by_route(
        document,
        step("review", "person:reviewer", "person:controller", "person:member", need=2),
        step("approval", "function:approvers"),
    )
    submit(draft)
    sign(draft, "reviewer", "review")
    assert api.content.get_state(draft) == "in_review"
    sign(draft, "member", "review")
    assert api.content.get_state(draft) == "in_approval"
    assert outcomes(draft) == {
        ("step-1", "reviewer"): "signed",
        ("step-1", "member"): "signed",
        ("step-1", "controller"): "not_required",
        ("step-2", "approver"): "",
    }
    assert tasks_of("controller") == []


def test_members_are_found_when_a_step_opens_and_kept(agency, document, draft):
    submit(draft)
    reviewers, approvers = agency.group_ids["reviewers"], agency.group_ids["approvers"]
    api.group.add_user(groupname=reviewers, username="member")
    api.group.add_user(groupname=approvers, username="controller")
    api.group.remove_user(groupname=reviewers, user=api.user.get(userid="reviewer"))
    sign(draft, "reviewer", "review")
    [_review, opened] = record_of(draft).opened
    assert [member.person for member in opened.members] == ["approver", "controller"]
    assert [member.name for member in opened.members] == ["Phạm Thị Duyệt", "Đỗ Văn Kiểm"]
    assert [task.person for task in record_of(draft).open_tasks] == ["approver", "controller"]


def test_without_a_review_the_revision_waits_for_approval_at_once(document, draft):
    by_route(document, step("approval", "function:approvers"))
    submit(draft)
    assert api.content.get_state(draft) == "in_approval"
    sign(draft, "approver", "approval")
    assert api.content.get_state(draft) == "in_force"


def test_two_approvals_follow_each_other(document, draft):
    by_route(
        document,
        step("approval", "person:reviewer", id="legal", meaning="Thẩm định"),
        step("approval", "person:approver", id="last"),
    )
    submit(draft)
    row = sign(draft, "reviewer", "approval")
    assert (row.act, row.step) == ("Thẩm định", "legal")
    assert api.content.get_state(draft) == "in_approval"
    assert [task.step for task in tasks_of("approver")] == ["last"]
    sign(draft, "approver", "approval")
    assert api.content.get_state(draft) == "in_force"


def test_due_days_are_calendar_days_of_the_site(document, draft):
    by_route(document, step("approval", "function:approvers", due_days=3))
    # 20:00 in UTC is the next day in Việt Nam.
    with clock.frozen(datetime(2026, 11, 25, 20, tzinfo=UTC)):
        submit(draft)
    [task] = tasks_of("approver")
    assert task.due_on == date(2026, 11, 29)


def test_a_step_that_finds_nobody_stays_open(agency, document, draft):
    submit(draft)
    api.group.remove_user(
        groupname=agency.group_ids["approvers"], user=api.user.get(userid="approver")
    )
    sign(draft, "reviewer", "review")
    assert api.content.get_state(draft) == "in_approval"
    assert record_of(draft).opened[-1].members == ()
    assert record_of(draft).open_tasks == ()


@pytest.mark.parametrize(
    "members",
    [
        ["function:head"],
        ["function:unit_head"],
        ["group:nobody-has-made-it"],
        ["person:left-long-ago"],
        ["person:author"],
    ],
)
def test_a_route_that_nobody_could_go_is_not_submitted(document, draft, members):
    by_route(document, step("approval", *members, title="Lãnh đạo duyệt"))
    with acting("author"), pytest.raises(BadRequest, match="Lãnh đạo duyệt"):
        actions.transition(draft, "submit")


def test_the_missing_unit_is_named_where_its_head_is_asked(document, draft):
    by_route(document, step("approval", "function:unit_head", title="Trưởng phòng duyệt"))
    with acting("author"), pytest.raises(BadRequest, match=r"drafting unit.*Trưởng phòng duyệt"):
        actions.transition(draft, "submit")


@pytest.mark.parametrize(
    ("how", "by", "outcome"), [("reject", "approver", "returned"), ("recall", "author", "recalled")]
)
def test_leaving_the_route_closes_tasks_and_signatures(document, draft, how, by, outcome):
    submit(draft)
    sign(draft, "reviewer", "review")
    with acting(by):
        actions.transition(draft, how, "lý do")
    assert outcomes(draft)[("approval", "approver")] == outcome
    assert tasks_of("approver") == []
    assert [row.invalid_reason for row in record_of(draft).signatures] == [outcome]
    submit(draft)
    assert record_of(draft).round == 2
    assert [task.step for task in tasks_of("reviewer")] == ["review"]


def test_a_member_who_wrote_is_not_asked(agency, document, draft):
    api.group.add_user(groupname=agency.group_ids["reviewers"], username="author")
    submit(draft)
    assert tasks_of("author") == []
    assert [task.person for task in record_of(draft).open_tasks] == ["reviewer"]


class TestFunctions:
    @pytest.fixture
    def posts(self, agency):
        agency.leaders = [
            {"person": "approver", "title": "Giám đốc", "rank": "head", "fields": ""},
            {"person": "controller", "title": "Phó Giám đốc", "rank": "deputy", "fields": "HT, CT"},
            {"person": "member", "title": "Phó Giám đốc", "rank": "deputy", "fields": ""},
            {"person": "reviewer", "title": "Trưởng phòng", "rank": "other", "fields": "HT"},
        ]
        with api.env.adopt_roles(["Manager"]):
            return api.content.create(agency, "Unit", title="Phòng HCTP", head="second_author")

    @pytest.mark.parametrize(
        ("function", "people"),
        [
            ("head", ["approver"]),
            ("deputies", ["controller", "member"]),
            ("field_leader", ["controller"]),
            ("unit_head", ["second_author"]),
            ("reviewers", ["reviewer"]),
            ("controllers", ["controller"]),
        ],
    )
    def test_who_has_a_function(self, document, draft, posts, function, people):
        draft.field, draft.unit = "HT", posts.UID()
        by_route(document, step("approval", f"function:{function}"))
        submit(draft)
        assert [member.person for member in record_of(draft).opened[0].members] == people

    def test_the_head_where_nobody_is_in_charge_of_the_field(self, document, draft, posts):
        draft.field = "HCTP"
        by_route(document, step("approval", "function:field_leader"))
        submit(draft)
        assert [member.person for member in record_of(draft).opened[0].members] == ["approver"]
