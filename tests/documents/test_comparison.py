"""Two revisions compared: each kind of field in words, files, attachments, who may read what."""

from cast import acting
from cast import issue
from docx import Document
from eqms.documents.comparison import compare
from eqms.documents.drafting import revise
from eqms.domain.redline import Mark
from eqms.domain.redline import RowKind
from io import BytesIO
from plone import api
from plone.app.textfield import RichTextValue
from plone.namedfile.file import NamedBlobFile
from plone.namedfile.file import NamedBlobImage
from time import process_time
import base64
import pytest
import zipfile


PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def rich(html):
    return RichTextValue(html, "text/html", "text/x-html-safe")


def word_file(*paragraphs, cells=(), name="quy-trinh.docx"):
    """A Word file with paragraphs and a table of one row."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        row = document.add_table(1, len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    stream = BytesIO()
    document.save(stream)
    return NamedBlobFile(
        stream.getvalue(),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        name,
    )


def shown(blocks):
    """A redline as people write it: [-deleted-] and {+inserted+}."""
    signs = {Mark.KEPT: "%s", Mark.DELETED: "[-%s-]", Mark.INSERTED: "{+%s+}"}
    return "\n".join(
        "".join(signs[segment.mark] % segment.text for segment in block) for block in blocks
    )


@pytest.fixture
def old(document):
    revision = document["rev-1"]
    revision.text = rich("<p>Nộp <b>hồ sơ</b> trong 05 ngày.</p><ul><li>Tờ khai</li></ul>")
    revision.purpose = "Quy định trình tự đăng ký khai sinh."
    revision.scenarios = [
        {"label": "Thường", "value": "5", "unit": "working_day", "ceiling": False},
        {"label": "Có xác minh", "value": "8", "unit": "working_day", "ceiling": False},
    ]
    revision.steps = [
        {"title": "Tiếp nhận hồ sơ", "responsible": "Một cửa", "times": ["½ ngày", "01 ngày"]},
        {"title": "Trả kết quả cho dân", "responsible": "Một cửa", "times": ["", "½ ngày"]},
    ]
    revision.fees = [{"amount": 8000, "valid_from": "2025-07-01"}]
    revision.source = word_file("Mục đích", "Phạm vi áp dụng", cells=("Bước 1", "½ ngày"))
    with acting("author"):
        api.content.create(
            revision,
            "File",
            id="bieu-mau",
            title="Biểu mẫu",
            file=NamedBlobFile(b"%PDF-1", "application/pdf", "bm.pdf"),
        )
        api.content.create(
            revision, "Image", id="so-do", image=NamedBlobImage(PIXEL, filename="s.png")
        )
    return issue(revision)


@pytest.fixture
def new(document, old):
    with acting("author"):
        return revise(document)


@pytest.fixture
def changes(old, new):
    """What changed, by name, for the author."""

    def look():
        with acting("author"):
            return {field.name: field for field in compare(old, new).changes}

    return look


class TestFields:
    def test_a_copy_differs_in_its_number_only(self, changes):
        assert changes().keys() == {"amendment_no", "change_class"}

    def test_all_fields_are_there_in_order_with_their_titles(self, old, new):
        with acting("author"):
            fields = compare(old, new).fields
        assert fields[0].name == "title"
        assert all(field.title for field in fields)
        assert {"classification", "unit", "applies_to", "steps", "amendments"} <= {
            field.name for field in fields
        }

    def test_plain_text_by_words(self, new, changes):
        new.purpose = "Quy định trình tự, cách thức đăng ký khai sinh."
        found = changes()["purpose"]
        assert shown(found.blocks) == "Quy định trình tự{+, cách thức+} đăng ký khai sinh."

    def test_formatted_text_by_blocks(self, new, changes):
        new.text = rich(
            "<p>Nộp <b>hồ sơ</b> trong 03 ngày.</p><ul><li>Tờ khai</li><li>Ảnh</li></ul>"
        )
        assert shown(changes()["text"].blocks).splitlines() == [
            "Nộp hồ sơ trong [-05-]{+03+} ngày.",
            "Tờ khai",
            "{+Ảnh+}",
        ]

    def test_formatting_alone_is_said(self, new, changes):
        new.text = rich("<p>Nộp hồ sơ <i>trong</i> 05 ngày.</p><p>Tờ khai</p>")
        assert "formatting" in changes()["text"].remark

    def test_where_a_link_leads_is_content(self, old, new, changes):
        new.text = rich('<p>Nộp <a href="https://evil.example/">hồ sơ</a> trong 05 ngày.</p>')
        assert "{+" in shown(changes()["text"].blocks)
        assert "https://evil.example/" in shown(changes()["text"].blocks)

    def test_choices_by_title(self, new, changes):
        new.classification = "internal"
        assert shown(changes()["classification"].blocks) == "[-Public-]{+Internal+}".replace(
            "]{", "]\n{"
        )

    def test_an_inserted_step_leaves_the_others_alone(self, new, changes):
        step = {"title": "Thẩm định", "responsible": "Chuyên viên", "times": ["02 ngày", "04 ngày"]}
        new.steps = [new.steps[0], step, new.steps[1]]
        found = changes()["steps"]
        assert [row.kind for row in found.rows] == [RowKind.KEPT, RowKind.ADDED, RowKind.KEPT]
        assert found.heads[:3] == ("What is done", "Who", "Time")
        assert shown(found.rows[1].cells[2]).splitlines() == [
            "{+Thường: 02 ngày+}",
            "{+Có xác minh: 04 ngày+}",
        ]
        assert shown(found.rows[2].cells[2]) == "Có xác minh: ½ ngày"

    def test_money_days_and_answers_are_in_words(self, new, changes):
        new.fees = [{"amount": 10000, "valid_from": "2025-07-01"}]
        new.scenarios = [new.scenarios[0] | {"ceiling": True}, new.scenarios[1]]
        fee = changes()["fees"].rows[0]
        assert "01/07/2025" in [shown(cell) for cell in fee.cells]
        assert "[-8.000-]{+10.000+} đồng" in [shown(cell) for cell in fee.cells]
        case = changes()["scenarios"].rows[0]
        assert "[-No-]\n{+Yes+}" in [shown(cell) for cell in case.cells]
        assert "working days" in [shown(cell) for cell in case.cells]


class TestFiles:
    def test_the_words_of_a_word_file_with_its_tables(self, new, changes):
        new.source = word_file("Mục đích", "Phạm vi", cells=("Bước 1", "01 ngày"))
        found = changes()
        assert found["source"].rows and not found["source"].remark
        assert shown(found["source:text"].blocks).splitlines() == [
            "Mục đích",
            "Phạm vi[- áp dụng-]",
            "Bước 1",
            "[-½-]{+01+} ngày",
        ]

    def test_other_bytes_with_the_same_words(self, new, changes):
        new.source = word_file(
            "Mục đích", "Phạm vi áp dụng", cells=("Bước 1", "½ ngày"), name="khác.docx"
        )
        found = changes()
        assert "formatting" in found["source"].remark
        assert "source:text" not in found

    @pytest.mark.parametrize("content", ["broken", "bomb", "entities", "foreign"])
    def test_a_file_that_cannot_be_read_is_changed_with_its_hash(self, new, changes, content):
        new.source = NamedBlobFile(bad_file(content), filename="xấu.docx")
        found = changes()["source"]
        assert found.remark
        assert any(len(shown(row.cells[3]).strip("[-]{+}")) >= 64 for row in found.rows)

    def test_attachments_and_pictures(self, new, changes):
        with acting("author"):
            api.content.delete(new["bieu-mau"])
            api.content.create(new, "File", id="moi", file=word_file("Tờ khai", name="tk.docx"))
            new["so-do"].image = NamedBlobImage(PIXEL + b"\x00", filename="s.png")
        found = changes()
        assert [row.kind for row in found["parts/bieu-mau"].rows] == [RowKind.REMOVED]
        assert [row.kind for row in found["parts/moi"].rows] == [RowKind.ADDED]
        assert shown(found["parts/moi:text"].blocks) == "{+Tờ khai+}"
        assert found["parts/so-do"].changed and not found["parts/so-do"].remark


def bad_file(content):
    """Bytes that call themselves a Word file."""
    if content == "broken":
        return b"PK\x03\x04 nothing of the kind"
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        if content == "bomb":
            archive.writestr("word/document.xml", b"<a>" + b"<b></b>" * 1_500_000 + b"</a>")
        elif content == "entities":
            archive.writestr("word/document.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
        else:
            archive.writestr("xl/workbook.xml", b"<a/>")
    return stream.getvalue()


class TestWhoReadsWhat:
    def test_the_source_file_is_only_for_the_people_of_the_agency(self, new, old):
        new.source = word_file("Bí mật nội bộ")
        with acting("author"):
            assert "source" in {field.name for field in compare(old, new).fields}
        with acting("member"):
            names = {field.name for field in compare(old, new).fields}
        assert "purpose" in names
        assert not {"source", "source:text"} & names


def test_forty_pages_take_less_than_a_second(old, new):
    lines = [
        f"Đoạn {number}: công chức tiếp nhận, kiểm tra hồ sơ của người dân và ghi sổ số {number}"
        for number in range(800)
    ]
    old.text = rich("".join(f"<p>{line}</p>" for line in lines))
    old.source = word_file(*lines)
    lines = [f"{line} trong ngày" if number % 3 else line for number, line in enumerate(lines)]
    new.text = rich("".join(f"<p>{line}</p>" for line in lines))
    new.source = word_file(*lines)
    with acting("author"):
        started = process_time()
        compare(old, new)
        assert process_time() - started < 1
