"""Write the Word template that eqms brings: ``python scripts/word_template.py``.

The layout is the customary one; an agency takes it as the beginning of its own. Fields in double
braces are filled by docxtpl: ``{%p`` repeats paragraphs, ``{%tr`` rows, ``{%tc`` cells.
"""

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.shared import Pt
from pathlib import Path
from typing import Any


TARGET = Path(__file__).parents[1] / "src/eqms/printing/templates/revision.docx"
FONT = "Times New Roman"

SECTIONS = (
    ("1. MỤC ĐÍCH", "purpose"),
    ("2. PHẠM VI ÁP DỤNG", "scope"),
)

ITEMS = (
    (
        "time_limit",
        "Thời hạn giải quyết",
        "time_limit_text",
        "limits",
        "{{ x.label }} {{ x.limit }}",
    ),
    ("applicants", "Đối tượng thực hiện", "applicants", "", ""),
    ("performing", "Cơ quan thực hiện", "performing_body", "", ""),
    ("coordinating", "Cơ quan phối hợp", "coordinating_body", "", ""),
    ("outcomes", "Kết quả thực hiện", "", "outcomes", "{{ x }}"),
    ("fees", "Phí, lệ phí", "fees_text", "fees", "{{ x.amount }} {{ x.aside }}"),
    (
        "application_forms",
        "Tên mẫu đơn, mẫu tờ khai",
        "",
        "application_forms",
        "{{ x.name }} {{ x.code }}",
    ),
    ("requirements", "Yêu cầu, điều kiện thực hiện", "requirements", "", ""),
    ("legal_bases", "Căn cứ pháp lý", "", "legal_bases", "{{ x }}"),
)
"""Letter, heading, text and list of the items of section 5, but for the first and last."""


PAPERS = (
    ("submit", "Giấy tờ phải nộp"),
    ("present", "Giấy tờ phải xuất trình"),
    ("note", "Lưu ý"),
)


def main() -> None:
    """Write the file."""
    document = Document()
    _page(document)
    _head(document)
    _cover(document)
    _amendments(document)
    _procedure(document)
    _lines(document, "{%p if text %}", "{{ text }}", "{%p endif %}")
    document.core_properties.author = document.core_properties.comments = ""
    document.save(str(TARGET))


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(4)


def _head(document: Any) -> None:
    section = document.sections[0]
    table = section.header.add_table(1, 3, Mm(165))
    table.style = "Table Grid"
    issuer, name, control = table.rows[0].cells
    for cell, width in ((issuer, 40), (name, 71), (control, 54)):
        cell.width = Mm(width)
    _put(
        issuer,
        "{%p if block.superior %}",
        "{{ block.superior }}",
        "{%p endif %}",
        align=ALIGN.CENTER,
    )
    _put(issuer, "{{ block.agency }}", bold=True, align=ALIGN.CENTER)
    _put(name, "{{ block.kind|upper }}", "{{ block.title }}", bold=True, align=ALIGN.CENTER)
    _put(
        control,
        "Mã hiệu: {{ block.code }}",
        "Lần ban hành: {{ block.issue }}"
        "{% if block.amendment %}, sửa đổi: {{ block.amendment }}{% endif %}",
        "Ngày ban hành: {{ block.issued_on }}",
    )
    page = _put(control, "Trang: ")
    _field(page, "PAGE")
    page.add_run("/")
    _field(page, "NUMPAGES")
    foot = section.footer.paragraphs[0]
    foot.add_run(
        "{{ stamp.below }}{% if stamp.across %} – {{ stamp.across }}{% endif %}"
    ).bold = True


def _cover(document: Any) -> None:
    title = document.add_paragraph()
    title.alignment = ALIGN.CENTER
    title.add_run("{{ block.kind|upper }}\n{{ block.title|upper }}").bold = True
    when = document.add_paragraph()
    when.alignment = ALIGN.CENTER
    when.add_run(
        "{% if block.decision %}Ban hành kèm theo {{ block.decision }}. {% endif %}"
        "{% if block.in_force_from %}Có hiệu lực từ {{ block.in_force_from }}{% endif %}"
    ).italic = True
    table = document.add_table(4, 4)
    table.style = "Table Grid"
    rows = (("Trách nhiệm", ""), ("Họ tên", "name"), ("Chữ ký", "mark"), ("Chức vụ", "position"))
    for row, (heading, member) in zip(table.rows, rows, strict=True):
        _put(row.cells[0], heading, bold=True, align=ALIGN.CENTER)
        for column, cell in enumerate(row.cells[1:]):
            if not member:
                _put(cell, f"{{{{ signatures[{column}].title }}}}", bold=True, align=ALIGN.CENTER)
                continue
            _put(
                cell,
                f"{{%p for person in signatures[{column}].people %}}",
                f"{{{{ person.{member} }}}}",
                "{%p endfor %}",
                bold=member == "name",
                align=ALIGN.CENTER,
            )


def _amendments(document: Any) -> None:
    heading = document.add_paragraph()
    heading.alignment = ALIGN.CENTER
    heading.paragraph_format.page_break_before = True
    heading.add_run("TRANG THEO DÕI SỬA ĐỔI TÀI LIỆU").bold = True
    _table(
        document,
        ("STT", "Vị trí", "Tóm lược nội dung sửa đổi", "Cơ sở pháp lý, căn cứ", "Lần sửa đổi"),
        ("x.line", "x.place", "x.summary", "x.ground", "x.number"),
        "amendments",
    )
    _lines(
        document,
        "{%p if applies_to %}",
        "Nơi áp dụng: {{ applies_to|join('; ') }}.",
        "{%p endif %}",
    )


