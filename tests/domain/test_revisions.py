"""The life cycle as data, and what is derived from it."""

from datetime import date
from datetime import datetime
from datetime import UTC
from eqms.domain import revisions
from eqms.domain.revisions import Classification
from eqms.domain.revisions import DocumentState
from eqms.domain.revisions import public_state
from eqms.domain.revisions import State
from eqms.domain.revisions import TRANSITIONS
from hypothesis import given
from hypothesis import strategies as st
from zoneinfo import ZoneInfo
import pytest


HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
EDGES = {
    (source.value, name, step.target.value)
    for name, step in TRANSITIONS.items()
    for source in step.sources
}


def test_every_edge_of_the_life_cycle() -> None:
    assert {
        ("draft", "submit", "in_review"),
        ("in_review", "confirm_review", "in_approval"),
        ("in_approval", "approve", "approved"),
        ("in_review", "reject", "draft"),
        ("in_approval", "reject", "draft"),
        ("in_review", "recall", "draft"),
        ("in_approval", "recall", "draft"),
        ("in_review", "lose_base", "draft"),
        ("in_approval", "lose_base", "draft"),
        ("approved", "lose_base", "draft"),
        ("draft", "withdraw", "withdrawn"),
        ("approved", "cancel_approval", "withdrawn"),
        ("approved", "make_in_force", "in_force"),
        ("draft", "migrate", "in_force"),
        ("in_force", "supersede", "superseded"),
        ("suspended", "supersede", "superseded"),
        ("in_force", "suspend", "suspended"),
        ("suspended", "resume", "in_force"),
        ("in_force", "retire", "obsolete"),
        ("suspended", "retire", "obsolete"),
        ("superseded", "dispose", "disposed"),
        ("obsolete", "dispose", "disposed"),
        ("withdrawn", "dispose", "disposed"),
    } == EDGES


def test_people_fire_only_what_leaves_what_is_in_force_alone() -> None:
    by_person = {name for name, step in TRANSITIONS.items() if not step.internal}
    assert by_person == {"submit", "reject", "recall", "withdraw"}
    touched = {
        state
        for name in by_person
        for state in (*TRANSITIONS[name].sources, TRANSITIONS[name].target)
    }
    assert touched.isdisjoint(revisions.LIVE | revisions.OUT_OF_USE | {State.APPROVED})


def test_the_groups_of_states() -> None:
    assert {"draft", "in_review", "in_approval", "approved"} == revisions.OPEN
    assert {"draft"} == revisions.WRITABLE
    assert {"in_force", "suspended"} == revisions.LIVE
    assert {"superseded", "obsolete"} == revisions.OUT_OF_USE


def test_what_is_out_of_use_never_comes_back() -> None:
    for source, name, target in EDGES:
        if source in {"superseded", "obsolete", "withdrawn"}:
            assert (name, target) == ("dispose", "disposed")
        assert source != "disposed"


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("", DocumentState.NO_REVISION),
        ("draft", DocumentState.NO_REVISION),
        ("withdrawn approved", DocumentState.NO_REVISION),
        ("in_force superseded", DocumentState.IN_FORCE),
        ("in_force withdrawn", DocumentState.IN_FORCE),
        ("in_force draft", DocumentState.IN_FORCE_IN_PROGRESS),
        ("in_force approved superseded", DocumentState.IN_FORCE_IN_PROGRESS),
        ("suspended", DocumentState.SUSPENDED),
        ("suspended draft", DocumentState.SUSPENDED),
        ("obsolete superseded", DocumentState.RETIRED),
        ("obsolete draft", DocumentState.RETIRED),
        ("superseded", DocumentState.RETIRED),
        ("disposed", DocumentState.RETIRED),
    ],
)
def test_document_state(states: str, expected: DocumentState) -> None:
    assert revisions.document_state(State(state) for state in states.split()) is expected


def test_states_may_be_given_by_their_values_but_must_be_states() -> None:
    assert revisions.document_state(["in_force", "draft"]) is DocumentState.IN_FORCE_IN_PROGRESS
    with pytest.raises(ValueError, match="effective"):
        revisions.document_state(["effective"])


@given(st.lists(st.sampled_from(State)))
def test_the_document_is_in_force_exactly_if_a_revision_is(states: list[State]) -> None:
    live = {DocumentState.IN_FORCE, DocumentState.IN_FORCE_IN_PROGRESS, DocumentState.SUSPENDED}
    derived = revisions.document_state(states)
    assert (derived in live) is (not revisions.LIVE.isdisjoint(states))


def test_visibility_is_the_classification_of_the_live_revision() -> None:
    assert revisions.visibility(None) == "hidden"
    for grade in Classification:
        assert revisions.visibility(grade).value == grade.value
    assert revisions.visibility("public") is revisions.Visibility.PUBLIC
    for unknown in ("hidden", "secret", ""):
        with pytest.raises(ValueError, match="Classification"):
            revisions.visibility(unknown)


ISSUED = datetime(2026, 3, 1, 2, tzinfo=UTC)  # 09:00 in Hanoi


@pytest.mark.parametrize(
    ("requested", "late", "expected"),
    [
        (None, False, ISSUED),
        (None, True, ISSUED),
        (date(2026, 2, 1), False, ISSUED),
        (date(2026, 3, 1), False, ISSUED),
        (date(2026, 3, 2), False, datetime(2026, 3, 1, 17, tzinfo=UTC)),
        (date(2026, 2, 1), True, datetime(2026, 1, 31, 17, tzinfo=UTC)),
        (date(2026, 3, 2), True, datetime(2026, 3, 1, 17, tzinfo=UTC)),
    ],
)
def test_in_force_from(requested: date | None, late: bool, expected: datetime) -> None:
    start = revisions.in_force_from(requested, ISSUED.astimezone(HANOI), HANOI, recorded_late=late)
    assert start == expected
    assert start.tzinfo is UTC


def test_the_moment_of_issue_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        revisions.in_force_from(None, datetime(2026, 3, 1), HANOI)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
)
def test_nothing_is_back_dated(requested: date, issued_at: datetime) -> None:
    assert revisions.in_force_from(requested, issued_at, HANOI) >= issued_at


@pytest.mark.parametrize("state", DocumentState)
def test_the_public_is_not_told_of_drafts(state):
    told = public_state(state)
    assert told is not DocumentState.IN_FORCE_IN_PROGRESS
    assert told is state or state is DocumentState.IN_FORCE_IN_PROGRESS
