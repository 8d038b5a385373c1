"""Two Zope processes on RelStorage with PostgreSQL approve two revisions of one document at once.

``make test-scale`` runs it; it prints how often they collided.
"""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count
from multiprocessing import get_context
from postgresql import NoPostgresql
from postgresql import throw_away
from process import compete
from process import create_site
from process import do
from process import start
from rivals import PATIENCE
from rivals import TRIES
from statistics import median
from time import perf_counter
from urgency import approve
from urgency import APPROVERS
from urgency import assert_one_won
from urgency import issue_first
from urgency import open_both
from urgency import open_next
import pytest


pytestmark = pytest.mark.scale

AGENCY = "so-tu-phap"
TIMES = 200
ON_ONE_DOCUMENT = 10

CODES = (f"QT {number}/CX-HCTP" for number in count(1))


@pytest.fixture(scope="module")
def processes(tmp_path_factory):
    """Two Zope processes on one database with a site in it."""
    context = get_context("spawn")
    meet = context.Barrier(2, timeout=PATIENCE).wait
    try:
        with throw_away() as dsn:
            settings = tmp_path_factory.mktemp("scale"), dsn, meet
            with ProcessPoolExecutor(2, context, start, settings) as pool:
                pool.submit(create_site).result()
                yield pool
    except NoPostgresql as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def race(processes, capsys):
    """Lets each process approve one of two revisions; prints at the end how it went."""
    outcomes, times = [], []

    def run(*targets):
        begin = perf_counter()
        acts = [partial(approve, path=path, name=name) for path, name in targets]
        approvals = map(partial(processes.submit, compete), APPROVERS, acts)
        ended = [approval.result() for approval in list(approvals)]
        times.append(perf_counter() - begin)
        outcomes.extend(ended)
        return ended

    yield run
    with capsys.disabled():
        print(f"\n{report(outcomes, times)}")


def test_of_two_approved_at_once_one_is_in_force(processes, race):
    for number in range(TIMES):
        if number % ON_ONE_DOCUMENT == 0:
            path = alone(processes, issue_first, agency=AGENCY, code=next(CODES))
        names = alone(processes, open_both, path=path)
        outcomes = race(*((path, name) for name in names))
        assert any(outcome.conflicts for outcome in outcomes), "the two did not collide"
        alone(processes, assert_one_won, path=path, names=names, outcomes=outcomes)


def test_two_documents_approved_at_once_are_both_in_force(processes, race):
    paths = [alone(processes, issue_first, agency=AGENCY, code=next(CODES)) for _ in range(2)]
    for _ in range(TIMES // 4):
        names = [alone(processes, open_next, path=path) for path in paths]
        outcomes = race(*zip(paths, names, strict=True))
        assert all(outcome.done for outcome in outcomes)


def alone(processes, act, **arguments):
    return processes.submit(do, partial(act, **arguments)).result()


def report(outcomes, times):
    """What happened, for people."""
    conflicts = Counter(name for outcome in outcomes for name in outcome.conflicts)
    done = sum(outcome.done for outcome in outcomes)
    refused = len(outcomes) - done
    tries = Counter(min(len(outcome.conflicts) + 1, TRIES) for outcome in outcomes)
    return "\n".join(
        (
            f"{len(times)} times two approvals at once: {done} done, {refused} refused",
            f"conflicts: {conflicts.total()} {dict(conflicts)}",
            f"approvals by number of tries: {dict(sorted(tries.items()))}",
            f"both together: median {median(times) * 1000:.0f} ms, at most {max(times):.1f} s",
        )
    )
