"""Forms cut out of a procedure: their own layout, and nothing else of the file."""

from .build import annexes
from .build import customary
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from eqms.exchange.word import read_procedure
from eqms.exchange.word.cutting import cut_form
from io import BytesIO
from PIL import Image
import pytest
import zipfile


def form_of(source):
    [annex] = [each for each in read_procedure(source, "thu.docx").annexes if each.kind == "form"]
    return cut_form(source, annex.start, annex.end, annex.title)


@pytest.fixture(scope="module")
def form():
    return form_of(customary())


def words(data):
    return "\n".join(Document(BytesIO(data)).element.body.itertext())


def test_it_holds_the_form_and_nothing_before_it(form):
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in words(form)
    assert "CẤP PHÉP TỔ CHỨC LỄ HỘI" in words(form)
    assert "Kính gửi" in words(form)
    assert "HỒ SƠ LƯU TRỮ" not in words(form)
    assert len(Document(BytesIO(form)).tables) == 1


def test_the_control_block_of_the_page_header_stays_behind(form):
    document = Document(BytesIO(form))
    assert all(section.header.is_linked_to_previous for section in document.sections)
    names = zipfile.ZipFile(BytesIO(form)).namelist()
    assert not [name for name in names if "header" in name or "footer" in name]


def test_styles_and_page_are_those_of_the_file(form):
    source = Document(BytesIO(customary()))
    cut = Document(BytesIO(form))
    assert [style.name for style in cut.styles] == [style.name for style in source.styles]
    assert cut.sections[0].page_width == source.sections[-1].page_width


def test_names_of_people_do_not_travel_with_it():
    def signed(document):
        document.core_properties.author = "Nguyễn Văn Tác Giả"
        document.core_properties.last_modified_by = "Trần Thị Sửa"
        annexes(document)
        inserted = OxmlElement("w:ins")
        inserted.set(qn("w:author"), "Lê Văn Chèn")
        paragraph = document.paragraphs[-1]._p
        run = document.add_paragraph().add_run("Ngày sinh")._r
        inserted.append(run)
        paragraph.append(inserted)

    form = form_of(customary(annexes=signed))
    assert "Ngày sinh" in words(form)
    with zipfile.ZipFile(BytesIO(form)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    for name in ("Tác Giả", "Thị Sửa", "Văn Chèn"):
        assert name not in everything


def test_pictures_of_the_form_come_along_and_others_do_not(tmp_path):
    def illustrated(document):
        document.paragraphs[0].add_run().add_picture(str(picture(tmp_path, "a.png", 1)))
        annexes(document)
        document.paragraphs[-1].add_run().add_picture(str(picture(tmp_path, "b.png", 2)))

    form = form_of(customary(annexes=illustrated))
    names = zipfile.ZipFile(BytesIO(form)).namelist()
    assert len([name for name in names if name.startswith("word/media/")]) == 1


def picture(folder, name, width):
    path = folder / name
    Image.new("RGB", (width, 1)).save(path)
    return path


def test_a_place_the_file_does_not_have_is_refused():
    with pytest.raises(ValueError, match="no elements"):
        cut_form(customary(), 5000, 5001, "")


def test_it_can_be_opened_and_cut_again(form):
    assert words(cut_form(form, 0, 2, "")).strip()
