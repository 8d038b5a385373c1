"""Routes: order, quorum, separation of duties."""

from collections.abc import Sequence
from dataclasses import replace
from eqms.domain import route as routes
from eqms.domain.route import Duties
from eqms.domain.route import Need
from eqms.domain.route import Phase
from eqms.domain.route import Refusal
from eqms.domain.route import Route
from eqms.domain.route import RouteError
from eqms.domain.route import Signature
from eqms.domain.route import Step
from eqms.domain.route import Waived
from hypothesis import given
from hypothesis import strategies as st
from itertools import combinations
from itertools import product
from random import Random
import pytest


HASH = "a" * 64
NOBODY = Duties()


def step(name: str, phase: Phase, members: str, need: Need = "all") -> Step:
    return Step(name, phase, frozenset(members.split()), need)


def sign(name: str, person: str, on_behalf_of: str | None = None) -> Signature:
    return Signature(name, person, on_behalf_of, HASH)


def ask(
    route: Route,
    signatures: Sequence[Signature],
    person: str,
    authors: str = "",
    on_behalf_of: str | None = None,
) -> Refusal | None:
    duties = Duties(frozenset(authors.split()))
    return routes.refusal(route, signatures, person, duties, HASH, on_behalf_of)


TWO = Route((step("review", "review", "binh chi", "any"), step("approval", "approval", "dung")))


def test_a_step_asks_for_somebody() -> None:
    with pytest.raises(RouteError, match="cannot sign"):
        step("s", "review", "a b", 0)


@pytest.mark.parametrize(("members", "need"), [("", "all"), ("", "any"), ("a b", 3)])
def test_a_step_without_enough_people_is_never_complete(members: str, need: Need) -> None:
    route = Route((step("r", "review", members, need), step("x", "approval", "z")))
    done = [sign("r", person) for person in members.split()]
    assert routes.open_step(route, done, HASH) is route.steps[0]
    assert routes.unsatisfiable(route, NOBODY) == (route.steps[0],)


@pytest.mark.parametrize(("need", "quorum"), [("all", 3), ("any", 1), (2, 2)])
def test_quorum(need: Need, quorum: int) -> None:
    assert step("s", "review", "a b c", need).quorum == quorum


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ((), "needs a step of approval"),
        ((step("r", "review", "a"),), "needs a step of approval"),
        ((step("a", "approval", "a"), step("r", "review", "b")), "cannot follow"),
        ((step("x", "review", "a"), step("x", "approval", "b")), "same id"),
    ],
)
def test_what_is_no_route(steps: tuple[Step, ...], message: str) -> None:
    with pytest.raises(RouteError, match=message):
        Route(steps)


def test_a_route_runs_step_by_step() -> None:
    done: list[Signature] = []
    assert routes.open_step(TWO, done, HASH) is TWO.steps[0]
    assert routes.phase(TWO, done, HASH) == "review"
    done.append(sign("review", "chi"))
    assert routes.open_step(TWO, done, HASH) is TWO.steps[1]
    assert routes.phase(TWO, done, HASH) == "approval"
    assert not routes.complete(TWO, done, HASH)
    done.append(sign("approval", "dung"))
    assert routes.phase(TWO, done, HASH) is None
    assert routes.complete(TWO, done, HASH)
    assert ask(TWO, done, "binh") is Refusal.COMPLETE


def test_only_members_of_the_open_step_sign() -> None:
    assert ask(TWO, [], "chi") is None
    assert ask(TWO, [], "dung") is Refusal.NOT_YOUR_STEP
    assert ask(TWO, [], "stranger") is Refusal.NOT_YOUR_STEP
    assert ask(TWO, [sign("review", "chi")], "binh") is Refusal.NOT_YOUR_STEP
    assert ask(TWO, [sign("review", "chi")], "dung") is None


def test_authors_neither_sign_nor_stand_in_nor_are_stood_in_for() -> None:
    assert ask(TWO, [], "chi", authors="chi an") is Refusal.AUTHOR
    assert ask(TWO, [], "an", authors="chi an", on_behalf_of="binh") is Refusal.AUTHOR
    assert ask(TWO, [], "em", authors="chi an", on_behalf_of="chi") is Refusal.AUTHOR
    assert ask(TWO, [], "em", authors="chi an", on_behalf_of="binh") is None


