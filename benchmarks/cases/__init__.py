"""The comparisons, one module each; a new one is entered in ``CASES``."""

from benchmarks.cases import agencies
from benchmarks.cases import drafting
from benchmarks.cases import growth
from benchmarks.cases import printing
from benchmarks.cases import public_page
from benchmarks.cases import public_pages
from benchmarks.cases import rest_get
from benchmarks.cases import signature
from benchmarks.cases import storing
from benchmarks.cases import trail
from benchmarks.compare import Case


CASES: dict[str, Case] = {
    case.name: case
    for case in (
        public_page.CASE,
        public_pages.CASE,
        rest_get.CASE,
        storing.CASE,
        signature.PUBLISHING,
        signature.REPLACING,
        growth.CASE,
        drafting.SUBMIT,
        drafting.REVISE,
        trail.CASE,
        printing.CASE,
        agencies.CASE,
    )
}
