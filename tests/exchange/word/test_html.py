"""What of Word survives in rich text: lists, tables, bold and italic."""

from .build import table
from docx import Document
from eqms.exchange.word.block_reader import BlockReader
from eqms.exchange.word.html import as_html


def html(write):
    document = Document()
    write(document)
    return as_html(BlockReader(document).body(document.element.body))


def test_bold_and_italic():
    def write(document):
        paragraph = document.add_paragraph()
        paragraph.add_run("Phải ")
        paragraph.add_run("nộp").bold = True
        paragraph.add_run(" bản sao").italic = True

    assert html(write) == "<p>Phải <strong>nộp</strong><em> bản sao</em></p>"


def test_signs_make_nested_lists():
    def write(document):
        for line in ("- Đơn, gồm:", "+ Tên;", "+ Tuổi;", "- Ảnh", "Hết."):
            document.add_paragraph(line)

    assert html(write) == (
        "<ul><li>Đơn, gồm:<ul><li>Tên;</li><li>Tuổi;</li></ul></li><li>Ảnh</li></ul><p>Hết.</p>"
    )


def test_tables_keep_merged_cells():
    def write(document):
        made = table(document, [["Xã", ""], ["A", "B"]])
        made.cell(0, 0).merge(made.cell(0, 1))

    assert html(write) == (
        '<table><tbody><tr><td colspan="2">Xã</td></tr>'
        "<tr><td>A</td><td>B</td></tr></tbody></table>"
    )


def test_nothing_of_the_file_becomes_markup():
    assert html(lambda document: document.add_paragraph("<script>a</script> & <b>")) == (
        "<p>&lt;script&gt;a&lt;/script&gt; &amp; &lt;b&gt;</p>"
    )
