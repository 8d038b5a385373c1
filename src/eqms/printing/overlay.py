"""A stamp on pages that exist already: a copy is stamped, the kept bytes stay as they are."""

from eqms.printing.pages import Stamps
from eqms.printing.rendering import pdf_of
from html import escape
from io import BytesIO
from pypdf import PageObject
from pypdf import PdfReader
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject
from pypdf.generic import NameObject
from typing import Final


_SHEET: Final = """
<html lang="vi"><head><title>{words}</title><style>@page {{ margin: 0 }}</style></head>
<body><div class="stamp stamp-over" style="font-size: {size}pt">{words}<small>{since}</small></div>
</body></html>
"""


def stamped(data: bytes, words: str, since: str) -> bytes:
    """The same pages, each with the words across it, and a smaller line below them."""
    html = _SHEET.format(words=escape(words), since=escape(since), size=Stamps(words).size)
    sheet = pdf_of(html, variant=None)
    stamp = _as_artifact(PdfReader(BytesIO(sheet)).pages[0])
    writer = PdfWriter(clone_from=BytesIO(data))
    for page in writer.pages:
        page.merge_page(stamp)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _as_artifact(page: PageObject) -> PageObject:
    """Mark what is drawn as no part of the text, so that readers for the blind do not repeat it."""
    drawn = page.get_contents()
    content = DecodedStreamObject()
    content.set_data(b"/Artifact BMC\n%s\nEMC\n" % (b"" if drawn is None else drawn.get_data()))
    page[NameObject("/Contents")] = content
    return page
