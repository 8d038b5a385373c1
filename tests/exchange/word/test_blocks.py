"""What a reader of the printed page sees of Word's XML."""

from .build import build
from .build import element
from .build import merge
from .build import table
from .build import wrap
from docx import Document
from docx.oxml.ns import qn
from eqms.exchange.word.block_reader import BlockReader
from eqms.exchange.word.blocks import Paragraph
from eqms.exchange.word.blocks import Table
import io


def blocks_of(*parts):
    document = Document(io.BytesIO(build(*parts)))
    return BlockReader(document).body(document.element.body)


def lines_of(*parts):
    blocks = blocks_of(*parts)
    return [block.line for block in blocks if isinstance(block, Paragraph) and block.line]


def run(text):
    made = element("w:r")
    made.append(element("w:t", text))
    return made


def test_tracked_changes():
    def tracked(document):
        paragraph = document.add_paragraph("Giữ ")._p
        paragraph.append(wrap(run("thêm"), "w:ins"))
        deleted = element("w:r")
        deleted.append(element("w:delText", "bỏ"))
        paragraph.append(wrap(deleted, "w:del"))
        paragraph.append(wrap(run("đi"), "w:moveFrom"))
        paragraph.append(wrap(run(" đến"), "w:moveTo"))

    assert lines_of(tracked) == ["Giữ thêm đến"]


def test_a_deleted_paragraph_mark_joins_paragraphs():
    def joined(document):
        first = document.add_paragraph("Thời hạn")
        first._p.get_or_add_pPr().append(wrap(element("w:del"), "w:rPr"))
        document.add_paragraph(" giải quyết")

    assert lines_of(joined) == ["Thời hạn giải quyết"]


def test_content_controls_are_opened():
    def controlled(document):
        paragraph = document.add_paragraph("ngoài ")._p
        paragraph.append(wrap(run("trong"), "w:sdt", "w:sdtContent"))
        whole = document.add_paragraph("cả đoạn")._p
        place = whole.getnext()
        place.addprevious(wrap(whole, "w:sdt", "w:sdtContent"))

    assert lines_of(controlled) == ["ngoài trong", "cả đoạn"]


def test_text_boxes_are_read_once():
    def boxed(document):
        paragraph = document.add_paragraph("neo")._p
        inner = element("w:p")
        inner.append(run("trong khung"))
        box = element("w:txbxContent")
        box.append(inner)
        alternate = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
        holder = paragraph.makeelement(f"{alternate}AlternateContent")
        choice = paragraph.makeelement(f"{alternate}Choice")
        choice.append(wrap(box, "w:drawing"))
        fallback = paragraph.makeelement(f"{alternate}Fallback")
        other = element("w:p")
        other.append(run("trong khung"))
        copy = element("w:txbxContent")
        copy.append(other)
        fallback.append(wrap(copy, "w:pict"))
        holder.append(choice)
        holder.append(fallback)
        paragraph.append(wrap(holder, "w:r"))

    assert lines_of(boxed) == ["neo", "trong khung"]


def test_hidden_text_and_field_codes_are_not_seen():
    def hidden(document):
        paragraph = document.add_paragraph("thấy")
        paragraph.add_run(" ẩn").font.hidden = True
        code = element("w:r")
        code.append(element("w:instrText", " PAGE "))
        paragraph._p.append(code)

    assert lines_of(hidden) == ["thấy"]


def test_invisible_and_odd_characters():
    def odd(document):
        document.add_paragraph("Qu\u00ady\u200b  trình\u00a0cấp\tphép đ\u0302ô")

    assert lines_of(odd) == ["Quy trình cấp phép đ\u0302ô"]


def test_decomposed_text_is_composed():
    def decomposed(document):
        document.add_paragraph("Thơ\u0300i ha\u0323n")

    assert lines_of(decomposed) == ["Thời hạn"]


def test_special_signs():
    def special(document):
        paragraph = document.add_paragraph("a")._p
        holder = element("w:r")
        holder.append(element("w:noBreakHyphen"))
        holder.append(element("w:t", "b"))
        holder.append(element("w:softHyphen"))
        holder.append(element("w:t", "c"))
        holder.append(element("w:br"))
        holder.append(element("w:t", "d"))
        holder.append(element("w:br", type="page"))
        paragraph.append(holder)

    assert lines_of(special) == ["a-bc\nd"]


def test_a_fraction_set_as_an_equation():
    math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

    def equation(document):
        paragraph = document.add_paragraph()._p
        fraction = paragraph.makeelement(f"{math}f")
        for part, number in (("num", "1"), ("den", "2")):
            holder = fraction.makeelement(f"{math}{part}")
            text = holder.makeelement(f"{math}t")
            text.text = number
            holder.append(text)
            fraction.append(holder)
        formula = paragraph.makeelement(f"{math}oMath")
        formula.append(fraction)
        paragraph.append(formula)
        paragraph.append(run(" ngày"))

    assert lines_of(equation) == ["1/2 ngày"]


