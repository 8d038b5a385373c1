"""What authors do: submit a draft, beside submitting a stock page; revise, beside copying one."""

from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.compare import Figures
from benchmarks.drafts import document_in_force
from benchmarks.drafts import first_draft
from benchmarks.drafts import private_page
from benchmarks.drafts import public_page
from benchmarks.drafts import submit
from benchmarks.pairs import Deed
from benchmarks.pairs import in_pairs
from benchmarks.sites import OURS
from benchmarks.sites import STOCK
from eqms.documents.drafting import revise
from plone import api
from typing import Any


def submissions(app: Any) -> Figures:
    """Milliseconds of submitting, inside the instance."""
    return in_pairs(
        app,
        Deed(OURS, first_draft, submit),
        Deed(STOCK, private_page, lambda page: api.content.transition(page, "submit")),
    )


def revisions(app: Any) -> Figures:
    """Milliseconds of opening the next draft, inside the instance."""
    return in_pairs(app, Deed(OURS, document_in_force, revise), Deed(STOCK, public_page, copy))


def copy(page: Any) -> None:
    """Copy a page beside itself."""
    api.content.copy(page, page.__parent__, safe_id=True)


def measure_submit(bench: Bench) -> Comparison:
    """Submit here and there, in turns."""
    return Comparison(**bench.instance.inside(submissions))


def measure_revise(bench: Bench) -> Comparison:
    """Revise here and copy there, in turns."""
    return Comparison(**bench.instance.inside(revisions))


SUBMIT = Case(
    "submit", "submitting a draft, beside submitting a page", "ms", 2.5, measure_submit, times=True
)
REVISE = Case(
    "revise", "opening the next draft, beside copying a page", "ms", 2.5, measure_revise, times=True
)
