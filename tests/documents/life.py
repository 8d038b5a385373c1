"""The whole life of a document as a state machine: people, dates, outages, in any order.

Whatever the people try, and whatever is refused, what must always hold is asked after each step. A
step that is refused leaves everything as it was.
"""

from cast import acting
from cast import add_document
from cast import PASSWORD
from contextlib import contextmanager
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.approval import actions
from eqms.approval.record import record_of
from eqms.documents import ending
from eqms.documents import switch
from eqms.documents.content import register_of
from eqms.documents.dates import site_zone
from eqms.documents.drafting import revise
from eqms.documents.errors import REFUSALS
from eqms.documents.rebasing import items
from eqms.documents.rebasing import rebase
from eqms.documents.schedule import switches
from eqms.documents.serializer import revision_json
from eqms.documents.snapshot import hash_of
from eqms.domain import chain
from eqms.domain import clock
from eqms.domain import intervals
from eqms.domain.numbering import Change
from eqms.domain.rebase import Side
from eqms.domain.revisions import Kind
from eqms.domain.revisions import LIVE
from eqms.domain.revisions import State
from eqms.domain.revisions import TRANSITIONS
from eqms.trail import storage as trail
from hypothesis import strategies as st
from hypothesis.stateful import initialize
from hypothesis.stateful import invariant
from hypothesis.stateful import rule
from hypothesis.stateful import RuleBasedStateMachine
from itertools import count
from plone import api
from zope.event import notify
from zope.globalrequest import getRequest
from zope.lifecycleevent import ObjectModifiedEvent
import json
import transaction


START = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
AUTHORS = ("author", "second_author")
EVERYBODY = (*AUTHORS, "reviewer", "approver", "controller")
SWITCHING = {"make_in_force", "suspend", "resume", "retire", "supersede"}
"""Transitions after which readers may get something else."""

_numbers = count(1)


