"""What cites an outdated text is to be reviewed at once; nothing of it changes for that."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from eqms.documents.drafting import revise
from eqms.domain.numbering import Change
from eqms.procedures.review import outdated_citations
from eqms.procedures.review import to_review
from eqms.references.folder import references_folder
from eqms.references.lookup import citing
from plone import api
from references.texts import add_text
from references.texts import change
from references.texts import EXPIRED
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent


BASIS = {
    "text": "Nghị định số 123/2015/NĐ-CP ngày 15/11/2015 của Chính phủ",
    "number": "123/2015/NĐ-CP",
    "issued_on": "2015-11-15",
    "title": "",
}
AMENDED = [{"number": "02/00", "summary": "Căn cứ", "ground": "Văn bản mới"}]


def write(revision, by="author", **values):
    with acting(by):
        for name, value in values.items():
            setattr(revision, name, value)
        notify(ObjectModifiedEvent(revision))


def in_force(agency, code="QT 01/CX-HCTP", **values):
    document = add_document(agency, code=code)
    write(document["rev-1"], **{"legal_bases": [BASIS], **values})
    issue(document["rev-1"])
    return document


def uids(brains):
    return [brain.UID for brain in brains]


class TestCiting:
    def test_by_whatever_the_citation_calls_it(self, agency):
        document = in_force(
            agency,
            legal_bases=[
                {"text": "Luật Hộ tịch năm 2014"},
                {"text": "Nghị định số 123/2015/NĐ-CP của Chính phủ", "number": ""},
            ],
            references=["Tiêu chuẩn quốc gia TCVN ISO 9001:2015"],
            administrative_procedures=[{"code": "1.001193", "name": "Đăng ký khai sinh"}],
        )
        for key in ("luat ho tich 2014", "123/2015/nd-cp", "tcvn iso 9001:2015", "tthc:1.001193"):
            assert uids(citing([key])) == [document.UID()]

    def test_only_what_is_in_force_counts(self, agency):
        document = in_force(agency)
        with acting("author"):
            draft = revise(document, Change.REISSUE)
        write(draft, legal_bases=[{"text": "Luật Hộ tịch năm 2014"}], amendments=AMENDED)
        assert uids(citing(["luat ho tich 2014"])) == []
        issue(draft)
        assert uids(citing(["luat ho tich 2014"])) == [document.UID()]
        assert uids(citing(["123/2015/nd-cp"])) == []


class TestOutdated:
    def test_all_who_cite_it_at_once(self, agency):
        first, second = in_force(agency), in_force(agency, "QT 02/CX-HCTP")
        in_force(agency, "QT 03/CX-HCTP", legal_bases=[{"text": "Luật Hộ tịch năm 2014"}])
        text = add_text()
        hashes = [document["rev-1"].content_hash for document in (first, second)]
        assert to_review(0, 10).total == 0
        change(text, **EXPIRED)
        found = to_review(0, 10)
        assert (uids(row.brain for row in found.rows), found.total) == (
            [first.UID(), second.UID()],
            2,
        )
        assert [entry.uid for entry in found.rows[0].outdated] == [text.UID()]
        assert [entry.uid for entry in outdated_citations(first)] == [text.UID()]
        assert [document["rev-1"].content_hash for document in (first, second)] == hashes

    def test_and_no_longer_when_they_cite_it_no_more(self, agency):
        document = in_force(agency)
        change(add_text(), **EXPIRED)
        with acting("author"):
            draft = revise(document, Change.REISSUE)
        write(draft, legal_bases=[{"text": "Nghị định số 1/2026/NĐ-CP"}], amendments=AMENDED)
        issue(draft)
        assert to_review(0, 10).total == 0

    def test_nor_when_the_text_was_marked_by_mistake(self, agency):
        in_force(agency)
        text = change(add_text(), **EXPIRED)
        change(text, validity="in_force")
        assert to_review(0, 10).total == 0

    def test_a_text_that_is_registered_as_expired_later(self, agency):
        document = in_force(agency)
        add_text(**EXPIRED)
        assert uids(row.brain for row in to_review(0, 10).rows) == [document.UID()]

    def test_an_abolished_administrative_procedure(self, agency):
        in_force(agency, administrative_procedures=[{"code": "1.001193", "name": "Khai sinh"}])
        with acting("controller"):
            made = api.content.create(
                references_folder(),
                "AdministrativeProcedure",
                title="Khai sinh",
                code="1.001193",
                state="abolished",
            )
        assert [e.uid for e in to_review(0, 10).rows[0].outdated] == [made.UID()]

    def test_by_agency_and_by_text(self, portal, agency):
        in_force(agency)
        other = make_agency(portal, "Sở Nội vụ", "SNV", {})
        text = change(add_text(), **EXPIRED)
        assert to_review(0, 10, agency=other.UID()).total == 0
        assert to_review(0, 10, agency=agency.UID()).total == 1
        assert to_review(0, 10, reference=text.UID()).total == 1
        assert to_review(0, 10, reference="x").total == 0

    def test_what_is_not_public_is_not_told_to_others(self, agency):
        in_force(agency, classification="restricted")
        change(add_text(), **EXPIRED)
        with acting("controller"):
            assert to_review(0, 10).total == 1
        with acting("member"):
            assert to_review(0, 10).total == 0

    def test_parts_of_the_list(self, agency):
        for number in range(3):
            in_force(agency, f"QT 0{number + 1}/CX-HCTP")
        change(add_text(), **EXPIRED)
        found = to_review(2, 2)
        assert (len(found.rows), found.total) == (1, 3)
        assert to_review(10, 2).total == 3
