"""Normal and urgent revisions in every order: no text of either is lost without a decision.

The steps are those of the life cycle, fired by code: who may sign is another matter (routes).
"""

from cast import acting
from cast import add_document
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.documents import switch
from eqms.documents.content import register_of
from eqms.documents.drafting import free_kinds
from eqms.documents.drafting import revise
from eqms.documents.rebasing import items
from eqms.documents.rebasing import rebase
from eqms.documents.schedule import switches
from eqms.documents.workflow import fire
from eqms.documents.workflow import state_of
from eqms.domain import clock
from eqms.domain import intervals
from eqms.domain.rebase import Side
from eqms.domain.redline import Verdict
from eqms.domain.revisions import Kind
from eqms.domain.revisions import State
from eqms.trail import storage as trail
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as st
from itertools import pairwise
from zExceptions import BadRequest
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


BEGIN = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
FIELDS = ("purpose", "scope")

KIND = st.sampled_from(Kind)
STEP = st.one_of(
    st.tuples(st.just("write"), KIND, st.sampled_from(FIELDS)),
    st.tuples(st.just("submit"), KIND, st.sampled_from(["on_approval", "days_after"])),
    st.tuples(st.just("approve"), KIND),
    st.tuples(st.just("rebase"), KIND, st.sampled_from(Side)),
    st.tuples(st.just("days"), st.integers(min_value=1, max_value=3)),
)


class History:
    """One document, and who wrote which text."""

    def __init__(self, document):
        self.document = document
        self.now = BEGIN
        self.written = {}

    def open(self, kind):
        """The open revision of a kind; a new draft if there can be one."""
        entry = register_of(self.document).open(kind)
        if entry is not None:
            return self.document[entry.id]
        if kind in free_kinds(self.document):
            with acting("author"):
                draft = revise(self.document, kind=kind)
            draft.amendments = [*draft.amendments, {"number": "", "summary": "s", "ground": "g"}]
            return draft
        return None

    def take(self, step):
        """One step, if the state of things allows it; a second passes."""
        self.now += timedelta(seconds=1)
        name, *arguments = step
        if name == "days":
            self.now += timedelta(days=arguments[0])
        with clock.frozen(self.now):
            if name == "days":
                for piece in switches.due(self.now):
                    switches.perform(piece, self.now)
            else:
                revision = self.open(arguments[0])
                if revision is not None:
                    getattr(self, name)(revision, *arguments[1:])
            self.check()

    def write(self, revision, field):
        if state_of(revision) is State.DRAFT:
            text = f"text {len(self.written)}"
            self.written[text] = revision.UID()
            setattr(revision, field, text)
            with acting("author"):
                notify(ObjectModifiedEvent(revision))

    def submit(self, revision, mode):
        if state_of(revision) is not State.DRAFT:
            return
        revision.force_mode, revision.force_days = mode, 2
        with acting("author"):
            notify(ObjectModifiedEvent(revision))
            if switch.is_stale(revision):
                with pytest.raises(BadRequest):
                    fire(revision, "submit")
            else:
                fire(revision, "submit")

    def approve(self, revision):
        if state_of(revision) is State.IN_REVIEW:
            fire(revision, "confirm_review")
            fire(revision, "approve")
            switch.issue(revision, switch.requested_start(revision))

    def rebase(self, revision, side):
        if switch.is_stale(revision):
            asked = [item.name for item in items(revision) if item.verdict is Verdict.CONFLICT]
            with acting("author"):
                rebase(revision, dict.fromkeys(asked, side))

    def check(self):
        """What holds after every step."""
        register = register_of(self.document)
        intervals.check(register.intervals)
        live = [entry for entry in register.entries if entry.state is State.IN_FORCE]
        assert len(live) <= 1
        for entry in register.entries:
            if entry.state in (State.IN_REVIEW, State.IN_APPROVAL, State.APPROVED):
                # Nobody signs, and nothing waits for its day, on a text that was replaced.
                assert not switch.is_stale(self.document[entry.id])
        self.check_nothing_lost()

    def check_nothing_lost(self):
        """Each revision in force contains the one before, but for what its authors decided."""
        rows = trail.rows(self.document.UID())
        chain = [
            self.document[self._id(row.revision)] for row in register_of(self.document).intervals
        ]
        for before, after in pairwise(chain):
            assert after.based_on == before.UID()
            dropped = {
                name
                for row in rows
                if row["action"] == "rebased" and row["details"]["revision"] == after.UID()
                for name, decision in row["details"]["decisions"].items()
                if decision["took"] == "mine" and decision["decided"]
            }
            for field in FIELDS:
                text = getattr(after, field)
                kept = text == getattr(before, field)
                assert kept or self.written.get(text) == after.UID() or field in dropped

    def _id(self, uid):
        return register_of(self.document).entry(uid).id


FIRST = (("submit", Kind.NORMAL, "on_approval"), ("approve", Kind.NORMAL))
"""One revision is in force before anything is urgent."""

BOTH_BEGUN = (
    ("write", Kind.NORMAL, "purpose"),
    ("write", Kind.URGENT, "purpose"),
    ("write", Kind.URGENT, "scope"),
)


def finish(kind, side):
    """Bring what is open of a kind in force, by whatever it takes."""
    return (
        ("submit", kind, "on_approval"),
        ("rebase", kind, side),
        ("submit", kind, "on_approval"),
        ("approve", kind),
    )


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.lists(STEP, max_size=10),
    st.permutations([Kind.NORMAL, Kind.URGENT, Kind.NORMAL]),
    st.sampled_from(Side),
)
def test_nothing_is_lost_in_any_order(agency, steps, order, side):
    savepoint = transaction.savepoint()
    try:
        with clock.frozen(BEGIN):
            history = History(add_document(agency, code="QT 77", title="Đan xen"))
        last = [step for kind in order for step in finish(kind, side)]
        for step in [*FIRST, *BOTH_BEGUN, *steps, *last]:
            history.take(step)
    finally:
        savepoint.rollback()