class WholeLife(RuleBasedStateMachine):
    """One document of an agency, from its first draft on."""

    def __init__(self, agency):
        super().__init__()
        self.now = START
        clock.set_source(lambda: self.now)
        number = next(_numbers)
        self.document = add_document(agency, code=f"QT {number}", title=f"Quy trình {number}")
        self.hashes = {}
        self.planned = {}
        self.expected = []
        self.live = None
        self.face = self._face()
        self.rows = self._rows()
        self.texts = count(1)

    def teardown(self):
        clock.set_source(None)

    @initialize(issued=st.booleans())
    def begin(self, issued):
        if issued:
            self.go_the_whole_way("author", Kind.NORMAL)

    # What people do.

    @rule(who=st.sampled_from(AUTHORS), kind=st.sampled_from(Kind), change=st.sampled_from(Change))
    def revise(self, who, kind, change):
        with self.trying(who):
            draft = revise(self.document, change, kind)
            self._fill_in(draft)

    @rule(who=st.sampled_from(EVERYBODY), kind=st.sampled_from(Kind))
    def write(self, who, kind):
        draft = self._open(kind)
        if draft is None:
            return
        with self.trying(who):
            allowed = api.user.has_permission("Modify portal content", obj=draft)
            draft.purpose = f"Mục đích {next(self.texts)} của {who}"
            notify(ObjectModifiedEvent(draft))
            assert self._state(draft) is State.DRAFT, "written outside a draft"
            if not allowed:
                # Python code asks for no permission; whoever it was is an author now.
                assert who in draft.saved_by

    @rule(
        who=st.sampled_from(AUTHORS),
        kind=st.sampled_from(Kind),
        mode=st.sampled_from(["on_approval", "on_date", "days_after"]),
        days=st.integers(1, 4),
    )
    def plan(self, who, kind, mode, days):
        draft = self._open(kind)
        if draft is None:
            return
        with self.trying(who):
            draft.force_mode = mode
            draft.force_date = clock.today(site_zone()) + timedelta(days)
            draft.force_days = days
            notify(ObjectModifiedEvent(draft))

    @rule(who=st.sampled_from(AUTHORS), kind=st.sampled_from(Kind))
    def submit(self, who, kind):
        draft = self._open(kind)
        if draft is not None:
            with self.trying(who):
                actions.transition(draft, "submit")

    @rule(
        who=st.sampled_from(EVERYBODY),
        kind=st.sampled_from(Kind),
        meaning=st.sampled_from(["review", "approval"]),
    )
    def sign(self, who, kind, meaning):
        self._sign(who, kind, meaning)

    @rule(who=st.sampled_from(AUTHORS), kind=st.sampled_from(Kind), change=st.sampled_from(Change))
    def revise_and_approve(self, who, kind, change):
        self.revise(who, kind, change)
        self.go_the_whole_way(who, kind)

    @rule(who=st.sampled_from(AUTHORS), kind=st.sampled_from(Kind))
    def go_the_whole_way(self, who, kind):
        self.submit(who, kind)
        self._sign("reviewer", kind, "review")
        self._sign("approver", kind, "approval")

    @rule(
        who=st.sampled_from(EVERYBODY),
        kind=st.sampled_from(Kind),
        name=st.sampled_from(["reject", "recall", "withdraw"]),
    )
    def take_back(self, who, kind, name):
        revision = self._open(kind)
        if revision is not None:
            with self.trying(who):
                actions.transition(revision, name, "vì một lý do")

    @rule(who=st.sampled_from(AUTHORS), kind=st.sampled_from(Kind), side=st.sampled_from(Side))
    def rebase(self, who, kind, side):
        draft = self._open(kind)
        if draft is None:
            return
        with self.trying(who):
            purpose = draft.purpose
            rebase(draft, {item.name: side for item in items(draft)})
            assert not switch.is_stale(draft)
            assert side is Side.THEIRS or draft.purpose == purpose
            self._fill_in(draft)

    # What is decided elsewhere and carried out by code.

    @rule(name=st.sampled_from(["suspend", "resume"]))
    def interrupt(self, name):
        live = register_of(self.document).live
        if live is not None:
            with self.trying("approver"):
                getattr(ending, name)(self.document._getOb(live.id), "vì một lý do")

    @rule()
    def retire(self):
        with self.trying("approver"):
            ending.retire(self.document, "không dùng nữa")

    @rule(kind=st.sampled_from(Kind), hours=st.integers(1, 60))
    def reschedule(self, kind, hours):
        revision = self._open(kind)
        if revision is not None:
            with self.trying("approver"):
                switch.reschedule(revision, self.now + timedelta(hours=hours))

    @rule(kind=st.sampled_from(Kind))
    def cancel(self, kind):
        revision = self._open(kind)
        if revision is not None:
            with self.trying("approver"):
                switch.cancel_approval(revision, "không ban hành nữa")

    # Time, with the clock at work or not.

    @rule(minutes=st.integers(1, 60 * 40), visited=st.booleans())
    def wait(self, minutes, visited):
        """Time passes; a visitor or the job comes then, or nobody does (an outage)."""
        self.now += timedelta(minutes=minutes)
        if visited:
            self.visit()

    @rule()
    def visit(self):
        """What is done before any request is served, and by the job; twice does no harm."""
        for _often in range(2):
            for key in switches.due(self.now):
                switches.perform(key, self.now)
        self._observe(due_done=True)

    # What must always hold.

    @invariant()
    def at_most_one_is_in_force_or_suspended(self):
        register = register_of(self.document)
        live = [entry for entry in register.entries if entry.state in LIVE]
        assert len(live) <= 1
        intervals.check(register.intervals)
        running = [row.revision for row in register.intervals if row.end is None]
        assert running == [entry.uid for entry in live if entry.state is State.IN_FORCE]

    @invariant()
    def at_most_one_of_each_kind_is_open(self):
        register = register_of(self.document)
        for kind in Kind:
            opened = [
                entry
                for entry in register.entries
                if entry.kind == kind
                and entry.state in (State.DRAFT, State.IN_REVIEW, State.IN_APPROVAL, State.APPROVED)
            ]
            assert len(opened) <= 1

    @invariant()
    def the_register_says_what_the_workflow_says(self):
        for entry in register_of(self.document).entries:
            revision = self.document._getOb(entry.id)
            assert self._state(revision) is entry.state
            assert api.content.get_uuid(revision) == entry.uid

    @invariant()
    def content_stays_what_it_was_outside_drafts(self):
        for revision in self._revisions():
            uid = api.content.get_uuid(revision)
            if self._state(revision) is State.DRAFT:
                self.hashes.pop(uid, None)
                assert revision.content_hash is None
            elif revision.ever_submitted:
                assert revision.content_hash == hash_of(revision)
                assert self.hashes.setdefault(uid, revision.content_hash) == revision.content_hash

    @invariant()
    def signatures_are_of_others_each_once_and_on_this_content(self):
        for revision in self._revisions():
            rows = record_of(revision).signatures
            assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
            valid = [row for row in rows if row.valid]
            people = [row.person for row in valid]
            assert len(people) == len(set(people))
            assert not set(people) & set(revision.saved_by)
            state = self._state(revision)
            if state is State.DRAFT:
                assert not valid
            assert all(row.content_hash == revision.content_hash for row in valid)
            if state in {State.APPROVED, State.SUPERSEDED, State.OBSOLETE, *LIVE}:
                assert {row.meaning for row in valid} == {"review", "approval"}

    @invariant()
    def tasks_are_open_only_on_the_route(self):
        for revision in self._revisions():
            waiting = record_of(revision).open_tasks
            on_route = self._state(revision) in (State.IN_REVIEW, State.IN_APPROVAL)
            assert bool(waiting) is on_route

    @invariant()
    def nothing_ever_submitted_is_lost(self):
        for entry in register_of(self.document).entries:
            assert entry.id in self.document.objectIds()

    @invariant()
    def every_transition_has_one_row(self):
        rows = trail.rows(api.content.get_uuid(self.document))
        assert chain.verify(rows) == []
        counted = sum(row["action"] in TRANSITIONS for row in rows)
        fired = sum(
            sum(step["action"] is not None for step in history)
            for revision in self._revisions()
            for history in revision.workflow_history.values()
        )
        assert counted == fired

    @invariant()
    def what_readers_get_changes_only_by_the_switch(self):
        rows = self._rows()
        new = {row["action"] for row in rows[len(self.rows) :]}
        face = self._face()
        if not new & SWITCHING:
            assert face == self.face
        self.face, self.rows = face, rows

    @invariant()
    def as_of_any_instant_it_answers_what_was_in_force(self):
        self._observe()
        rows = register_of(self.document).intervals
        moments = sorted({start for start, _uid in self.expected} | {self.now})
        for moment in moments:
            told = [uid for start, uid in self.expected if start <= moment]
            assert intervals.in_force_at(rows, moment) == (told[-1] if told else None), moment

    @invariant()
    def nothing_in_force_is_replaced_by_what_was_written_on_something_else(self):
        entry = register_of(self.document).live
        uid = entry.uid if entry is not None else None
        if uid not in (None, self.live) and self.live is not None:
            assert self.document._getOb(entry.id).based_on == self.live
        self.live = uid

    @invariant()
    def nobody_reads_what_is_not_in_force_yet(self):
        for revision in self._revisions():
            readable = "Anonymous" in _viewers(revision)
            assert not readable or self._state(revision) is State.IN_FORCE

    # Helpers.

    @contextmanager
    def trying(self, who):
        """Act as somebody; a refusal takes back all that the block did."""
        transaction.savepoint()
        savepoint = transaction.savepoint()
        before = (self._face(), self._rows(), register_of(self.document).entries)
        try:
            with acting(who):
                yield
        except (*REFUSALS, actions.ReauthenticationFailed):
            savepoint.rollback()
            after = (self._face(), self._rows(), register_of(self.document).entries)
            assert after == before

    def _sign(self, who, kind, meaning):
        revision = self._open(kind)
        if revision is not None:
            with self.trying(who):
                actions.sign(revision, meaning, PASSWORD)

    def _fill_in(self, draft):
        own = f"{draft.issue_no:02}/{draft.amendment_no:02}"
        lines = [row for row in draft.amendments or () if row["number"] != own]
        draft.amendments = [*lines, {"number": own, "summary": "Sửa", "ground": "Luật"}]
        notify(ObjectModifiedEvent(draft))

    def _observe(self, due_done=False):
        """Keep a history of our own: what is in force since when, by what was planned."""
        for revision in self._revisions():
            uid = api.content.get_uuid(revision)
            if self._state(revision) is State.APPROVED and revision.due_at is not None:
                assert not due_done or revision.due_at > self.now
                self.planned[uid] = revision.due_at
            elif self._state(revision) in (State.DRAFT, State.WITHDRAWN):
                self.planned.pop(uid, None)
        entry = register_of(self.document).in_force
        uid = entry.uid if entry is not None else None
        last = self.expected[-1][1] if self.expected else None
        if uid != last:
            self.expected.append((self.planned.pop(uid, self.now), uid))

    def _open(self, kind):
        """The open revision of the kind, or of the other one; None if none is open."""
        register = register_of(self.document)
        other = next(each for each in Kind if each is not kind)
        entry = register.open(kind) or register.open(other)
        return self.document._getOb(entry.id) if entry is not None else None

    def _revisions(self):
        return [self.document._getOb(entry.id) for entry in register_of(self.document).entries]

    def _rows(self):
        return trail.rows(api.content.get_uuid(self.document))

    def _face(self):
        """What a reader gets of the document."""
        entry = register_of(self.document).in_force
        told = None
        if entry is not None:
            told = revision_json(self.document._getOb(entry.id), getRequest())
        return json.dumps([_viewers(self.document), told], default=str, sort_keys=True)

    @staticmethod
    def _state(revision):
        return State(api.content.get_state(revision))


def _viewers(item):
    return sorted(role["name"] for role in item.rolesOfPermission("View") if role["selected"]) or [
        "acquired"
    ]
