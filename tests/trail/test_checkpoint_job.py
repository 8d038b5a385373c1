"""The job of the clock: a checkpoint when the newest one is old, and a time stamp if one is set."""

from datetime import timedelta
from eqms.domain import clock
from eqms.interfaces import IClockJob
from eqms.trail.checkpoints import checkpoints
from eqms.trail.checkpoints import stamp_of
from plone import api
from trail.authority import authority
from trail.authority import NOON
from trail.authority import serving
from trail.authority import stamps
from zope.component import getUtility
import pytest


HOUR = timedelta(hours=1)


@pytest.fixture
def job(portal):
    return getUtility(IClockJob, name="eqms.trail.checkpoint")


def run(job, now):
    with clock.frozen(now):
        pieces = list(job.due(now))
        for piece in pieces:
            job.perform(piece, now)
    return pieces


def set_authority(url, roots=""):
    api.portal.set_registry_record("eqms.trail.tsa_url", url)
    api.portal.set_registry_record("eqms.trail.tsa_roots", roots)


class TestTaking:
    def test_the_first_at_once_and_then_each_day(self, job):
        assert run(job, NOON) == ["checkpoint"]
        assert run(job, NOON + 23 * HOUR) == []
        assert run(job, NOON + 24 * HOUR) == ["checkpoint"]
        assert [taken["at"] for taken in checkpoints()] == [
            "2026-03-10T05:00:00.000000Z",
            "2026-03-11T05:00:00.000000Z",
        ]

    def test_days_without_the_job_are_made_up_for_by_one(self, job):
        run(job, NOON)
        assert run(job, NOON + 80 * HOUR) == ["checkpoint"]
        assert run(job, NOON + 80 * HOUR) == []

    def test_what_is_not_due_is_not_done_twice(self, job):
        run(job, NOON)
        job.perform("checkpoint", NOON)
        assert len(list(checkpoints())) == 1

    def test_a_site_can_set_how_often(self, job):
        run(job, NOON)
        api.portal.set_registry_record("eqms.trail.checkpoint_hours", 1)
        assert run(job, NOON + HOUR) == ["checkpoint"]
        api.portal.set_registry_record("eqms.trail.checkpoint_hours", 0)
        assert run(job, NOON + 1000 * HOUR) == []


class TestStamps:
    def test_none_without_an_authority(self, job):
        run(job, NOON)
        assert run(job, NOON) == []
        assert stamp_of(checkpoints().newest) is None

    def test_the_newest_checkpoint_gets_one(self, job):
        with serving(stamps) as url:
            set_authority(url, authority()[0])
            run(job, NOON)
            assert run(job, NOON) == ["stamp"]
            assert run(job, NOON) == []
        assert stamp_of(checkpoints().newest) == (NOON, True, True)

    def test_an_authority_that_fails_is_noted_and_asked_again(self, job):
        with serving(lambda body: (500, "text/plain", b"")) as url:
            set_authority(url)
            run(job, NOON)
            assert run(job, NOON) == ["stamp"]
        number, at, why = checkpoints().refused
        assert (number, at) == (1, NOON)
        assert "TimestampRequestError" in why
        assert run(job, NOON + HOUR / 2) == []
        with serving(stamps) as url:
            set_authority(url, authority()[0])
            assert run(job, NOON + HOUR) == ["stamp"]
        assert stamp_of(checkpoints().newest).trusted
        assert checkpoints().refused is None

    def test_a_failing_authority_holds_no_checkpoint_up(self, job):
        with serving(lambda body: (500, "text/plain", b"")) as url:
            set_authority(url)
            run(job, NOON)
            run(job, NOON)
            assert run(job, NOON + 24 * HOUR) == ["checkpoint"]
