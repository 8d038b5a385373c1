"""Plans of routes: what they say, and what is wrong with them."""

from eqms.domain.route_plan import BUILT_IN
from eqms.domain.route_plan import COVER
from eqms.domain.route_plan import data_of
from eqms.domain.route_plan import FUNCTIONS
from eqms.domain.route_plan import plan_of
from eqms.domain.route_plan import PlanError
from eqms.domain.route_plan import Problem
from hypothesis import given
from hypothesis import strategies as st
import pytest


APPROVE = {"phase": "approval", "members": ["function:head"]}
REVIEW = {"phase": "review", "members": ["person:lan"]}


def test_a_plan_is_read() -> None:
    plan = plan_of(
        {
            "steps": [
                {
                    "id": "legal",
                    "title": " Thẩm định pháp chế ",
                    "meaning": "thẩm định",
                    "phase": "review",
                    "members": ["person:lan", "group:to-phap-che", "person:lan"],
                    "need": 2,
                    "due_days": 5,
                    "escalate_to": ["function:controllers"],
                    "on_cover": "review",
                },
                APPROVE,
            ]
        }
    )
    first, second = plan.steps
    assert (first.title, first.need, first.due_days) == ("Thẩm định pháp chế", 2, 5)
    assert [str(rule) for rule in first.members] == ["person:lan", "group:to-phap-che"]
    assert (second.id, second.need, second.on_cover) == ("step-2", "any", "")
    assert plan.step("legal") is first


def test_the_built_in_plan() -> None:
    assert plan_of(data_of(BUILT_IN)) == BUILT_IN


@pytest.mark.parametrize(
    ("steps", "problem", "number"),
    [
        ("x", Problem.NOT_A_PLAN, 0),
        (["x"], Problem.NOT_A_PLAN, 1),
        ([], Problem.NO_APPROVAL, 0),
        ([REVIEW], Problem.NO_APPROVAL, 0),
        ([APPROVE, REVIEW], Problem.PHASE_BACK, 2),
        ([{**APPROVE, "id": "a"}, {**APPROVE, "id": "a"}], Problem.SAME_ID, 2),
        ([APPROVE] * 21, Problem.TOO_MANY_STEPS, 0),
        ([{**APPROVE, "colour": "red"}], Problem.UNKNOWN_MEMBER, 1),
        ([{**APPROVE, "id": "Bước 1"}], Problem.ID, 1),
        ([{**APPROVE, "id": 5}], Problem.ID, 1),
        ([{**APPROVE, "title": "x" * 101}], Problem.TEXT, 1),
        ([{**APPROVE, "meaning": 5}], Problem.TEXT, 1),
        ([{**APPROVE, "phase": "issue"}], Problem.PHASE, 1),
        ([{**APPROVE, "phase": []}], Problem.PHASE, 1),
        ([{"phase": "approval"}], Problem.NO_MEMBERS, 1),
        ([{**APPROVE, "members": []}], Problem.NO_MEMBERS, 1),
        ([{**APPROVE, "members": "function:head"}], Problem.MEMBER, 1),
        ([{**APPROVE, "members": ["lan"]}], Problem.MEMBER, 1),
        ([{**APPROVE, "members": ["person:"]}], Problem.MEMBER, 1),
        ([{**APPROVE, "members": ["function:king"]}], Problem.MEMBER, 1),
        ([{**APPROVE, "escalate_to": ["lan"]}], Problem.MEMBER, 1),
        ([{**APPROVE, "need": 0}], Problem.NEED, 1),
        ([{**APPROVE, "need": True}], Problem.NEED, 1),
        ([{**APPROVE, "need": "most"}], Problem.NEED, 1),
        ([{**APPROVE, "due_days": 0}], Problem.DUE_DAYS, 1),
        ([{**APPROVE, "due_days": 366}], Problem.DUE_DAYS, 1),
        ([{**APPROVE, "due_days": "5"}], Problem.DUE_DAYS, 1),
        ([{**APPROVE, "on_cover": "footer"}], Problem.ON_COVER, 1),
    ],
)
def test_what_is_no_plan(steps: object, problem: Problem, number: int) -> None:
    with pytest.raises(PlanError) as caught:
        plan_of({"steps": steps})
    assert (caught.value.problem, caught.value.step) == (problem, number)


def test_a_list_is_no_plan() -> None:
    with pytest.raises(PlanError):
        plan_of([APPROVE])


RULES = st.lists(
    st.sampled_from([*(f"function:{name}" for name in FUNCTIONS), "person:lan", "group:a-b"]),
    min_size=1,
    max_size=4,
    unique=True,
)
STEPS = st.fixed_dictionaries(
    {
        "members": RULES,
        "need": st.sampled_from(["all", "any", 1, 3]),
        "due_days": st.none() | st.integers(1, 365),
        "title": st.sampled_from(["", "Bước"]),
        "meaning": st.sampled_from(["", "kiểm tra thể thức"]),
        "escalate_to": RULES | st.just([]),
        "on_cover": st.sampled_from(["", *COVER]),
    }
)


@given(st.lists(STEPS, max_size=3), st.lists(STEPS, min_size=1, max_size=3))
def test_a_plan_survives_writing_and_reading(
    reviews: list[dict[str, object]], approvals: list[dict[str, object]]
) -> None:
    steps = [{**step, "phase": "review"} for step in reviews]
    steps += [{**step, "phase": "approval"} for step in approvals]
    plan = plan_of({"steps": steps})
    assert plan_of(data_of(plan)) == plan