def test_automatic_numbers_and_bullets():
    def numbered(document):
        for text in ("Một", "Hai"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("Gạch", style="List Bullet")
        document.add_paragraph("Ba", style="List Number")

    assert lines_of(numbered) == ["1. Một", "2. Hai", "- Gạch", "3. Ba"]


def add_list(document, *levels):
    """A list with these level texts ("%1.", "%1.%2."); answers its abstract number."""
    abstract = element("w:abstractNum", abstractNumId="77")
    for depth, text in enumerate(levels):
        level = element("w:lvl", ilvl=str(depth))
        level.append(element("w:start", val="1"))
        level.append(element("w:numFmt", val="decimal"))
        level.append(element("w:lvlText", val=text))
        abstract.append(level)
    numbering = document.part.numbering_part.element
    numbering.insert(0, abstract)
    return numbering


def number(document, text, of, depth=0):
    properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = depth
    properties.get_or_add_numId().val = of.numId


def test_a_list_of_two_levels():
    def levels(document):
        made = add_list(document, "%1.", "%1.%2.").add_num(77)
        for depth in (0, 1, 1, 0, 1):
            number(document, "x", made, depth)

    assert lines_of(levels) == ["1. x", "1.1. x", "1.2. x", "2. x", "2.1. x"]


def test_a_list_that_goes_on_and_one_that_starts_again():
    def restarted(document):
        numbering = add_list(document, "%1)")
        going_on, again = numbering.add_num(77), numbering.add_num(77)
        number(document, "x", numbering.add_num(77))
        number(document, "x", going_on)
        again.add_lvlOverride(0).add_startOverride(1)
        number(document, "x", again)
        number(document, "x", again)

    assert lines_of(restarted) == ["1) x", "2) x", "1) x", "2) x"]


def test_merged_cells_stand_at_every_place_they_cover():
    def merged(document):
        made = table(document, [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]])
        merge(made, (0, 1), (1, 2))
        merge(made, (1, 0), (2, 0))

    (grid,) = (block for block in blocks_of(merged) if isinstance(block, Table))
    texts = [[cell.text for cell in row] for row in grid.grid]
    assert texts == [["a", "b", "b"], ["d", "b", "b"], ["d", "h", "i"]]
    assert grid.at(0, 1) is grid.at(1, 2)
    assert (grid.at(0, 1).rowspan, grid.at(0, 1).colspan) == (2, 2)
    assert [cell.text for cell in grid.cells()] == ["a", "b", "d", "h", "i"]
    assert grid.at(3, 0) is None


def test_a_row_that_starts_further_right():
    def indented(document):
        made = table(document, [["a", "b"], ["c", "d"]])
        row = made.rows[1]._tr
        row.get_or_add_trPr().append(element("w:gridBefore", val="1"))
        row.remove(row.tc_lst[0])

    (grid,) = (block for block in blocks_of(indented) if isinstance(block, Table))
    assert [cell and cell.text for cell in grid.grid[1]] == [None, "d"]


def test_a_merge_that_continues_nothing_is_a_cell_of_its_own():
    def orphan(document):
        made = table(document, [["a"], ["b"]])
        made.cell(1, 0)._tc.get_or_add_tcPr().append(element("w:vMerge"))

    blocks = blocks_of(orphan)
    (grid,) = (block for block in blocks if isinstance(block, Table))
    assert [cell.text for cell in grid.cells()] == ["a", "b"]


def test_tables_are_counted_as_a_person_counts_them():
    def nested(document):
        outer = table(document, [["a", "b"]])
        outer.cell(0, 0).add_table(1, 2)
        table(document, [["c", "d"]])

    numbers = [block.number for block in blocks_of(nested) if isinstance(block, Table)]
    assert numbers == [1, 2]


def test_a_list_of_contents_is_marked():
    def contents(document):
        paragraph = document.add_paragraph("1. MỤC ĐÍCH 2")._p
        place = paragraph.getnext()
        part = wrap(element("w:docPartGallery", val="Table of Contents"), "w:sdtPr", "w:docPartObj")
        control = wrap(paragraph, "w:sdt", "w:sdtContent")
        control.insert(0, part)
        place.addprevious(control)

    (paragraph, *_) = blocks_of(contents)
    assert paragraph.in_contents


def test_forms_of_numbers():
    shown = []
    for form in ("decimalZero", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "none"):

        def numbered(document, form=form):
            style = document.styles["List Number"].element
            number = style.pPr.numPr.numId.val
            numbering = document.part.numbering_part.element
            abstract = numbering.num_having_numId(number).abstractNumId.val
            found = next(
                each
                for each in numbering.findall(qn("w:abstractNum"))
                if each.get(qn("w:abstractNumId")) == str(abstract)
            )
            found.find(qn("w:lvl")).find(qn("w:numFmt")).set(qn("w:val"), form)
            for _ in range(4):
                document.add_paragraph("x", style="List Number")

        shown.append(lines_of(numbered)[-1].removesuffix(" x"))
    assert shown == ["04.", "d.", "D.", "iv.", "IV.", "."]


def test_rows_and_cells_inside_content_controls():
    def controlled(document):
        made = table(document, [["a", "b"], ["c", "d"]])
        row, cell = made.rows[1]._tr, made.rows[0].cells[1]._tc
        place = row.getparent()
        place.append(wrap(row, "w:sdt", "w:sdtContent"))
        first = cell.getparent()
        first.append(wrap(cell, "w:sdt", "w:sdtContent"))

    (grid,) = (block for block in blocks_of(controlled) if isinstance(block, Table))
    assert [cell.text for cell in grid.cells()] == ["a", "b", "c", "d"]
