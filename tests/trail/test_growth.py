"""Adding a row costs the same however long the trail is: counted in objects, not in seconds."""

from contextlib import contextmanager
from eqms.trail import storage as trail
import pytest
import transaction


SHORT, LONG = 100, 5000


@contextmanager
def counted(connection):
    """Objects loaded from and stored to the database within the block, by a cold connection."""
    counts = {"loaded": 0, "stored": 0}
    load, store = connection.setstate, connection._storage.store

    def setstate(item):
        counts["loaded"] += 1
        return load(item)

    def counting_store(*arguments):
        counts["stored"] += 1
        return store(*arguments)

    connection.setstate, connection._storage.store = setstate, counting_store
    try:
        yield counts
    finally:
        del connection.setstate
        connection._storage.store = store


@pytest.fixture
def cost(functional_portal):
    """What adding one row to the trail of a subject costs in its own transaction."""
    connection = functional_portal._p_jar

    def cost(subject):
        connection.cacheMinimize()
        with counted(connection) as counts:
            trail.append(subject, "thu", comment="một dòng")
            transaction.commit()
        return counts

    return cost


def test_a_row_more_loads_and_stores_the_same_few_objects(cost):
    for subject, length in (("short", SHORT), ("long", LONG)):
        for number in range(length):
            trail.append(subject, "thu", number=number)
        transaction.commit()
    short, long = cost("short"), cost("long")
    assert long == short
    # The trail itself and the newest bucket of its rows.
    assert short["stored"] == 2
