"""What must hold of a document whatever has happened to it."""

from eqms.approval.record import record_of
from eqms.documents.content import register_of
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import state_of
from eqms.domain import chain
from eqms.domain import intervals
from eqms.domain.revisions import LIVE
from eqms.domain.revisions import State
from eqms.domain.revisions import WRITABLE
from eqms.trail import storage as trail


def assert_sound(document):
    """At most one revision in force, and register, workflow, signatures and trail at one."""
    register = register_of(document)
    revisions = {entry.uid: document[entry.id] for entry in register.entries}
    assert set(revisions) == {revision.UID() for revision in document.objectValues()}
    for entry in register.entries:
        assert entry.state is state_of(revisions[entry.uid])
    assert sum(entry.state in LIVE for entry in register.entries) <= 1
    in_force = [entry.uid for entry in register.entries if entry.state is State.IN_FORCE]
    assert [row.revision for row in register.intervals if row.end is None] == in_force
    intervals.check(register.intervals)
    for revision in revisions.values():
        assert_signed_as_it_is(revision)
    rows = trail.rows(document.UID())
    assert chain.verify(rows) == []
    assert_told_once(rows)


def assert_signed_as_it_is(revision):
    """What stands signed is the content as it is; a draft has no standing signature."""
    state, standing = state_of(revision), record_of(revision).standing()
    if state in WRITABLE:
        assert standing == []
        return
    assert revision.content_hash == hash_of(revision)
    assert {row.content_hash for row in standing} <= {revision.content_hash}
    if state in {State.APPROVED, *LIVE}:
        assert standing[-1].meaning == "approval"


def assert_told_once(rows):
    """The trail leads each revision from state to state without a gap or a fork."""
    states = {}
    for row in rows:
        details = row["details"]
        if "new_state" in details:
            assert details["old_state"] == states.get(details["revision"], State.DRAFT)
            states[details["revision"]] = details["new_state"]
