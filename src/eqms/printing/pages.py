"""The pages of a revision as HTML for the printer."""

from Acquisition import aq_parent
from base64 import b64encode
from chameleon import PageTemplateFile
from collections.abc import Mapping
from dataclasses import dataclass
from eqms.domain.text_width import wrapped
from eqms.domain.validity import HASH_LENGTH
from eqms.domain.validity import question
from eqms.printing.procedure import procedure_facts
from eqms.printing.sheet import amendment_sheet
from eqms.printing.sheet import applies_to
from eqms.printing.sheet import control_block
from eqms.printing.sheet import LANGUAGE
from eqms.printing.sheet import signature_table
from eqms.printing.texts import Heading
from eqms.printing.texts import printed_text
from eqms.procedures.content import IProcedureContent
from eqms.procedures.flowchart import svg
from eqms.procedures.plaintext import as_html
from eqms.procedures.plaintext import as_item
from pathlib import Path
from plone import api
from typing import Any
from typing import Final
import segno


TEMPLATES: Final = Path(__file__).parent / "templates"
PAGES: Final = PageTemplateFile(str(TEMPLATES / "revision.xhtml"))
PROCEDURE: Final = PageTemplateFile(str(TEMPLATES / "procedure.xhtml"))
STYLES: Final = TEMPLATES / "print.css"

SECTIONS: Final = (
    "Mục đích",
    "Phạm vi áp dụng",
    "Tài liệu viện dẫn",
    "Định nghĩa, viết tắt",
    "Nội dung quy trình",
    "Biểu mẫu",
    "Hồ sơ cần lưu",
)
"""The seven sections of a procedure, after the framework model of Decision 101/QĐ-BKHCN."""

AMENDMENTS: Final = Heading("amendments", "Trang theo dõi sửa đổi tài liệu")
TEXT: Final = Heading("text", "Nội dung")

TITLE_WIDTH: Final = 180.0
ISSUER_WIDTH: Final = 100.0
CONTROL_WIDTH: Final = 140.0
LINE: Final = 14.0
"""Points: what the three cells of the control block leave for a line, and how high it is."""


@dataclass(frozen=True)
class Stamps:
    """What is stamped on every page: ``across`` it (empty: nothing), and at its foot."""

    across: str
    below: str = ""

    @property
    def size(self) -> float:
        """Points of the letters across the page, so that the longest words fit on one line."""
        return min(56.0, 690.0 / max(1, len(self.across)))


@dataclass(frozen=True)
class Layout:
    """Sizes of the control block in points, so that the longest title has room on every page."""

    title_size: float
    height: float


def pages(revision: Any, stamps: Stamps, address: str) -> str:
    """The whole document as HTML; everything that people wrote is escaped or made safe.

    :param address: that people know the site by, so that paper leads to it; empty if nobody knows
    """
    block = control_block(revision)
    text = printed_text(revision)
    procedure = _procedure(revision) if IProcedureContent.providedBy(revision) else ""
    return str(
        PAGES(
            block=block,
            layout=layout(block),
            stamps=stamps,
            signatures=signature_table(revision),
            amendments=amendment_sheet(revision),
            applies_to=applies_to(revision),
            contents=_contents(bool(procedure), text.headings),
            text=text,
            procedure=procedure,
            validity=validity_code(revision, address),
            item=as_item,
        )
    )


def layout(block: Mapping[str, Any]) -> Layout:
    """How high the control block is: a title of many lines gets smaller letters first."""
    for size in (13.0, 12.0, 11.0, 10.0):
        lines = len(wrapped(block["title"], size, TITLE_WIDTH))
        if lines <= 3:
            break
    issuers = (block["superior"], block["agency"])
    issuer_lines = sum(len(wrapped(name.upper(), 11.0, ISSUER_WIDTH)) for name in issuers if name)
    control_lines = 4 + len(wrapped(f"Mã hiệu: {block['code']}", 11.0, CONTROL_WIDTH))
    return Layout(
        title_size=size,
        height=12.0
        + max(control_lines * LINE + 12.0, issuer_lines * LINE, (lines + 1) * size * 1.3),
    )


def validity_code(revision: Any, address: str) -> dict[str, str] | None:
    """Address of the answer whether a copy is valid, as a picture and in letters.

    None for what was never submitted: there is nothing yet that a copy could be compared with.
    """
    if revision.content_hash is None or not address:
        return None
    uid = api.content.get_uuid(aq_parent(revision))
    query = question(uid, revision.seq, revision.content_hash)
    page = f"{address}/@@validity"
    code = segno.make(f"{page}?{query}", error="m", micro=False)
    return {
        "address": page,
        "picture": code.png_data_uri(border=0, scale=8),
        "hash": revision.content_hash[:HASH_LENGTH],
    }


def _procedure(revision: Any) -> str:
    chart = svg(revision, LANGUAGE)
    return str(
        PROCEDURE(
            p=procedure_facts(revision),
            sections=SECTIONS,
            flow_chart=f"data:image/svg+xml;base64,{b64encode(chart.encode()).decode('ascii')}",
            html=as_html,
            item=as_item,
        )
    )


def _contents(is_procedure: bool, headings: tuple[Heading, ...]) -> list[Heading]:
    if not is_procedure:
        return [AMENDMENTS, *headings] if headings else [AMENDMENTS, TEXT]
    numbered = [
        Heading(f"section-{number}", f"{number}. {title}")
        for number, title in enumerate(SECTIONS, 1)
    ]
    return [AMENDMENTS, *numbered, *headings]
