"""Word files from the templates of agencies, and templates that want more than they may."""

from cast import issue
from cast import PASSWORD
from docx import Document
from eqms.printing.content import is_template
from eqms.printing.content import NoTemplate
from eqms.printing.sandbox import bounded
from eqms.printing.sandbox import ForbiddenTemplate
from eqms.printing.sandbox import plain
from eqms.printing.sandbox import TemplateLanguage
from eqms.printing.word import facts
from eqms.printing.word import filled
from eqms.printing.word import NAMES
from eqms.printing.word import OURS
from eqms.printing.word import unknown_names
from eqms.printing.word import word_of
from eqms.trail import storage as trail
from io import BytesIO
from jinja2 import TemplateError
from plone import api
from plone.namedfile.file import NamedBlobFile
from printing.reading import fill
from zExceptions import HTTPConflict
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction
import zipfile


VALUES = plain({"block": {"title": "a & <b>"}, "steps": [{"times": ["1", "2"]}], "text": "chữ"})


def word(*paragraphs):
    """A Word file with a paragraph for each text."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def template(*paragraphs):
    return NamedBlobFile(word(*paragraphs), filename="mau.docx")


def lines(data):
    """Texts of the paragraphs and cells of a Word file, and of head and foot."""
    document = Document(BytesIO(data))
    section = document.sections[0]
    parts = (section.header, document, section.footer)
    cells = [
        cell.text
        for part in parts
        for table in part.tables
        for row in table.rows
        for cell in row.cells
    ]
    return [item.text for part in parts for item in part.paragraphs] + cells


@pytest.fixture
def revision(document):
    return fill(document["rev-1"], requirements="Dòng một\nDòng hai & <ba>")


class TestOurTemplate:
    def test_it_is_what_the_script_makes_and_asks_for_nothing_unknown(self):
        assert unknown_names(OURS.read_bytes()) == []

    def test_a_procedure(self, revision):
        issue(revision)
        found = lines(word_of(revision))
        text = "\n".join(found)
        for line in (
            "QUY TRÌNH\nĐĂNG KÝ KHAI SINH",
            "Mã hiệu: QT 01/CX-HCTP",
            "Lần ban hành: 01, sửa đổi: 00",
            "a. Thành phần, số lượng hồ sơ",
            "- Tờ khai đăng ký khai sinh",
            "Dòng một\nDòng hai & <ba>",
            "đ. Căn cứ pháp lý",
            "Thẩm tra",
            "½ ngày",
            "Trần Văn Xét",
            "Đã xác nhận trên phần mềm",
            "BẢN IN KHÔNG KIỂM SOÁT",
            "Vĩnh viễn",
        ):
            assert line in text
        assert "{{" not in text
        assert "{%" not in text

    def test_a_draft_says_so(self, revision):
        assert "DỰ THẢO" in "\n".join(lines(word_of(revision)))

    def test_everything_it_may_put_in_is_there(self, revision):
        assert facts(revision).keys() == NAMES


class TestLanguage:
    @pytest.mark.parametrize(
        ("source", "made"),
        [
            ("{{ block.title }}", "a &amp; &lt;b&gt;"),
            ("{{ block['title']|upper }}", "A &amp; &lt;B&gt;"),
            ("{% for s in steps %}{% for t in s.times %}{{ t }};{% endfor %}{% endfor %}", "1;2;"),
            ("{{ steps[0].times|join(', ') }}", "1, 2"),
            ("{% for s in steps %}{{ loop.index }}{% endfor %}", "1"),
            ("{% if block.nothing is defined %}x{% else %}y{% endif %}", "y"),
        ],
    )
    def test_what_it_can_do(self, source, made):
        assert TemplateLanguage().from_string(source).render(VALUES) == made

    @pytest.mark.parametrize(
        "source",
        [
            "{{ ''.__class__.__mro__ }}",
            "{{ block.__class__ }}",
            "{{ block['__class__'] }}",
            "{{ block.items }}",
            "{{ steps.append }}",
            "{{ self.__init__ }}",
            "{{ self._TemplateReference__context }}",
            "{{ loop }}",
            "{% for s in steps %}{{ loop._iterable }}{% endfor %}",
            "{% for s in steps %}{{ loop.__init__ }}{% endfor %}",
            "{{ cycler.__init__.__globals__ }}",
            "{{ lipsum }}",
            "{{ range }}",
            "{{ block|attr('__class__') }}",
            "{{ block.title|format('x') }}",
            "{{ block.title|center(1000000000) }}",
            "{{ steps|map(attribute='x')|list }}",
            "{{ block.title.format('x') }}",
            "{{ block.title.upper() }}",
            "{{ (1).__class__ }}",
            "{{ 'a' * 1000000000 }}",
            "{{ 9 ** 999999999 }}",
            "{{ '%999999999d' % 1 }}",
            "{{ block.title ~ block.title }}",
            "{{ block.title + block.title }}",
            "{{ block.title[::1] }}",
            "{{ [1, 2, 3] }}",
            "{% set x = block.title %}",
            "{% macro m() %}{% endmacro %}",
            "{% include 'x' %}",
            "{% import 'os' as os %}",
            "{% extends 'x' %}",
            "{% filter upper %}x{% endfilter %}",
            "{% call block.title() %}{% endcall %}",
            "{% autoescape false %}{{ block.title }}{% endautoescape %}",
            "{{ block.title|safe }}",
            "{% for s in steps recursive %}{{ loop(s) }}{% endfor %}",
            "{% for a in steps %}{% for b in steps %}{% for c in steps %}{% for d in steps %}x"
            "{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
            "{% for letter in text %}x{% endfor %}",
            "{{ unknown }}",
            "{{ block.title",
        ],
    )
    def test_everything_else_is_refused(self, source):
        with pytest.raises((TemplateError, TypeError)):
            TemplateLanguage().from_string(source).render(VALUES)

    def test_a_flood_is_stopped(self, monkeypatch):
        monkeypatch.setattr("eqms.printing.sandbox.LONGEST", 10)
        assert bounded(["12345", "12345"]) == "1234512345"
        with pytest.raises(ForbiddenTemplate):
            bounded("123456" for _endless in iter(int, 1))

    def test_control_characters_cannot_break_the_file(self):
        made = filled(word("{{ block.title }}"), {"block": {"title": "a\x00\x0b\x1fb\ufffec"}})
        assert "abc" in lines(made)

    def test_values_stay_text(self):
        value = "{{ 7 * 7 }}</w:t></w:r><w:r><w:t>x"
        assert value in lines(filled(word("{{ block.title }}"), {"block": {"title": value}}))


class TestField:
    def refused(self, value):
        with pytest.raises(NoTemplate) as error:
            is_template(value)
        return str(error.value.doc().default)

    def test_a_good_one_is_taken(self):
        assert is_template(template("{{ block.title }}"))
        assert is_template(NamedBlobFile(OURS.read_bytes(), filename="mau.docx"))

    def test_others_are_refused_with_the_reason(self):
        assert "no Word file" in self.refused(NamedBlobFile(b"%PDF-1.7", filename="mau.docx"))
        assert "may only put in" in self.refused(template("{{ block.title.upper() }}"))
        assert "has an error" in self.refused(template("{{ block.title"))
        assert "what there is not" in self.refused(template("{{ request }}"))

    def test_a_bomb_is_not_unpacked(self):
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b"0" * 50_000_000)
        assert self.refused(NamedBlobFile(stream.getvalue(), filename="mau.docx"))

    def test_a_large_one_is_refused(self, monkeypatch):
        monkeypatch.setattr("eqms.printing.content.LARGEST", 100)
        assert "At most" in self.refused(template("x"))


class TestAgency:
    def test_its_template_is_used(self, agency, revision):
        agency.docx_template = template("{{ block.agency|upper }}: {{ block.title }}")
        assert "SỞ TƯ PHÁP: Đăng ký khai sinh" in lines(word_of(revision))

    @pytest.mark.parametrize("field", ["{{ block.nothing }}", "{{ ''.__class__ }}"])
    def test_one_that_cannot_be_filled_says_why(self, agency, revision, field):
        agency.docx_template = template(field)
        with pytest.raises(HTTPConflict):
            word_of(revision)

    def test_another_template_stands_in_the_trail(self, agency):
        agency.docx_template = template("{{ block.title }}")
        notify(ObjectModifiedEvent(agency))
        notify(ObjectModifiedEvent(agency))
        rows = [
            row
            for row in trail.trail_of(api.content.get_uuid(agency))
            if row["action"] == "print_template_changed"
        ]
        assert len(rows) == 1

    def test_who_gets_the_file(self, live_document, request_factory):
        def get(who, path):
            auth = {"basic_auth": (who, PASSWORD)} if who else {}
            return request_factory(api=False, **auth).get(path, allow_redirects=False)

        issue(live_document["rev-1"])
        transaction.commit()
        address = "so-tu-phap/dang-ky-khai-sinh/rev-1/@@docx"
        answer = get("author", address)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "1. MỤC ĐÍCH" in lines(answer.content)
        assert get("author", "so-tu-phap/@@docx-template").content == OURS.read_bytes()
        for path in (address, "so-tu-phap/@@docx-template"):
            assert get(None, path).status_code in (302, 401)
            assert get("member", path).status_code in (302, 401)
