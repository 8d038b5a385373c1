"""``GET /{document}`` with the revision in force, beside the stock GET of a page.

The page gets as much text as it takes for its JSON to have the same number of bytes, within 1 %.
"""

from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.compare import in_turns
from benchmarks.load import JSON
from benchmarks.load import Reader
from benchmarks.load import set_text
from benchmarks.load import signed_in
from benchmarks.procedures import as_html
from benchmarks.procedures import procedure
from benchmarks.sites import EDITOR
from benchmarks.sites import OURS
from benchmarks.sites import path_of
from benchmarks.sites import STOCK
import json


TOLERANCE = 0.01
ATTEMPTS = 4
LINE = f"<p>{'chu ' * 16}</p>"


def measure(bench: Bench) -> Comparison:
    """Read both in turns: as a visitor, then for the note as a person for whom nothing is kept."""
    number = bench.documents // 2
    urls = [bench.instance.url(f"{site}/{path_of(number)}") for site in (OURS, STOCK)]
    ours, stock = (Reader(JSON, url) for url in urls)
    assert_complete(ours.read(), number)
    size = len(ours.read())
    reached = make_equal(stock, urls[1], as_html(procedure(number)), size, bench.password)
    rates = in_turns(ours.rate, stock.rate, bench.seconds)
    person = signed_in(EDITOR, bench.password)
    known = [Reader(JSON, url, **person).rate for url in urls]
    aside = Comparison(*in_turns(*known, bench.seconds / 2)).summary()
    notes = [
        f"{size:,} bytes of JSON, stock {reached:,}",
        f"the same signed in: ratio {aside['ratio']:.2f}",
    ]
    return Comparison(*rates, notes=notes)


def assert_complete(body: bytes, number: int) -> None:
    """Make sure that the whole procedure is in the answer."""
    revision = json.loads(body)["revision_in_force"]
    content = procedure(number)
    assert revision["title"] == content["title"]
    assert revision["legal_bases"][-1]["text"] == content["legal_bases"][-1]["text"]
    assert len(revision["steps"]) == len(content["steps"])


def make_equal(stock: Reader, url: str, html: str, size: int, password: str) -> int:
    """Lengthen or shorten the text of a page until its JSON is that large; returns how large.

    :raises RuntimeError: if it cannot be done
    """
    lines = html.splitlines()
    for _ in range(ATTEMPTS):
        set_text(url, "\n".join(lines), EDITOR, password)
        reached = len(stock.read())
        missing = size - reached
        if abs(missing) <= size * TOLERANCE:
            return reached
        if missing > 0:
            lines += [LINE] * (missing // len(LINE))
        while missing < 0 and lines:
            missing += len(json.dumps(lines.pop()))
    raise RuntimeError(f"{url}: {reached} bytes of JSON instead of {size}")


CASE = Case("rest-get", "GET of a document as JSON", "requests/s", 1.0, measure)