def test_nobody_takes_part_twice() -> None:
    route = Route(
        (
            step("r", "review", "a b c d", 2),
            step("x", "approval", "a b c d e", 2),
        )
    )
    done = [sign("r", "a", "b")]
    assert ask(route, done, "a") is Refusal.ALREADY_SIGNED
    assert ask(route, done, "b") is Refusal.ALREADY_SIGNED
    assert ask(route, done, "a", on_behalf_of="c") is Refusal.ALREADY_SIGNED
    assert ask(route, done, "f", on_behalf_of="b") is Refusal.ALREADY_SIGNED
    done.append(sign("r", "c"))
    assert ask(route, done, "b") is Refusal.ALREADY_SIGNED
    assert ask(route, done, "d") is None
    done += [sign("x", "b"), sign("x", "d"), sign("x", "e", "d")]
    assert routes.open_step(route, done, HASH) is route.steps[1]
    done.append(sign("x", "e"))
    assert routes.complete(route, done, HASH)


def test_a_substitute_fills_the_place_of_the_member() -> None:
    done = [sign("review", "em", "binh")]
    assert routes.phase(TWO, done, HASH) == "approval"
    assert ask(TWO, [], "em", on_behalf_of="dung") is Refusal.NOT_YOUR_STEP
    assert ask(TWO, [], "binh", on_behalf_of="binh") is None


def test_signatures_to_other_content_or_made_invalid_do_not_count() -> None:
    old = replace(sign("review", "chi"), content_hash="b" * 64)
    assert routes.phase(TWO, [old], HASH) == "review"
    assert ask(TWO, [old], "binh") is Refusal.CONTENT_CHANGED
    void = replace(sign("review", "chi"), valid=False)
    assert routes.phase(TWO, [void], HASH) == "review"
    assert ask(TWO, [void], "chi") is None
    assert ask(TWO, [replace(old, valid=False)], "chi") is None


def test_changed_content_is_refused_also_after_the_last_signature() -> None:
    done = [sign("review", "chi"), sign("approval", "dung")]
    assert routes.refusal(TWO, done, "binh", NOBODY, "b" * 64) is Refusal.CONTENT_CHANGED


def test_signatures_that_belong_nowhere_do_not_count() -> None:
    strays = [sign("elsewhere", "chi"), sign("review", "dung"), sign("review", "binh", "dung")]
    assert routes.phase(TWO, strays, HASH) == "review"


def test_who_stood_in_for_another_does_not_count_again() -> None:
    route = Route((step("r", "review", "a b"), step("x", "approval", "a c", "any")))
    done = [sign("r", "c", "a"), sign("r", "b"), sign("x", "c"), sign("x", "a")]
    assert routes.open_step(route, done, HASH) is route.steps[1]


def test_more_signatures_than_needed_do_no_harm() -> None:
    done = [sign("review", "binh"), sign("review", "chi")]
    assert routes.phase(TWO, done, HASH) == "approval"
    assert ask(TWO, done, "dung") is None


def test_the_only_approver_leaves_the_review_to_others() -> None:
    route = Route((step("r", "review", "a b", "any"), step("x", "approval", "a")))
    assert ask(route, [], "a") is Refusal.NEEDED_LATER
    assert ask(route, [], "a", on_behalf_of="b") is Refusal.NEEDED_LATER
    assert ask(route, [], "b") is None
    assert ask(route, [sign("r", "b")], "a") is None


def test_a_route_that_cannot_end_does_not_hold_people_back() -> None:
    route = Route((step("r", "review", "a b", "any"), step("x", "approval", "a z")))
    assert routes.unsatisfiable(route, Duties(frozenset({"z"}))) == (route.steps[1],)
    assert ask(route, [], "a", authors="z") is None


