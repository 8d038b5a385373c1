"""What two transactions at once must not merge, and what they must.

What is kept whole conflicts, so that the later one decides anew. What has nothing to do with each
other is merged: a conflict there would make people wait for nothing.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import fields
from datetime import datetime
from datetime import UTC
from eqms.approval.authentication.storage import AuthenticationData
from eqms.approval.mail.outbox import Note
from eqms.approval.mail.outbox import Outbox
from eqms.approval.record import ApprovalRecord
from eqms.approval.signature import SignatureRow
from eqms.approval.tasks import OpenTask
from eqms.documents.coding import CodeRegister
from eqms.documents.coding import Holder
from eqms.documents.register import Entry
from eqms.documents.register import RevisionRegister
from eqms.documents.schedule import Schedule
from eqms.domain.lockout import Attempts
from eqms.domain.revisions import State
from eqms.domain.schedule import Planned
from eqms.references.register import Entry as Reference
from eqms.references.register import Register
from eqms.trail.storage import ObjectTrail
from transaction import TransactionManager
from typing import Any
from ZODB import DB
from ZODB.DemoStorage import DemoStorage
from ZODB.POSException import ConflictError
import pytest


NOW = datetime(2026, 3, 10, tzinfo=UTC)


@dataclass
class Kept:
    """Something stored, and what people write to it; the first ones have written already."""

    make: Callable[[], Any]
    write: Callable[[Any, str], None]
    before: tuple[str, ...] = ("1", "2", "3")


def register():
    whole = RevisionRegister()
    for seq in range(1, 4):
        whole.add(Entry(seq, str(seq), f"rev-{seq}", State.APPROVED))
    whole.begin("1", NOW, NOW)
    whole.end("1", NOW, NOW)
    return whole


def put_in_force(whole, uid):
    whole.set_state(uid, State.IN_FORCE)
    whole.begin(uid, NOW, NOW)


def sign(whole, person):
    whole.add(SignatureRow("approval", "approval", person, person, "", NOW, "hash"))


def tell(whole, actor):
    whole.append({"actor": actor})


def enter(tasks, uid):
    tasks[uid] = OpenTask(**{fact.name: uid for fact in fields(OpenTask)})


def give(codes, uid):
    code = f"QT {uid}"
    codes.put(Holder(uid, code, ("CX", "HCTP"), frozen=bool(codes.holders(code))))


def plan(schedule, uid):
    schedule.put(Planned("revision", uid, NOW))


def remind(outbox, path):
    outbox.put("lan", Note("task", NOW, path, ""))


def cite(register, uid, number=""):
    number = number or uid
    known = register.get(uid) is not None
    register.put(
        Reference(uid, uid, "LegalText", uid, number, "expired", outdated=known, sure=(number,))
    )


def fail(data, person):
    data.attempts[person] = Attempts(1)


MANY = tuple(str(number) for number in range(1, 90))
"""More than one bucket of a BTree holds."""

WHOLE = {
    "register": Kept(register, put_in_force, before=()),
    "signatures": Kept(ApprovalRecord, sign),
    "trail": Kept(ObjectTrail, tell),
}

APART = {
    "tasks of a person": Kept(OOBTree, enter),
    "codes": Kept(CodeRegister, lambda codes, uid: codes.put(Holder(uid, f"QT {uid}", ("A", "B")))),
    "schedule": Kept(Schedule, lambda schedule, uid: schedule.put(Planned("revision", uid, NOW))),
    "notes to a person": Kept(
        Outbox, lambda box, path: box.put("lan", Note("task", NOW, path, ""))
    ),
    "wrong passwords": Kept(AuthenticationData, fail),
    "legal texts": Kept(Register, cite),
}


@pytest.fixture
def commit_two():
    """Two people write to one thing, having both seen it as it was."""

    def run(kept, *writers):
        db = DB(DemoStorage())
        managers = [TransactionManager() for _ in writers]
        connections = [db.open(manager) for manager in managers]
        connections[0].root.kept = kept.make()
        for writer in kept.before:
            kept.write(connections[0].root.kept, writer)
        managers[0].commit()
        for manager in managers[1:]:
            manager.begin()
        for connection, writer in zip(connections, writers, strict=True):
            kept.write(connection.root.kept, writer)
        try:
            for manager in managers:
                manager.commit()
        finally:
            for manager in managers:
                manager.abort()
            db.close()

    return run


@pytest.mark.parametrize("name", WHOLE)
def test_what_is_kept_whole_conflicts(commit_two, name):
    with pytest.raises(ConflictError):
        commit_two(WHOLE[name], "2", "3")


@pytest.mark.parametrize("writers", [("98", "99"), ("2", "3")], ids=["new", "again"])
@pytest.mark.parametrize("name", APART)
def test_what_lies_apart_is_merged(commit_two, name, writers):
    commit_two(APART[name], *writers)


def test_one_number_registered_twice_at_once_conflicts(commit_two):
    def same(register, uid):
        cite(register, uid, number="" if uid.isdecimal() else "123/2015/nd-cp")

    with pytest.raises(ConflictError):
        commit_two(Kept(Register, same), "một", "hai")
