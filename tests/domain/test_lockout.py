"""Lock-out after wrong attempts."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.domain.lockout import Attempts
from eqms.domain.lockout import Policy
from hypothesis import given
from hypothesis import strategies as st
import pytest


NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
POLICY = Policy(attempts=5, lock=15 * MINUTE)

policies = st.builds(
    Policy, attempts=st.integers(1, 20), lock=st.timedeltas(MINUTE, timedelta(days=1))
)


def after(count, policy=POLICY, start=NOW):
    attempts = Attempts()
    for number in range(count):
        attempts = attempts.failure(policy, start + number * timedelta(seconds=1))
    return attempts


def test_four_wrong_attempts_do_not_lock_and_the_fifth_does():
    assert not after(4).locked(NOW)
    assert after(5).locked(NOW + MINUTE)


def test_the_lock_ends_by_itself_and_counting_starts_anew():
    until = after(5).locked_until
    assert after(5).locked(until - timedelta(microseconds=1))
    assert not after(5).locked(until)
    assert after(5).failure(POLICY, until) == Attempts(failed=1)


def test_attempts_during_the_lock_do_not_prolong_it():
    locked = after(5)
    assert locked.failure(POLICY, NOW + MINUTE) == locked


@given(policies, st.lists(st.timedeltas(timedelta(0), timedelta(hours=2)), max_size=60))
def test_between_two_locks_there_are_never_more_attempts_than_allowed(policy, waits):
    attempts, moment, tried = Attempts(), NOW, 0
    for wait in waits:
        moment += wait
        if attempts.locked(moment):
            assert attempts.failure(policy, moment) == attempts
            continue
        attempts, tried = attempts.failure(policy, moment), tried + 1
        assert attempts.locked(moment) == (tried == policy.attempts)
        tried %= policy.attempts


@pytest.mark.parametrize(("attempts", "lock"), [(0, MINUTE), (-1, MINUTE), (5, timedelta(0))])
def test_a_policy_without_attempts_or_time_is_none(attempts, lock):
    with pytest.raises(ValueError, match="no policy"):
        Policy(attempts, lock)