def test_unsatisfiable() -> None:
    assert routes.unsatisfiable(TWO, NOBODY) == ()
    assert routes.unsatisfiable(TWO, Duties(frozenset({"binh"}))) == ()
    assert routes.unsatisfiable(TWO, Duties(frozenset({"binh", "chi"}))) == (TWO.steps[0],)
    assert routes.unsatisfiable(TWO, Duties(frozenset({"dung"}))) == (TWO.steps[1],)
    same = Route((step("r", "review", "a"), step("x", "approval", "a")))
    assert routes.unsatisfiable(same, NOBODY) == (same.steps[1],)
    chain = Route(
        (
            step("1", "review", "a b", "any"),
            step("2", "review", "a c", "any"),
            step("3", "approval", "a"),
        )
    )
    assert routes.unsatisfiable(chain, NOBODY) == ()
    assert routes.unsatisfiable(chain, Duties(frozenset({"c"}))) == (chain.steps[2],)


PEOPLE = "abcde"
MEMBERS = st.frozensets(st.sampled_from(PEOPLE))


@st.composite
def random_routes(draw: st.DrawFn) -> Route:
    reviews = draw(st.integers(0, 2))
    steps = []
    for number in range(reviews + draw(st.integers(1, 2))):
        members = draw(MEMBERS)
        need = draw(st.sampled_from(["all", "any", *range(1, len(members) + 2)]))
        steps.append(Step(str(number), "review" if number < reviews else "approval", members, need))
    return Route(tuple(steps))


GROUPS = st.frozensets(st.sampled_from(PEOPLE), max_size=2)
DUTIES = st.builds(Duties, GROUPS, GROUPS, st.frozensets(st.sampled_from(Waived)))


def may_hold(signers: list[tuple[str, Phase]], route: Route, duties: Duties) -> bool:
    """Whether nobody signs more often than allowed: the rules, said in another way."""
    names = [name for name, _phase in signers]
    if len(set(names)) == len(names):
        return True
    in_phases = [[n for n, phase in signers if phase == p] for p in ("review", "approval")]
    seats = [sum(s.quorum for s in route.steps if s.phase == p) for p in ("review", "approval")]
    once_in_each = all(len(set(part)) == len(part) for part in in_phases)
    return Waived.TWO_STEPS in duties.waived and max(seats) > 1 and once_in_each


def can_be_completed(route: Route, duties: Duties) -> bool:
    """By trying every choice of people for every step."""
    choices = [
        combinations(sorted(entry.members - duties.barred_from(entry.phase)), entry.quorum)
        for entry in route.steps
    ]
    for choice in product(*choices):
        signers = [
            (person, entry.phase)
            for entry, group in zip(route.steps, choice, strict=True)
            for person in group
        ]
        if may_hold(signers, route, duties):
            return True
    return False


@given(random_routes(), DUTIES)
def test_unsatisfiable_agrees_with_trying_everything(route: Route, duties: Duties) -> None:
    assert (routes.unsatisfiable(route, duties) == ()) is can_be_completed(route, duties)


ATTEMPTS = st.lists(
    st.tuples(st.sampled_from(PEOPLE + "xy"), st.none() | st.sampled_from(PEOPLE)), max_size=25
)


def signature(
    route: Route, done: list[Signature], person: str, duties: Duties, principal: str | None = None
) -> Signature:
    """What is recorded of a signature that was not refused."""
    current = routes.open_step(route, done, HASH)
    assert current is not None
    rule = None if principal else routes.waiver_used(done, person, duties)
    return Signature(current.id, person, principal, HASH, waived=rule)


@given(random_routes(), DUTIES, ATTEMPTS)
def test_whatever_people_try_duties_stay_separate(
    route: Route, duties: Duties, attempts: list[tuple[str, str | None]]
) -> None:
    done: list[Signature] = []
    for person, principal in attempts:
        current = routes.open_step(route, done, HASH)
        refused = routes.refusal(route, done, person, duties, HASH, principal)
        assert (refused is Refusal.COMPLETE) is (current is None)
        if refused is None:
            new = signature(route, done, person, duties, principal)
            assert new.waived is None or new.waived in duties.waived
            done.append(new)
            assert routes.open_step(route, done[:-1], HASH) is current
    phases = {entry.id: entry.phase for entry in route.steps}
    taking_part = [(name, phases[entry.step]) for entry in done for name in entry.people]
    assert may_hold(taking_part, route, duties)
    for name, phase in taking_part:
        assert name not in duties.barred_from(phase)
    if routes.complete(route, done, HASH):
        assert len(done) == sum(entry.quorum for entry in route.steps)
        assert len(done) == 1 or len({entry.person for entry in done}) > 1
    else:
        assert len(done) < sum(entry.quorum for entry in route.steps)
    order = [entry.id for entry in route.steps]
    assert [entry.step for entry in done] == sorted((e.step for e in done), key=order.index)
    for entry in route.steps:
        signed = [signature.member for signature in done if signature.step == entry.id]
        assert set(signed) <= entry.members
        assert len(signed) <= entry.quorum