def _procedure(document: Any) -> None:
    _lines(document, "{%p if is_procedure %}")
    for number, (heading, member) in enumerate(SECTIONS):
        _heading(document, heading, new_page=number == 0)
        _lines(document, f"{{{{ {member} }}}}")
    _heading(document, "3. TÀI LIỆU VIỆN DẪN")
    _list(document, "references", "{{ x }}")
    _heading(document, "4. ĐỊNH NGHĨA, VIẾT TẮT")
    _list(document, "definitions", "{{ x.term }}: {{ x.meaning }}")
    _heading(document, "5. NỘI DUNG QUY TRÌNH")
    _dossier(document)
    for letter, heading, text, rows, line in ITEMS:
        _lines(document, f"{{%p if letters.{letter} is defined %}}")
        _heading(document, f"{{{{ letters.{letter} }}}}. {heading}")
        if text:
            _lines(document, f"{{%p if {text} %}}", f"{{{{ {text} }}}}", "{%p endif %}")
        if rows:
            _list(document, rows, line)
        _lines(document, "{%p endif %}")
    _steps(document)
    _heading(document, "6. BIỂU MẪU")
    _list(document, "forms", "{{ x.name }} {{ x.code }}")
    _heading(document, "7. HỒ SƠ CẦN LƯU")
    _table(
        document,
        ("TT", "Tên hồ sơ", "Nơi lưu, người lưu", "Thời gian lưu"),
        ("loop.index", "x.name", "x.keeper", "x.retention"),
        "records",
    )
    _lines(document, "{%p endif %}")


def _dossier(document: Any) -> None:
    _lines(document, "{%p if letters.dossier is defined %}")
    _heading(document, "{{ letters.dossier }}. Thành phần, số lượng hồ sơ")
    kinds = (
        ("submit", "Giấy tờ phải nộp"),
        ("present", "Giấy tờ phải xuất trình"),
        ("note", "Lưu ý"),
    )
    for kind, heading in kinds:
        _lines(document, f"{{%p if papers.{kind} %}}", heading)
        _list(document, f"papers.{kind}", "{{ x }}")
        _lines(document, "{%p endif %}")
    _lines(
        document,
        "{%p if dossier_sets %}",
        "Số lượng hồ sơ: {{ dossier_sets }}",
        "{%p endif %}",
        "{%p endif %}",
    )


def _steps(document: Any) -> None:
    _lines(document, "{%p if letters.steps is defined %}")
    _heading(document, "{{ letters.steps }}. Quy trình các bước xử lý công việc")
    _lines(
        document,
        "{%p for t in step_tables %}",
        "{%p if t.caption %}",
        "{{ t.caption }}",
        "{%p endif %}",
    )
    table = document.add_table(4, 7)
    table.style = "Table Grid"
    head = (
        "TT",
        "Trình tự các bước công việc",
        "Trách nhiệm",
        "{%tc for h in t.heads %}",
        "Thời gian {{ h.label }} {{ h.limit }}",
        "{%tc endfor %}",
        "Biểu mẫu/kết quả",
    )
    body = (
        "{{ s.number }}",
        "{{ s.title }}",
        "{{ s.responsible }}",
        "{%tc for time in s.times %}",
        "{{ time }}",
        "{%tc endfor %}",
        "{{ s.output }}",
    )
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        _put(cell, text, bold=True, align=ALIGN.CENTER)
    _put(table.rows[1].cells[0], "{%tr for s in t.steps %}")
    for cell, text in zip(table.rows[2].cells, body, strict=True):
        _put(cell, text)
    _put(table.rows[3].cells[0], "{%tr endfor %}")
    _repeat(table.rows[0])
    _lines(
        document,
        "{%p endfor %}",
        "{%p if step_notes %}",
        "{{ step_notes }}",
        "{%p endif %}",
        "{%p endif %}",
    )


def _table(document: Any, heads: tuple[str, ...], members: tuple[str, ...], rows: str) -> None:
    table = document.add_table(4, len(heads))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        _put(cell, text, bold=True, align=ALIGN.CENTER)
    _put(table.rows[1].cells[0], f"{{%tr for x in {rows} %}}")
    for cell, member in zip(table.rows[2].cells, members, strict=True):
        _put(cell, f"{{{{ {member} }}}}")
    _put(table.rows[3].cells[0], "{%tr endfor %}")
    _repeat(table.rows[0])


def _list(document: Any, rows: str, line: str) -> None:
    _lines(document, f"{{%p for x in {rows} %}}", f"- {line}", "{%p endfor %}")


def _heading(document: Any, text: str, new_page: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.page_break_before = new_page
    paragraph.add_run(text).bold = True


def _lines(document: Any, *texts: str) -> None:
    for text in texts:
        paragraph = document.add_paragraph()
        paragraph.alignment = ALIGN.LEFT
        paragraph.add_run(text)


def _put(cell: Any, *texts: str, bold: bool = False, align: Any = ALIGN.LEFT) -> Any:
    for text in texts:
        fresh = len(cell.paragraphs) == 1 and not cell.paragraphs[0].runs
        paragraph = cell.paragraphs[0] if fresh else cell.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(11)
    return paragraph


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


if __name__ == "__main__":
    main()
