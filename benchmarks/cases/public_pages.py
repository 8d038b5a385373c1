"""Public pages of procedures that nobody has asked for since the start, one after the other.

What either side keeps in memory of a page that was made before does not count here, unless the
turns last longer than there are documents.
"""

from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.compare import in_turns
from benchmarks.load import PAGE
from benchmarks.load import Reader
from benchmarks.sites import OURS
from benchmarks.sites import path_of
from benchmarks.sites import STOCK


def measure(bench: Bench) -> Comparison:
    """Walk through both sites in turns."""
    bench.instance.stop()
    ours, stock = (
        Reader(PAGE, *(bench.instance.url(f"{site}/{path_of(n)}") for n in range(bench.documents)))
        for site in (OURS, STOCK)
    )
    return Comparison(*in_turns(ours.rate, stock.rate, bench.seconds))


CASE = Case("public-pages", "each public page for the first time", "requests/s", 2.0, measure)
