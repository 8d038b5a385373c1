"""The text of a Word file as it is shown beside what was read of it."""

from eqms.exchange.word.block_reader import BlockReader
from eqms.exchange.word.html import as_html
from eqms.exchange.word.package import open_document


def shown(source: bytes) -> str:
    """The body as safe HTML: its words, lists and tables.

    Raises a subclass of :class:`~eqms.exchange.word.errors.UnreadableFile`.
    """
    document = open_document(source)
    return as_html(BlockReader(document).body(document.element.body))
