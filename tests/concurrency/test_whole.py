"""What is kept whole, so that two transactions on it conflict and the later one decides anew."""

from datetime import datetime
from datetime import UTC
from eqms.approval.record import ApprovalRecord
from eqms.approval.record import SignatureRow
from eqms.documents.register import Entry
from eqms.documents.register import RevisionRegister
from eqms.domain.revisions import State
from eqms.trail.storage import ObjectTrail
from transaction import TransactionManager
from ZODB import DB
from ZODB.DemoStorage import DemoStorage
from ZODB.POSException import ConflictError
import pytest


NOW = datetime(2026, 3, 10, tzinfo=UTC)


def register():
    """One revision is retired, two wait."""
    whole = RevisionRegister()
    for seq, state in ((1, State.OBSOLETE), (2, State.APPROVED), (3, State.APPROVED)):
        whole.add(Entry(seq, f"uid-{seq}", f"rev-{seq}", state))
    whole.begin("uid-1", NOW, NOW)
    whole.end("uid-1", NOW, NOW)
    return whole


def put_in_force(uid):
    def act(whole):
        whole.set_state(uid, State.IN_FORCE)
        whole.begin(uid, NOW, NOW)

    return act


def record():
    """One signature is given."""
    whole = ApprovalRecord()
    sign("reviewer")(whole)
    return whole


def sign(person):
    row = SignatureRow("approval", "approval", person, person, "", NOW, "hash")
    return lambda whole: whole.add(row)


def told():
    """One row is written."""
    whole = ObjectTrail()
    tell("author")(whole)
    return whole


def tell(actor):
    return lambda whole: whole.append({"actor": actor})


@pytest.mark.parametrize(
    ("make", "one", "other"),
    [
        (register, put_in_force("uid-2"), put_in_force("uid-3")),
        (record, sign("approver"), sign("controller")),
        (told, tell("approver"), tell("controller")),
    ],
    ids=["register", "signatures", "trail"],
)
def test_two_writers_never_merge(make, one, other):
    db = DB(DemoStorage())
    managers = [TransactionManager() for _ in range(2)]
    connections = [db.open(manager) for manager in managers]
    connections[0].root.whole = make()
    managers[0].commit()
    managers[1].begin()
    for connection, act in zip(connections, (one, other), strict=True):
        act(connection.root.whole)
    managers[0].commit()
    with pytest.raises(ConflictError):
        managers[1].commit()
    db.close()
