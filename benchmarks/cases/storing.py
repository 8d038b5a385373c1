"""Storing imported documents, beside adding stock pages with versioning and the same words.

Counted are content objects: an imported document is two, itself and its first revision, which the
import puts in force. Each document is a transaction of its own, and both sites have the same size.
The reading of the Word files is left out and reported apart.
"""

from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.procedures import procedure
from benchmarks.sites import add_page
from benchmarks.sites import agency_for
from benchmarks.sites import folder_for
from benchmarks.sites import inside
from benchmarks.sites import OURS
from benchmarks.sites import STOCK
from collections.abc import Callable
from collections.abc import Iterable
from datetime import date
from datetime import timedelta
from eqms.demo.facts import Person
from eqms.demo.word import procedure_file
from eqms.documents.migration import open_window
from eqms.documents.migration import window_of
from eqms.documents.upload import Upload
from eqms.exchange import importing
from eqms.exchange.batches import open_batch
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Outcome
from eqms.exchange.word import ProcedureReading
from eqms.exchange.word import read_procedure
from plone import api
from statistics import median
from time import perf_counter
from typing import Any
from unittest.mock import patch
import transaction


TURN = 10
"""Documents in one turn."""

LEAST = 3
"""Turns there are in any case."""

ISSUED = date(2024, 5, 6)
SIGNERS = [
    Person("soan", "Nguyễn Văn Thử", "Chuyên viên"),
    Person("xet", "Trần Thị Mẫu", "Trưởng phòng"),
    Person("duyet", "Lê Văn Ví Dụ", "Giám đốc"),
]


def measure(bench: Bench) -> Comparison:
    """Add documents to both sites in turns."""
    turns = bench.instance.inside(store_in_turns, first=bench.documents, seconds=bench.seconds)
    parsing, size = (median(turn[name] for turn in turns) for name in ("parsing", "size"))
    note = f"reading a Word file of {size / 1024:.0f} KB, not counted: {parsing:.0f} ms"
    ours, beside = ([turn[name] for turn in turns] for name in ("ours", "beside"))
    return Comparison(ours, beside, notes=[note])


def store_in_turns(app: Any, first: int, seconds: float) -> list[dict[str, float]]:
    """Turns one after the other, the first one, for warming up, left out."""
    turns: list[dict[str, float]] = []
    end = perf_counter() + seconds
    while len(turns) <= LEAST or perf_counter() < end:
        begin = first + len(turns) * TURN
        turns.append(store(app, range(begin, begin + TURN)))
    return turns[1:]


def store(app: Any, numbers: range) -> dict[str, float]:
    """One turn: objects per second here and there, milliseconds of parsing and bytes per file."""
    uploads = [word_file(number) for number in numbers]
    start = perf_counter()
    readings = {upload.name: read_procedure(upload.data, upload.name) for upload in uploads}
    parsing = (perf_counter() - start) / len(uploads)
    return {
        "ours": 2 * store_ours(app, uploads, readings, numbers[0]),
        "beside": store_stock(app, numbers),
        "parsing": parsing * 1000,
        "size": median(len(upload.data) for upload in uploads),
    }


def word_file(number: int) -> Upload:
    """A procedure as an agency has it on paper."""
    content = {"fees_text": "", "step_notes": "", **procedure(number)}
    data = procedure_file(content, f"QT {number}/NB", "cq", ISSUED, SIGNERS)
    return Upload(f"qt-{number}.docx", data)


def store_ours(
    app: Any, uploads: list[Upload], readings: dict[str, ProcedureReading], number: int
) -> float:
    """Documents per second; the import finds its files read already."""
    with inside(app, OURS) as portal:
        agency = agency_for(portal, number)
        if window_of(agency) is None:
            open_window(agency, date.today() + timedelta(days=2), "đo tốc độ")
        batch = open_batch(agency, Mode.IN_FORCE)
        transaction.commit()

        def add(upload: Upload) -> None:
            file, _reading = importing.import_file(agency, batch, upload)
            assert file.outcome is Outcome.CREATED, file

        with patch.object(importing, "read", lambda _data, name: readings[name]):
            return rate(add, uploads)


def store_stock(app: Any, numbers: range) -> float:
    """Pages per second, each with its first version."""
    with inside(app, STOCK) as portal:
        folder = folder_for(portal, numbers[0])
        transaction.commit()
        pages: list[Any] = []
        speed = rate(lambda number: pages.append(add_page(folder, number)), numbers)
        repository = api.portal.get_tool("portal_repository")
        assert all(repository.getHistoryMetadata(page).getLength(False) for page in pages)
        return speed


def rate(work: Callable[[Any], None], items: Iterable[Any]) -> float:
    """Items per second, each with a commit of its own."""
    count, start = 0, perf_counter()
    for item in items:
        work(item)
        transaction.commit()
        count += 1
    return count / (perf_counter() - start)


CASE = Case("storing", "storing imported documents", "objects/s", 1.0, measure)