@given(random_routes(), DUTIES, st.randoms())
def test_a_route_that_can_end_always_has_somebody_to_sign(
    route: Route, duties: Duties, chance: Random
) -> None:
    if routes.unsatisfiable(route, duties):
        return
    done: list[Signature] = []
    while routes.open_step(route, done, HASH) is not None:
        able = [
            person for person in PEOPLE if routes.refusal(route, done, person, duties, HASH) is None
        ]
        assert able
        done.append(signature(route, done, chance.choice(able), duties))


def test_who_is_needed_later_does_not_use_a_waiver_up_before() -> None:
    route = Route(
        (
            step("r", "review", "b c", "any"),
            step("x", "approval", "c d", "any"),
            step("y", "approval", "c"),
        )
    )
    duties = Duties(waived=frozenset({Waived.TWO_STEPS}))
    done = [Signature("r", "c", None, HASH)]
    assert routes.refusal(route, done, "c", duties, HASH) is Refusal.NEEDED_LATER
    assert routes.refusal(route, done, "d", duties, HASH) is None


REVIEWED = Route((step("r", "review", "a b", "any"), step("x", "approval", "c")))
REVIEWED_BY_TWO = Route((step("r", "review", "a b"), step("x", "approval", "a c", "any")))


def test_who_stands_in_for_an_author_does_not_sign() -> None:
    linked = Duties(frozenset("z"), linked=frozenset("a"))
    assert routes.refusal(REVIEWED, [], "a", linked, HASH) is Refusal.STANDS_FOR_AUTHOR
    assert routes.refusal(REVIEWED, [], "b", linked, HASH) is None


def test_a_waiver_lets_the_author_review_but_never_approve() -> None:
    small = Duties(frozenset("ac"), waived=frozenset({Waived.AUTHOR_REVIEWS}))
    assert routes.refusal(REVIEWED, [], "a", small, HASH) is None
    assert routes.waiver_used([], "a", small) is Waived.AUTHOR_REVIEWS
    assert routes.refusal(REVIEWED, [], "a", small, HASH, "b") is Refusal.AUTHOR
    assert routes.refusal(REVIEWED, [sign("r", "a")], "c", small, HASH) is Refusal.AUTHOR
    assert routes.unsatisfiable(REVIEWED, small) == (REVIEWED.steps[1],)


def test_a_waiver_lets_one_person_sign_two_steps_where_another_signs_too() -> None:
    small = Duties(waived=frozenset({Waived.TWO_STEPS}))
    done = [sign("r", "a"), sign("r", "b")]
    assert routes.refusal(REVIEWED_BY_TWO, done, "a", NOBODY, HASH) is Refusal.ALREADY_SIGNED
    assert routes.refusal(REVIEWED_BY_TWO, done, "a", small, HASH) is None
    last = signature(REVIEWED_BY_TWO, done, "a", small)
    assert last.waived is Waived.TWO_STEPS
    assert routes.complete(REVIEWED_BY_TWO, [*done, last], HASH)
    assert not routes.complete(REVIEWED_BY_TWO, [*done, replace(last, waived=None)], HASH)
    alone = Route((step("r", "review", "a", "any"), step("x", "approval", "a", "any")))
    assert routes.refusal(alone, [sign("r", "a")], "a", small, HASH) is Refusal.ALREADY_SIGNED
    assert routes.unsatisfiable(alone, small) == (alone.steps[1],)
