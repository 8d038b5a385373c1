"""The PDF of a ten-page procedure, beside the three seconds that it may take.

It is made by the clock after a revision came in force, so the notes say also that nothing is
printed while one is put in force.
"""

from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.sites import add_procedure
from benchmarks.sites import agency_for
from benchmarks.sites import inside
from benchmarks.sites import OURS
from eqms.documents.switch import put_in_force
from eqms.printing.freezing import IN_FORCE
from eqms.printing.frozen import frozen_print
from eqms.printing.pages import pages
from eqms.printing.rendering import pdf_of
from io import BytesIO
from pypdf import PdfReader
from statistics import median
from time import perf_counter
from typing import Any
import transaction


ALLOWED = 3.0
"""Seconds."""

PAGES = 10
LEAST = 3
ADDRESS = "https://iso.example.vn"


def measure(bench: Bench) -> Comparison:
    """Print the same procedure again and again."""
    found = bench.instance.inside(prints, number=bench.documents, seconds=bench.seconds)
    times = found["seconds"]
    notes = [
        f"{found['pages']} pages, {found['size'] / 1024:.0f} KB; making the HTML takes "
        f"{found['html'] * 1000:.0f} ms of it",
        f"printed while it was put in force: {'yes' if found['at_once'] else 'no'}",
    ]
    return Comparison(times, [ALLOWED] * len(times), notes=notes)


def prints(app: Any, number: int, seconds: float) -> dict[str, Any]:
    """Seconds of each print; the first one, which loads what prints, is left out."""
    with inside(app, OURS) as portal:
        revision = long_procedure(portal, number)
        put_in_force(revision, "migrate")
        transaction.commit()
        times: list[float] = []
        making: list[float] = []
        end = perf_counter() + seconds
        while len(times) <= LEAST or perf_counter() < end:
            start = perf_counter()
            html = pages(revision, IN_FORCE, ADDRESS)
            making.append(perf_counter() - start)
            data = pdf_of(html)
            times.append(perf_counter() - start)
        return {
            "seconds": times[1:],
            "html": median(making[1:]),
            "size": len(data),
            "pages": len(PdfReader(BytesIO(data)).pages),
            "at_once": frozen_print(revision) is not None,
        }


def long_procedure(portal: Any, number: int) -> Any:
    """The first draft of a procedure that takes ten pages: the usual one with more rows."""
    revision = add_procedure(agency_for(portal, number), number)["rev-1"]
    while len(PdfReader(BytesIO(pdf_of(pages(revision, IN_FORCE, ADDRESS)))).pages) < PAGES:
        for name in ("dossier", "steps", "legal_bases"):
            rows = getattr(revision, name)
            setattr(revision, name, [*rows, dict(rows[0])])
    return revision


CASE = Case("printing", "PDF of a ten-page procedure", "s", 1.0, measure, times=True)
