"""The last signature, which puts a revision in force, beside what stock Plone does.

All with their commit. The document has five revisions, so one is superseded; password hashing is
left out. Publishing a page changes one state and no text. Replacing a version is the nearest that
stock Plone can do to a switch: new words for readers, one page published, one retracted.
"""

from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.compare import Figures
from benchmarks.drafts import approve
from benchmarks.drafts import APPROVER
from benchmarks.drafts import nearly_approved
from benchmarks.drafts import private_page
from benchmarks.drafts import replace_version
from benchmarks.drafts import versions
from benchmarks.pairs import Deed
from benchmarks.pairs import in_pairs
from benchmarks.sites import OURS
from benchmarks.sites import published
from benchmarks.sites import STOCK
from typing import Any


def beside_publishing(bench: Bench) -> Comparison:
    """Sign here and publish there, in turns."""
    return Comparison(**bench.instance.inside(publishing))


def beside_replacing(bench: Bench) -> Comparison:
    """Sign here and replace a version there, in turns."""
    return Comparison(**bench.instance.inside(replacing))


def publishing(app: Any) -> Figures:
    """Milliseconds, inside the instance."""
    return in_pairs(app, signature_in(OURS), Deed(STOCK, private_page, published))


def replacing(app: Any) -> Figures:
    """Milliseconds, inside the instance."""
    return in_pairs(app, signature_in(OURS), Deed(STOCK, versions, replace_version))


def signature_in(site: str) -> Deed:
    """The deed in one of our sites."""
    return Deed(site, nearly_approved, approve, APPROVER)


PUBLISHING = Case(
    "signature",
    "last signature, beside publishing a page",
    "ms",
    2.5,
    beside_publishing,
    times=True,
)

REPLACING = Case(
    "replacement",
    "last signature, beside replacing a version by hand",
    "ms",
    2.5,
    beside_replacing,
    times=True,
)
