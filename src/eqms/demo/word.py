"""Word files of the demo: procedures in the customary layout, and forms to be filled in."""

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from docx import Document as new_document
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import Table
from eqms.demo.facts import Blank
from eqms.demo.facts import Person
from eqms.demo.marking import WORDS
from eqms.domain.durations import format_duration
from io import BytesIO
from typing import Any
from typing import Final


MIME_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_DOSSIER = (("submit", "* Giấy tờ phải nộp:"), ("present", "* Giấy tờ phải xuất trình:"))
_ITEMS = (
    ("applicants", "Đối tượng thực hiện thủ tục hành chính"),
    ("performing_body", "Cơ quan thực hiện thủ tục hành chính"),
    ("coordinating_body", "Cơ quan phối hợp"),
    ("reception", "Nơi tiếp nhận và trả kết quả"),
    ("outcomes", "Kết quả thực hiện thủ tục hành chính"),
    ("fees_text", "Phí, lệ phí"),
    ("application_forms", "Mẫu đơn, mẫu tờ khai"),
    ("requirements", "Yêu cầu, điều kiện thực hiện thủ tục hành chính"),
)
_LETTERS = "abcdđeghiklm"


def procedure_file(
    content: Mapping[str, Any], code: str, issuer: str, issued_on: date, signers: Sequence[Person]
) -> bytes:
    """A procedure as an agency has it on paper, issued for the first time.

    :param content: fields of a ``ProcedureRevision`` as REST takes them
    :param signers: who drafted, reviewed and approved it
    """
    document = _new()
    _control_block(document, content["title"], code, issuer, issued_on)
    _signers(document, signers)
    document.add_paragraph("TRANG THEO DÕI SỐ LẦN SỬA ĐỔI TÀI LIỆU")
    head = ["STT", "Tóm lược nội dung cần sửa đổi", "Căn cứ về việc sửa đổi", "Lần sửa đổi"]
    _table(document, [head, [""] * len(head)])
    _paragraphs(document, _opening(content))
    _paragraphs(document, _content(content))
    _table(document, list(_steps(content)))
    _paragraphs(document, ["*Ghi chú:", content["step_notes"]])
    _paragraphs(document, ["6. BIỂU MẪU", *(f"- {form['name']}" for form in content["forms"])])
    document.add_paragraph("7. HỒ SƠ LƯU")
    _table(document, list(_records(content)))
    return _saved(document)


def blank_file(blank: Blank) -> bytes:
    """A form to be filled in."""
    document = _new()
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.add_run(blank.title.upper()).bold = True
    _paragraphs(document, blank.lines)
    if blank.table:
        _table(document, [blank.table, *([""] * len(blank.table) for _ in range(10))])
    return _saved(document)


def _new() -> Document:
    """An empty document that says on every page what it is."""
    document = new_document()
    normal = document.styles["Normal"].font
    normal.name, normal.size = "Times New Roman", Pt(13)
    document.sections[0].header.paragraphs[0].text = WORDS
    return document


def _control_block(document: Document, title: str, code: str, issuer: str, issued_on: date) -> None:
    table = _table(
        document,
        [
            [issuer.upper(), "QUY TRÌNH", f"Mã hiệu: {code}"],
            ["", title, "Lần ban hành: 01"],
            ["", "", f"Ngày ban hành: {issued_on:%d/%m/%Y}"],
        ],
    )
    table.cell(0, 0).merge(table.cell(2, 0))
    table.cell(1, 1).merge(table.cell(2, 1))


def _signers(document: Document, signers: Sequence[Person]) -> None:
    _table(
        document,
        [
            ["Trách nhiệm", "Soạn thảo", "Xem xét", "Phê duyệt"],
            ["Họ tên", *(signer.name for signer in signers)],
            ["Chữ ký", "", "", ""],
            ["Chức vụ", *(signer.position for signer in signers)],
        ],
    )


def _opening(content: Mapping[str, Any]) -> Iterator[str]:
    yield from ("1. MỤC ĐÍCH", content["purpose"])
    yield from ("2. PHẠM VI", content["scope"])
    yield "3. TÀI LIỆU VIỆN DẪN"
    yield from (f"- {reference}." for reference in content["references"])
    yield "4. ĐỊNH NGHĨA VÀ VIẾT TẮT"
    yield from (f"- {row['term']}\t:\t{row['meaning']}" for row in content["definitions"])


def _content(content: Mapping[str, Any]) -> Iterator[str]:
    letters = iter(_LETTERS)
    yield "5. NỘI DUNG"
    yield f"{next(letters)}. Thành phần, số lượng hồ sơ:"
    for kind, heading in _DOSSIER:
        yield heading
        yield from (f"- {paper['text']};" for paper in content["dossier"] if paper["kind"] == kind)
    yield f"Số lượng hồ sơ: {content['dossier_sets']}"
    yield f"{next(letters)}. Thời hạn giải quyết: {content['time_limit_text']}"
    for name, heading in _ITEMS:
        if value := content[name]:
            yield f"{next(letters)}. {heading}: {_flat(value)}"
    yield f"{next(letters)}. Căn cứ pháp lý của thủ tục hành chính:"
    yield from (f"- {basis['text']};" for basis in content["legal_bases"])
    yield f"{next(letters)}. Quy trình các bước xử lý công việc:"


def _flat(value: str | list[Any]) -> str:
    if isinstance(value, str):
        return value
    return "; ".join(item if isinstance(item, str) else item["name"] for item in value)


def _steps(content: Mapping[str, Any]) -> Iterator[list[str]]:
    limits = [_time_head(scenario) for scenario in content["scenarios"]]
    yield ["TT", "Trình tự các bước công việc", "Trách nhiệm", *limits]
    for number, step in enumerate(content["steps"], 1):
        yield [str(number), step["title"], step["responsible"], *step["times"]]


def _time_head(scenario: Mapping[str, Any]) -> str:
    limit = format_duration(Decimal(scenario["value"]), scenario["unit"])
    return " ".join(filter(None, ("Thời gian", scenario.get("label"), f"({limit})")))


def _records(content: Mapping[str, Any]) -> Iterator[list[str]]:
    yield ["TT", "Tên hồ sơ", "Nơi lưu/người lưu", "Thời gian lưu"]
    for number, record in enumerate(content["records"], 1):
        yield [str(number), record["name"], record["keeper"], record["retention"]]


def _paragraphs(document: Document, lines: Iterable[str]) -> None:
    for line in lines:
        document.add_paragraph(line)


def _table(document: Document, rows: Sequence[Sequence[str]]) -> Table:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    return table


def _saved(document: Document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
