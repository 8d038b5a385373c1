"""One runner, one transaction for one piece, and whatever fails stops nothing else."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.clock import ledger
from eqms.clock.ledger import LEASE
from eqms.clock.ledger import Lease
from eqms.clock.opening import application
from eqms.clock.runner import acting_as_clock
from eqms.clock.runner import tick
from eqms.clock.runner import TRIES
from eqms.documents.content import register_of
from eqms.documents.indexers import revision_in_force
from eqms.documents.schedule import schedule_of_site
from eqms.domain import clock
from eqms.trail import storage as trail
from threading import Thread
from ZODB.POSException import ConflictError
import pytest
import transaction


START = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)


@pytest.fixture
def site(functional_portal):
    return functional_portal


def in_force(document):
    return revision_in_force(document).getId()


class TestSwitches:
    def test_not_a_second_before_and_then_at_once(self, site, planned):
        with clock.frozen(START - timedelta(seconds=1)):
            assert tick(site).done == 0
            assert in_force(planned) == "rev-1"
        with clock.frozen(START):
            assert tick(site).done == 1
            assert in_force(planned) == "rev-2"

    def test_after_three_days_without_the_clock(self, site, planned):
        late = START + timedelta(days=3)
        with clock.frozen(late):
            assert tick(site).done == 1
        before, after = register_of(planned).intervals
        assert (before.end, after.start, after.recorded_at) == (START, START, late)

    def test_twice_is_once(self, site, planned):
        with clock.frozen(START):
            tick(site)
            rows = trail.rows(planned.UID())
            assert tick(site).done == 0
        assert trail.rows(planned.UID()) == rows

    def test_rows_name_the_clock_and_nobody_else(self, site, planned):
        with clock.frozen(START):
            tick(site)
        row = trail.rows(planned.UID())[-1]
        assert (row["action"], row["actor"], row["channel"]) == (
            "make_in_force",
            "job:clock",
            "job",
        )

    def test_one_that_fails_stops_no_other(self, site, documents):
        documents[1].code = None
        transaction.commit()
        with clock.frozen(START):
            report = tick(site)
        assert (report.done, len(report.failures)) == (2, 1)
        assert "no code" in report.failures[0].error
        assert [in_force(document) for document in documents] == ["rev-2", "rev-1", "rev-2"]

    def test_it_is_tried_again_after_a_pause_and_nothing_of_it_was_kept(self, site, documents):
        codes = [document.code for document in documents]
        documents[1].code = None
        transaction.commit()
        rows = trail.rows(documents[1].UID())
        with clock.frozen(START):
            tick(site)
            assert tick(site) == tick(site)
        assert trail.rows(documents[1].UID()) == rows
        documents[1].code = codes[1]
        transaction.commit()
        with clock.frozen(START + timedelta(seconds=59)):
            assert tick(site).done == 0
        with clock.frozen(START + timedelta(minutes=1)):
            assert tick(site).done == 1
        assert documents[1]["rev-2"].in_force_from == START
        assert list(schedule_of_site()) == []


class TestJobs:
    def test_in_their_order_and_pieces_as_they_are_given(self, site, job):
        seen = []
        job("later", ["a", "b"], seen.append, order=60)
        job("earlier", ["c"], seen.append, order=40)
        assert tick(site).done == 3
        assert seen == ["c", "a", "b"]

    def test_a_failing_piece_leaves_nothing_behind(self, site, job):
        def act(piece):
            site.title = f"written by {piece}"
            if piece == "bad":
                raise ValueError("no")

        job("test", ["good", "bad"], act)
        report = tick(site)
        assert report.done == 1
        assert [failure.error for failure in report.failures] == ["ValueError: no"]
        assert site.title == "written by good"

    def test_a_job_that_cannot_say_what_is_due_stops_no_other(self, site, job):
        broken, fine = job("broken", None, order=1), job("fine", ["a"])
        report = tick(site)
        assert broken.asked == [] and fine.asked == ["a"]
        assert [failure.job for failure in report.failures] == ["broken"]

    def test_after_a_conflict_it_is_tried_again(self, site, job):
        pauses, tries = [], []

        def act(piece):
            tries.append(piece)
            if len(tries) < 3:
                raise ConflictError

        job("test", ["a"], act)
        assert tick(site, pause=pauses.append).done == 1
        assert len(pauses) == 2 and pauses == sorted(pauses)

    def test_but_not_for_ever(self, site, job):
        def act(piece):
            raise ConflictError

        pauses = []
        asked = job("test", ["a"], act).asked
        assert len(tick(site, pause=pauses.append).failures) == 1
        assert len(asked) == TRIES

    def test_the_caller_is_who_he_was(self, site, job):
        from AccessControl import getSecurityManager
        from cast import acting
        from cast import make_agency

        make_agency(site)
        transaction.commit()
        seen = []
        job("test", ["a"], lambda piece: seen.append(getSecurityManager().getUser().getId()))
        with acting("author"):
            tick(site)
            assert getSecurityManager().getUser().getId() == "author"
        assert seen == [None]


class TestOneRunner:
    def test_while_another_one_is_at_work_nothing_is_done(self, site, planned):
        with clock.frozen(START):
            with acting_as_clock(site):
                assert Lease().take()
            assert tick(site).skipped
            assert in_force(planned) == "rev-1"

    def test_one_that_does_not_come_back_is_not_waited_for(self, site, planned):
        with clock.frozen(START), acting_as_clock(site):
            assert Lease().take()
        with clock.frozen(START + LEASE):
            assert tick(site).done == 1

    def test_a_long_run_goes_on_holding_it(self, site, job):
        passed = []

        def act(piece):
            passed.append(piece)
            clock.set_source(lambda: START + len(passed) * LEASE * 0.75)

        job("long", ["a", "b", "c"], act)
        held = []

        def look(piece):
            held.append(ledger.ledger().is_held(clock.now()))

        job("look", ["x"], look, order=51)
        assert tick(site).done == 4
        assert held == [True]
        assert ledger.ledger().holder is None

    def test_two_at_once_do_it_once(self, site, documents):
        database = site._p_jar.db()
        path = site.getPhysicalPath()
        reports = []

        def run():
            with application(database) as app:
                reports.append(tick(app.unrestrictedTraverse(path)))

        with clock.frozen(START):
            threads = [Thread(target=run) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        transaction.begin()
        assert sum(report.done for report in reports) == 3
        for document in documents:
            actions = [row["action"] for row in trail.rows(document.UID())]
            assert actions.count("make_in_force") == 2


class TestMarks:
    def test_a_run_with_nothing_to_do_is_entered_now_and_then(self, site):
        tick(site)
        first = ledger.ledger().last_run
        size = site._p_jar.db().lastTransaction()
        with clock.frozen(first + timedelta(minutes=1)):
            tick(site)
        assert site._p_jar.db().lastTransaction() == size
        with clock.frozen(first + ledger.HEARTBEAT):
            tick(site)
        assert ledger.ledger().last_run == first + ledger.HEARTBEAT

    def test_a_run_with_a_failure_is_no_success(self, site, job):
        tick(site)
        before = clock.now()

        def act(piece):
            raise ValueError("no")

        job("test", ["a"], act)
        with clock.frozen(before + timedelta(hours=1)):
            tick(site)
            known = ledger.ledger()
            assert known.last_run == clock.now()
        assert known.last_success == before
        assert [failure.error for failure in known.failures] == ["ValueError: no"]
