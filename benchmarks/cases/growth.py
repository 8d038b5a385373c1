"""The last signature in a large site, beside one in a site of a thousand documents.

Building the large one takes about 0.1 s a document on a machine that has nothing else to do, so
this case runs only when it is asked for: ``make bench ARGS="--only growth"``.
"""

from benchmarks.cases.signature import signature_in
from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.compare import Figures
from benchmarks.pairs import in_pairs
from benchmarks.sites import create
from benchmarks.sites import fill
from benchmarks.sites import OURS
from typing import Any


LARGE = "lon"


def measure(bench: Bench) -> Comparison:
    """Build the large site, then sign in both in turns."""
    bench.instance.inside(build, documents=bench.large)
    notes = [f"{bench.large:,} documents beside {bench.documents:,}"]
    return Comparison(**bench.instance.inside(signatures), notes=notes)


def build(app: Any, documents: int) -> None:
    """The large site."""
    create(app, LARGE)
    fill(app, LARGE, documents)


def signatures(app: Any) -> Figures:
    """Milliseconds, inside the instance."""
    return in_pairs(app, signature_in(LARGE), signature_in(OURS))


CASE = Case(
    "growth",
    "last signature in a large site, beside one in the usual site",
    "ms",
    1.3,
    measure,
    times=True,
    slow=True,
)
