"""The whole life cycle at random: a short run here, a long one by ``make test-long``."""

from documents.life import WholeLife
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
import os


LONG = int(os.environ.get("EQMS_EXAMPLES", "0"))


def test_the_invariants_hold_whatever_people_do(agency):
    run_state_machine_as_test(
        lambda: WholeLife(agency),
        settings=settings(
            max_examples=LONG or 12,
            # The same ones each time in the daily run; ever new ones in the long run.
            derandomize=not LONG,
            stateful_step_count=60 if LONG else 30,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
