"""The last signature, which puts a revision in force, beside publishing a stock page.

Both with their commit. The document has five revisions, so one is superseded; password hashing is
left out.
"""

from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.compare import Figures
from benchmarks.drafts import approve
from benchmarks.drafts import APPROVER
from benchmarks.drafts import nearly_approved
from benchmarks.drafts import private_page
from benchmarks.pairs import Deed
from benchmarks.pairs import in_pairs
from benchmarks.sites import OURS
from benchmarks.sites import published
from benchmarks.sites import STOCK
from typing import Any


def measure(bench: Bench) -> Comparison:
    """Sign here and publish there, in turns."""
    return Comparison(**bench.instance.inside(signatures))


def signatures(app: Any) -> Figures:
    """Milliseconds, inside the instance."""
    return in_pairs(app, signature_in(OURS), Deed(STOCK, private_page, published))


def signature_in(site: str) -> Deed:
    """The deed in one of our sites."""
    return Deed(site, nearly_approved, approve, APPROVER)


CASE = Case("signature", "last signature, beside publishing a page", "ms", 2.5, measure, times=True)
