"""Real procedures, altered as other departments would have written them: never a wrong value.

What is no longer understood may be missing, with a finding; what is there must be right.
"""

from copy import deepcopy
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from eqms.exchange.word import read_procedure
from io import BytesIO
import pytest
import re
import unicodedata


FILES = (
    "03. Đăng ký lại khai sinh.docx",
    "11. Đăng ký kết hôn.docx",
    "25. Thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc.docx",
    "2.Thủ tục chứng thực bản sao từ bản chính giấy tờ, văn bản.docx",
    "1. Cấp xã - Đăng ký việc nuôi con nuôi trong nước (1).docx",
)


def table_with(document, words):
    for table in document.tables:
        if words in " ".join(" ".join(cell.text for cell in table.rows[0].cells).split()):
            return table
    raise LookupError(words)


def steps_of(document):
    return table_with(document, "Trình tự")


def records_of(document):
    return table_with(document, "Thời gian lưu")


def reword(cells, **words):
    for cell in cells:
        for paragraph in cell.paragraphs:
            text = paragraph.text
            for old, new in words.items():
                text = text.replace(old.replace("_", " "), new)
            if text != paragraph.text:
                paragraph.text = text


def remove(element):
    element.getparent().remove(element)


def responsible_last(document):
    for row in steps_of(document)._tbl.tr_lst:
        if len(row.tc_lst) >= 4:
            row.append(row.tc_lst[2])


def retention_second(document):
    for row in records_of(document)._tbl.tr_lst:
        if len(row.tc_lst) == 4:
            row.insert(row.index(row.tc_lst[1]), row.tc_lst[3])


def no_records_table(document):
    remove(records_of(document)._tbl)


def no_steps_table(document):
    remove(steps_of(document)._tbl)


def other_step_heads(document):
    reword(
        steps_of(document).rows[0].cells,
        Trình_tự_các_bước_công_việc="Nội dung công việc",
        Trình_tự_các_bước_thực_hiện="Các bước thực hiện",
        Trách_nhiệm="Người thực hiện",
        Thời_gian="Thời hạn xử lý",
    )


def unknown_step_heads(document):
    reword(steps_of(document).rows[0].cells, Trách_nhiệm="Ghi nhận", Thời_gian="Khoảng")


def other_record_heads(document):
    reword(
        records_of(document).rows[0].cells,
        Nơi_lưu="Trách nhiệm lưu",
        Thời_gian_lưu="Thời hạn bảo quản",
        Tên_hồ_sơ="Hồ sơ",
    )


def other_control_labels(document):
    for row in document.tables[0].rows:
        reword(row.cells, Mã_hiệu="Mã số tài liệu", Lần_ban_hành="Lần BH")


def unknown_control_labels(document):
    for row in document.tables[0].rows:
        reword(row.cells, Mã_hiệu="Số đăng bạ", Ngày_ban_hành="Ngày")


def _heads_of_items(document):
    for paragraph in document.element.body.iter(qn("w:p")):
        texts = list(paragraph.iter(qn("w:t")))
        found = re.match(r"\s*([a-zđ])\. ", "".join(text.text or "" for text in texts))
        if found and texts[0].text.lstrip().startswith(f"{found[1]}."):
            yield texts[0], found[1]


def numbers_for_letters(document):
    for text, letter in _heads_of_items(document):
        number = "abcdđeghiklm".index(letter) + 1
        text.text = text.text.replace(f"{letter}.", f"5.{number}.", 1)


def shifted_letters(document):
    for text, letter in _heads_of_items(document):
        letters = "abcdđeghiklmnop"
        text.text = text.text.replace(f"{letter}.", f"{letters[letters.index(letter) + 2]})", 1)


def no_letters(document):
    for text, letter in _heads_of_items(document):
        text.text = text.text.replace(f"{letter}.", "", 1)


def unknown_items(document):
    for paragraph in document.paragraphs:
        text = paragraph.text
        for old, new in (
            ("Đối tượng thực hiện thủ tục hành chính", "Ai được làm"),
            ("Cơ quan thực hiện thủ tục hành chính", "Chỗ làm"),
            ("Kết quả thực hiện thủ tục hành chính", "Nhận được gì"),
            ("Phí, lệ phí", "Tiền phải nộp"),
            ("Lệ phí", "Tiền phải nộp"),
            ("Căn cứ pháp lý", "Luật nào"),
        ):
            text = text.replace(f"{old}", new) if len(text) < 120 or ":" in text[:70] else text
        if text != paragraph.text:
            paragraph.text = text


def other_headings(document):
    for paragraph in document.paragraphs:
        heading = {
            "MỤC ĐÍCH": "I. MỤC ĐÍCH BAN HÀNH",
            "PHẠM VI": "II. PHẠM VI ÁP DỤNG",
            "TÀI LIỆU VIỆN DẪN": "III. TÀI LIỆU THAM CHIẾU",
            "5. NỘI DUNG": "V. NỘI DUNG QUY TRÌNH",
            "7. HỒ SƠ  LƯU TRỮ": "VII. HỒ SƠ LƯU",
        }.get(paragraph.text.strip())
        if heading:
            paragraph.text = heading
            for numbered in paragraph._p.findall(f"{qn('w:pPr')}/{qn('w:numPr')}"):
                remove(numbered)


def no_automatic_numbers(document):
    for numbered in [*document.element.body.iter(qn("w:numPr"))]:
        remove(numbered)


