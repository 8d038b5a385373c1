"""The public page of a procedure, beside a stock page with the same visible words.

Both are read by an anonymous visitor in the same theme. No page is cached, here or there; what
either side keeps in memory of its text while it makes pages (transforms, bodies) is its own matter.
"""

from benchmarks.compare import Bench
from benchmarks.compare import Case
from benchmarks.compare import Comparison
from benchmarks.compare import in_turns
from benchmarks.load import PAGE
from benchmarks.load import Reader
from benchmarks.load import set_text
from benchmarks.procedures import procedure
from benchmarks.sites import EDITOR
from benchmarks.sites import OURS
from benchmarks.sites import path_of
from benchmarks.sites import STOCK
from collections import Counter
from lxml import html


TOLERANCE = 0.01
"""Share of our words that the stock page may lack: it has a heading of its own."""

THEMED = ("outer-wrapper", "portal-footer-wrapper")
"""Stand in the markup of the theme alone."""


def measure(bench: Bench) -> Comparison:
    """Read both in turns."""
    number = bench.documents // 2
    ours = Reader(PAGE, bench.instance.url(f"{OURS}/{path_of(number)}"))
    address = bench.instance.url(f"{STOCK}/{path_of(number)}")
    stock = Reader(PAGE, address)
    article = article_of(ours.read())
    assert_complete(article, number)
    set_text(address, inner_html(article), EDITOR, bench.password)
    assert_same_words(article, article_of(stock.read()))
    rates = in_turns(ours.rate, stock.rate, bench.seconds)
    sizes = f"page of {len(ours.read()):,} bytes, stock {len(stock.read()):,}"
    return Comparison(*rates, notes=[sizes])


def article_of(page: bytes) -> html.HtmlElement:
    """The content of a page.

    :raises AssertionError: if the page is not whole or not themed
    """
    text = page.decode()
    assert text.rstrip().endswith("</html>")
    assert all(mark in text for mark in THEMED)
    return html.document_fromstring(text).get_element_by_id("content")


def assert_complete(article: html.HtmlElement, number: int) -> None:
    """Make sure that a page shows the procedure from its title to its last record."""
    shown, content = " ".join(article.text_content().split()), procedure(number)
    assert content["title"] in shown
    for table, column in (("steps", "title"), ("legal_bases", "text"), ("records", "keeper")):
        assert all(row[column] in shown for row in content[table]), table


def inner_html(article: html.HtmlElement) -> str:
    """What stands in the article, as an editor would paste it into a page."""
    return "".join(html.tostring(child, encoding="unicode") for child in article)


def assert_same_words(ours: html.HtmlElement, stock: html.HtmlElement) -> None:
    """Make sure that the stock page shows as much as ours."""
    words, shown = (Counter(article.text_content().split()) for article in (ours, stock))
    missing = words - shown
    assert missing.total() <= TOLERANCE * words.total(), missing


CASE = Case(
    "public-page", "public page of a procedure, anonymous (aim 3)", "requests/s", 2.0, measure
)
