"""The decision as a Word file, for the head of the agency to sign on paper or digitally.

Layout after Appendix I of Decree 30/2020/NĐ-CP on records work (Nghị định về công tác văn thư). The
words are those of official texts and stay Vietnamese whatever the language of the user.
"""

from collections.abc import Sequence
from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.shared import Pt
from eqms.agencies.lookup import agency_of
from eqms.approval.decisions.content import IssueDecision
from eqms.approval.decisions.serializer import row_json
from eqms.domain.decisions import Action
from eqms.domain.official_dates import written_out
from io import BytesIO
from typing import Any


FONT = "Times New Roman"
SIZE = Pt(14)
SMALL = Pt(11)
NO_SPACE = Pt(0)

ACTIONS = {
    Action.NEW: "Ban hành mới",
    Action.AMENDED: "Sửa đổi",
    Action.REISSUED: "Ban hành lại",
    Action.ABOLISHED: "Bãi bỏ",
}

COLUMNS = (
    ("TT", 10),
    ("Mã hiệu", 38),
    ("Tên tài liệu", 72),
    ("Lần ban hành/sửa đổi", 24),
    ("Hình thức", 21),
)
"""Heading and width in millimetres."""


def decision_docx(decision: IssueDecision) -> bytes:
    """The decision with its annex list, as far as it is known; dots stand for the rest."""
    document = Document()
    _page(document.sections[0])
    _style(document)
    rows = [row_json(row) for row in decision.rows]
    agency = agency_of(decision)
    _head(document, decision, agency)
    _subject(document, decision, agency)
    _articles(document, decision, agency, rows)
    _foot(document, decision)
    _annex(document, decision, agency, rows)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)


def _style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name = FONT
    style.font.size = SIZE
    # Word takes the font of Vietnamese letters from this attribute.
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(6)
    style.paragraph_format.space_before = Pt(0)


def _head(document: Any, decision: IssueDecision, agency: Any) -> None:
    left, right = _two_columns(document, Mm(68), Mm(97))
    if agency.superior:
        _line(left, agency.superior.upper(), size=Pt(13))
    _line(left, agency.title.upper(), bold=True, size=Pt(13))
    _line(left, "―――――――", size=Pt(8))
    _line(left, f"Số: {number_of(decision)}", size=Pt(13))
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=Pt(13))
    _line(right, "Độc lập - Tự do - Hạnh phúc", bold=True)
    _line(right, "―――――――――――――――", size=Pt(8))
    _line(right, f"{agency.seat or '…………'}, {written_out(decision.decided_on)}", italic=True)


def _subject(document: Any, decision: IssueDecision, agency: Any) -> None:
    _line(document, "QUYẾT ĐỊNH", bold=True, space_before=Pt(12))
    _line(document, decision.title, bold=True, space_after=Pt(12))
    _line(document, _authority(decision, agency), bold=True, space_after=Pt(12))
    grounds = _lines(decision.grounds)
    for number, ground in enumerate(grounds, start=1):
        end = "." if number == len(grounds) else ";"
        _text(document, ground.rstrip(" .;") + end, italic=True)
    _line(document, "QUYẾT ĐỊNH:", bold=True, space_before=Pt(6), space_after=Pt(12))


def _articles(
    document: Any, decision: IssueDecision, agency: Any, rows: Sequence[dict[str, Any]]
) -> None:
    issued = [row for row in rows if row["revision"]]
    abolished = [row for row in rows if not row["revision"]]
    parts = []
    if issued:
        parts.append(f"ban hành {len(issued):02} tài liệu")
    if abolished:
        parts.append(f"bãi bỏ {len(abolished):02} tài liệu")
    what = " và ".join(parts) or "ban hành tài liệu"
    _article(
        document,
        1,
        f"{what[0].upper()}{what[1:]} thuộc hệ thống quản lý chất lượng của {agency.title} "
        "(có Danh mục kèm theo).",
    )
    since = f"từ ngày {decision.in_force_on:%d/%m/%Y}" if decision.in_force_on else "kể từ ngày ký"
    replaced = any(row["action"] in (Action.AMENDED, Action.REISSUED) for row in rows)
    old = (
        " Các lần ban hành trước của tài liệu được sửa đổi, ban hành lại và tài liệu bị bãi bỏ "
        "hết hiệu lực kể từ thời điểm nêu trên."
        if replaced or abolished
        else ""
    )
    _article(document, 2, f"Quyết định này có hiệu lực thi hành {since}.{old}")
    _article(
        document,
        3,
        f"Thủ trưởng các đơn vị thuộc {agency.title} và các tổ chức, cá nhân có liên quan chịu "
        "trách nhiệm thi hành Quyết định này.",
    )


