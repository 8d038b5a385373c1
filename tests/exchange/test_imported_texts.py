"""The legal bases of imported files are registered, each once."""

from cast import acting
from datetime import date
from eqms.documents.dates import site_zone
from eqms.documents.migration import open_window
from eqms.domain.clock import today
from eqms.exchange.storage import Mode
from eqms.references.folder import references_folder
from eqms.references.lookup import citing
from eqms.references.registering import Citation
from eqms.references.registering import register_cited
from eqms.trail import storage as trail
from files import imported
from files import procedure
from plone import api
from references.texts import add_text
import pytest


OTHER = procedure(code="QT 06/CX-HCTP", title="Gia hạn giấy phép tổ chức lễ hội")
DECREE = Citation(
    "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ về hộ tịch", "123/2015/NĐ-CP"
)


def labels():
    return sorted(text.label for text in references_folder().objectValues())


class TestImport:
    def test_texts_of_two_files_that_cite_the_same_are_registered_once(self, agency):
        with acting("author"):
            imported(agency, procedure(), OTHER)
        assert labels() == [
            "Luật Di sản văn hóa năm 2024",
            "Nghị định số 110/2018/NĐ-CP: Quy định về quản lý lễ hội",
        ]

    def test_with_what_the_file_says_of_them(self, agency):
        with acting("author"):
            imported(agency, procedure())
        text = references_folder()["110-2018-nd-cp"]
        assert (text.kind, text.issuer, text.issued_on, text.validity) == (
            "decree",
            "Chính phủ",
            date(2018, 8, 29),
            "in_force",
        )
        assert [row["actor"] for row in trail.rows(text.UID())] == ["author"]

    def test_what_was_registered_before_stays_as_it_was(self, agency):
        text = add_text(number="110/2018/NĐ-CP", title="Quản lý và tổ chức lễ hội")
        with acting("author"):
            imported(agency, procedure())
        assert text.title == "Quản lý và tổ chức lễ hội"
        assert len(labels()) == 2

    def test_a_file_that_is_refused_registers_nothing(self, agency):
        with api.env.adopt_roles(["Manager"]):
            open_window(agency, today(site_zone()), "Chuyển tài liệu giấy")
        with acting("controller"):
            batch = imported(agency, procedure(issued=""), mode=Mode.IN_FORCE)
        assert (batch.created, labels()) == ([], [])


class TestRegisteringCitations:
    @pytest.mark.parametrize(
        "text",
        ["Luật Hộ tịch", "Các văn bản khác có liên quan", "Nghị định của Chính phủ", ""],
    )
    def test_what_does_not_say_which_text_it_means_makes_nothing(self, portal, text):
        assert register_cited([Citation(text)]) == []

    def test_nor_does_what_may_mean_a_registered_text(self, agency):
        add_text(kind="decision", number="101/QĐ-BKHCN", issued_on=date(2019, 1, 21))
        assert register_cited([Citation("Quyết định số 101/QĐ-BKHCN", "101/QĐ-BKHCN")]) == []

    def test_the_same_twice_in_a_row(self, portal):
        assert len(register_cited([DECREE, DECREE])) == 1

    def test_a_law_keeps_its_year(self, portal):
        [law] = register_cited([Citation("Luật Hộ tịch năm 2014", title="Luật Hộ tịch", year=2014)])
        assert law.label == "Luật Hộ tịch năm 2014"
        assert law.entry().sure == ("luat ho tich 2014",)

    def test_who_cites_it_finds_it(self, agency):
        with acting("author"):
            imported(agency, procedure())
        text = references_folder()["110-2018-nd-cp"]
        assert list(citing(text.entry().keys)) == []  # a draft
