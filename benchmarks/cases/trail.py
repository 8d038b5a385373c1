"""A row more in a long audit trail, beside one in a short trail."""

from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.compare import Figures
from benchmarks.pairs import Deed
from benchmarks.pairs import in_pairs
from benchmarks.sites import OURS
from eqms.trail import storage as trail
from typing import Any
import transaction


LONG = 10_000
SHORT = 10
PAIRS = 200


def measure(bench: Bench) -> Comparison:
    """Append to both in turns."""
    notes = [f"{LONG:,} rows beside {SHORT}"]
    return Comparison(**bench.instance.inside(rows), notes=notes)


def rows(app: Any) -> Figures:
    """Milliseconds of a row with its commit, inside the instance."""
    return in_pairs(app, trail_of(LONG), trail_of(SHORT), PAIRS)


def trail_of(length: int) -> Deed:
    """Appending to a trail that is so long."""

    def prepare(portal: Any) -> str:
        subject = f"{length} rows"
        if not trail.rows(subject):
            for number in range(length):
                trail.append(subject, "saved", number=number)
            transaction.commit()
        return subject

    return Deed(OURS, prepare, lambda subject: trail.append(subject, "saved", number=0))


CASE = Case("trail", "a row in a long trail, beside a short one", "ms", 1.2, measure, times=True)
