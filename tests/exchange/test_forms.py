"""Forms behind a procedure: documents of their own that ride with it."""

from cast import acting
from datetime import timedelta
from docx import Document
from eqms.documents.migration import open_window
from eqms.domain import clock
from eqms.exchange import incoming
from eqms.exchange.batches import undo
from eqms.exchange.importing import document_by_uid
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Outcome
from eqms.trail import storage as trail
from files import CODE
from files import imported
from files import leftovers
from files import procedure
from io import BytesIO
from plone import api
from word.build import annexes
from word.build import CONTENT
from word.build import paragraphs
import pytest


FILE = procedure(annexes=annexes)
TITLE = "Đơn đề nghị cấp phép tổ chức lễ hội"


def form_of(batch):
    [file] = batch.files
    assert file.error is None
    [form] = file.forms
    return document_by_uid(form.document)


@pytest.fixture
def drafts(agency):
    with acting("author"):
        return imported(agency, FILE)


def test_a_form_is_a_document_with_the_file_for_whoever_may_read_it(drafts):
    form = form_of(drafts)
    assert (form.portal_type, form.title, form.code) == ("ControlledForm", TITLE, f"BM {CODE}.01")
    draft = form["rev-1"]
    assert (draft.issue_no, draft.amendment_no) == (3, 0)
    [file] = draft.objectValues()
    words = "".join(Document(BytesIO(file.file.data)).element.body.itertext())
    assert "Kính gửi" in words
    assert "HỒ SƠ LƯU TRỮ" not in words
    assert draft.source is None


def test_the_procedure_names_it(agency, drafts):
    rows = agency["qt-05-cx-hctp"]["rev-1"].application_forms
    assert rows[0]["name"] == "Đơn đề nghị cấp phép"
    assert rows[-1]["name"] == TITLE
    assert rows[-1]["document"] == form_of(drafts).UID()


def test_a_form_the_procedure_names_is_linked_where_it_is_named(agency):
    def content(document):
        named = f"g. Mẫu đơn, mẫu tờ khai: {TITLE} (nếu nộp trực tiếp);"
        paragraphs(document, [named if line.startswith("g.") else line for line in CONTENT])

    with acting("author"):
        batch = imported(agency, procedure(annexes=annexes, content=content))
    [row] = agency["qt-05-cx-hctp"]["rev-1"].application_forms
    assert row["document"] == form_of(batch).UID()


def test_the_trail_says_where_it_came_from(drafts):
    rows = trail.rows(form_of(drafts).UID())
    assert [row["action"] for row in rows][-1] == "imported"


@pytest.mark.parametrize("mode", Mode)
def test_it_is_taken_back_with_its_procedure(agency, mode):
    with api.env.adopt_roles(["Manager"]):
        open_window(agency, clock.now().date() + timedelta(days=10), "Chuyển tài liệu giấy")
    before = leftovers(agency)
    with acting("controller"):
        batch = imported(agency, FILE, mode=mode)
        assert undo(agency, batch, "Nhầm") == 1
    assert leftovers(agency) == before


def test_it_is_in_force_with_its_procedure(agency):
    with api.env.adopt_roles(["Manager"]):
        open_window(agency, clock.now().date() + timedelta(days=10), "Chuyển tài liệu giấy")
    with acting("controller"):
        form = form_of(imported(agency, FILE, mode=Mode.IN_FORCE))
    assert api.content.get_state(form["rev-1"]) == "in_force"
    assert form["rev-1"].taken_over["batch"]


def test_without_a_code_of_the_procedure_it_has_none(agency):
    with acting("author"):
        batch = imported(agency, procedure(code="", annexes=annexes))
    assert not form_of(batch).code


def test_a_file_of_word_97_keeps_its_own_digest_and_is_known_again(agency, monkeypatch):
    old = b"\xd0\xcf\x11\xe0 an old file"
    monkeypatch.setattr(incoming, "as_docx", lambda data: FILE if data == old else data)
    with acting("author"):
        first = imported(agency, ("cũ.doc", old))
        again = imported(agency, ("cũ.doc", old))
    source = agency["qt-05-cx-hctp"]["rev-1"].source
    assert (source.filename, source.data) == ("cũ.docx", FILE)
    assert form_of(first).title == TITLE
    assert [file.outcome for file in again.files] == [Outcome.EXISTING]