def decomposed_letters(document):
    for text in document.element.body.iter(qn("w:t")):
        text.text = unicodedata.normalize("NFD", text.text or "")


def deleted_times(document):
    """Tracked changes: what was deleted still stands in the file."""
    for row in steps_of(document).rows[1:]:
        paragraph = row.cells[-1].paragraphs[0]._p
        deleted, run, text = map(OxmlElement, ("w:del", "w:r", "w:delText"))
        text.text = "99 ngày "
        run.append(text)
        deleted.append(run)
        paragraph.insert(0 if paragraph.pPr is None else 1, deleted)


def steps_in_a_frame(document):
    inner = steps_of(document)._tbl
    frame = document.add_table(1, 1)
    inner.addprevious(frame._tbl)
    frame.cell(0, 0)._tc.append(inner)
    frame.cell(0, 0).add_paragraph()


def control_block_in_a_text_box(document):
    table = document.tables[0]._tbl
    paragraph = document.add_paragraph()._p
    table.addprevious(paragraph)
    run = OxmlElement("w:r")
    box = OxmlElement("w:txbxContent")
    run.append(box)
    paragraph.append(run)
    box.append(table)


def another_unit(document):
    for row in steps_of(document).rows[1:]:
        reword(row.cells[3:], ngày="buổi")


def two_times_in_a_cell(document):
    for row in steps_of(document).rows[1:]:
        for cell in row.cells[3:]:
            if re.search(r"\d", cell.text):
                cell.paragraphs[0].add_run(" hoặc 09 ngày")


def a_table_like_steps_before_them(document):
    steps = steps_of(document)._tbl
    other = document.add_table(2, 3)
    for cell, text in zip(other.rows[0].cells, ("TT", "Đơn vị", "Số điện thoại"), strict=True):
        cell.text = text
    for cell, text in zip(other.rows[1].cells, ("1", "Phòng A", "02923"), strict=True):
        cell.text = text
    steps.addprevious(other._tbl)
    steps.addprevious(document.add_paragraph("Bảng sau nêu các bước:")._p)


def a_tracking_slip_behind(document):
    """An annex that looks like a table of steps: a slip that follows a case."""
    slip = deepcopy(steps_of(document)._tbl)
    heading = document.add_paragraph("PHIẾU THEO DÕI QUÁ TRÌNH XỬ LÝ CÔNG VIỆC")
    heading._p.addnext(slip)


ALTERATIONS = (
    responsible_last,
    retention_second,
    no_records_table,
    no_steps_table,
    other_step_heads,
    unknown_step_heads,
    other_record_heads,
    other_control_labels,
    unknown_control_labels,
    numbers_for_letters,
    shifted_letters,
    no_letters,
    unknown_items,
    other_headings,
    no_automatic_numbers,
    decomposed_letters,
    deleted_times,
    steps_in_a_frame,
    control_block_in_a_text_box,
    another_unit,
    two_times_in_a_cell,
    a_table_like_steps_before_them,
    a_tracking_slip_behind,
)
#: These take nothing away, so that nothing may be lost either.
HARMLESS = {
    responsible_last,
    retention_second,
    other_step_heads,
    other_record_heads,
    other_control_labels,
    numbers_for_letters,
    shifted_letters,
    other_headings,
    decomposed_letters,
    deleted_times,
    steps_in_a_frame,
    control_block_in_a_text_box,
    a_table_like_steps_before_them,
    a_tracking_slip_behind,
}


@pytest.fixture(scope="module")
def originals(corpus):
    return {name: (corpus / name).read_bytes() for name in FILES}


@pytest.mark.parametrize("alter", ALTERATIONS, ids=lambda alter: alter.__name__)
def test_never_a_wrong_value(originals, alter):
    for name, source in originals.items():
        document = Document(BytesIO(source))
        alter(document)
        written = BytesIO()
        document.save(written)
        before = read_procedure(source, name)
        after = read_procedure(written.getvalue(), name, without_control_block=True)
        lost = list(differences(before, after))
        if alter in HARMLESS:
            assert not lost, (name, lost)
        if lost:
            assert len(after.findings) > 0, (name, lost)


def differences(before, after):
    """Names of what was lost; what is neither as before nor missing is an error."""
    for name in TEXTS:
        yield from lost(name, getattr(before, name), getattr(after, name))
    yield from rows("steps", before.steps, after.steps, step_facts)
    yield from rows("records", before.records, after.records, record_facts)
    for name in ("legal_bases", "fees", "application_forms", "outcomes", "references"):
        old, new = getattr(before, name), getattr(after, name)
        wrong = [item for item in new if item not in old]
        assert not wrong, (name, wrong)
        if len(new) < len(old):
            yield name


TEXTS = (
    "code",
    "title",
    "issue_no",
    "issued_on",
    "purpose",
    "scope",
    "applicants",
    "performing_body",
    "time_limit_text",
    "dossier_sets",
    "requirements",
)


def step_facts(step):
    times = [(time.value, time.unit) if time else None for time in step.durations]
    return [step.number, step.responsible, step.title, *times]


def record_facts(record):
    return [record.name, record.keeper, record.retention]


def rows(name, old, new, facts):
    if not new and old:
        yield name
        return
    assert len(old) == len(new), (name, len(old), len(new))
    for before, after in zip(map(facts, old), map(facts, new), strict=True):
        for index, value in enumerate(after):
            yield from lost(name, before[index] if index < len(before) else None, value)


def lost(name, old, new):
    assert new == old or new in (None, ""), (name, old, new)
    if new != old:
        yield name