def _foot(document: Any, decision: IssueDecision) -> None:
    left, right = _two_columns(document, Mm(80), Mm(85))
    _line(left, "Nơi nhận:", bold=True, italic=True, size=Pt(12), align=ALIGN.LEFT)
    for recipient in [*(_lines(decision.recipients) or ["Như Điều 3"]), "Lưu: VT."]:
        end = "" if recipient.endswith((".", ";")) else ";"
        _line(left, f"- {recipient.lstrip('- ')}{end}", size=SMALL, align=ALIGN.LEFT)
    if decision.capacity:
        _line(right, decision.capacity.upper(), bold=True)
    _line(right, (decision.position or "…………").upper(), bold=True)
    for _gap in range(4):
        _line(right, "")
    _line(right, decision.signer or "…………", bold=True)


def _annex(
    document: Any, decision: IssueDecision, agency: Any, rows: Sequence[dict[str, Any]]
) -> None:
    _page(document.add_section(WD_SECTION.NEW_PAGE))
    _line(document, "DANH MỤC TÀI LIỆU", bold=True)
    _line(
        document,
        f"(Kèm theo Quyết định số {number_of(decision)} {written_out(decision.decided_on)} của "
        f"{_head_of(decision, agency)})",
        italic=True,
        space_after=Pt(12),
    )
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    for cell, (heading, _width) in zip(table.rows[0].cells, COLUMNS, strict=True):
        _line(cell, heading, bold=True, size=Pt(12))
    _repeat_on_each_page(table.rows[0])
    for number, row in enumerate(rows, start=1):
        values = (
            str(number),
            row["code"] or "",
            row["title"],
            row["number"] or "",
            ACTIONS[Action(row["action"])],
        )
        cells = table.add_row().cells
        for position, (cell, value) in enumerate(zip(cells, values, strict=True)):
            align = ALIGN.LEFT if position == 2 else ALIGN.CENTER
            _line(cell, value, size=Pt(12), align=align)
    for table_row in table.rows:
        for cell, (_heading, width) in zip(table_row.cells, COLUMNS, strict=True):
            cell.width = Mm(width)


def number_of(decision: IssueDecision) -> str:
    """The number as it is written, dots in its place while the clerk has not given one."""
    return decision.number or f"……/QĐ-{agency_of(decision).code}"


def _authority(decision: IssueDecision, agency: Any) -> str:
    return _head_of(decision, agency).upper()


def _head_of(decision: IssueDecision, agency: Any) -> str:
    """Who takes the decision: the head, also where a deputy signs for him (KT. GIÁM ĐỐC)."""
    head = decision.capacity.rpartition(".")[2].strip() or decision.position or "Thủ trưởng"
    collective = decision.capacity.upper().startswith("TM")
    return agency.title if collective else f"{head.capitalize()} {agency.title}"


def _article(document: Any, number: int, text: str) -> None:
    paragraph = _text(document, "")
    paragraph.add_run(f"Điều {number}. ").bold = True
    paragraph.add_run(text)


def _text(document: Any, text: str, italic: bool = False) -> Any:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.alignment = ALIGN.JUSTIFY
    paragraph.add_run(_printable(text)).italic = italic
    return paragraph


def _line(
    place: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: Any = SIZE,
    align: Any = ALIGN.CENTER,
    space_before: Any = NO_SPACE,
    space_after: Any = NO_SPACE,
) -> None:
    """A short paragraph; the empty one that a new cell has is used first."""
    paragraphs = place.paragraphs
    fresh = len(paragraphs) == 1 and not paragraphs[0].runs and hasattr(place, "_tc")
    paragraph = paragraphs[0] if fresh else place.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before = space_before
    paragraph.paragraph_format.space_after = space_after
    run = paragraph.add_run(_printable(text))
    run.bold, run.italic, run.font.size = bold, italic, size


def _two_columns(document: Any, left: Any, right: Any) -> Any:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    cells = table.rows[0].cells
    for cell, width in zip(cells, (left, right), strict=True):
        cell.width = width
    return cells


def _repeat_on_each_page(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _printable(text: str) -> str:
    """A text without the control characters that a Word file cannot hold."""
    return "".join(character for character in text if character.isprintable())


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
