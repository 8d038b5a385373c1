"""Documents made of Word files, in batches that can be taken back as a whole."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from dataclasses import replace
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.approval import actions
from eqms.approval.manifest import manifest
from eqms.documents.coding import register_of_codes
from eqms.documents.content import register_of
from eqms.documents.correction import correct
from eqms.documents.drafting import revise
from eqms.documents.errors import Conflict
from eqms.documents.indexers import is_unconfirmed
from eqms.documents.migration import close_window
from eqms.documents.migration import confirm
from eqms.documents.migration import open_window
from eqms.documents.snapshot import hash_of
from eqms.documents.upload import LONGEST
from eqms.domain import chain
from eqms.domain import clock
from eqms.exchange import importing
from eqms.exchange import reading
from eqms.exchange.batches import CannotUndo
from eqms.exchange.batches import open_batch
from eqms.exchange.batches import undo
from eqms.exchange.storage import batch_by
from eqms.exchange.storage import log_of
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Outcome
from eqms.exchange.word import read_procedure
from eqms.trail import storage as trail
from files import CODE
from files import imported
from files import leftovers
from files import procedure
from files import TITLE
from plone import api
from zExceptions import BadRequest
from zExceptions import Forbidden
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest


FILE = procedure()
OTHER = procedure(code="QT 06/CX-HCTP", title="Gia hạn giấy phép tổ chức lễ hội")


def outcomes(batch):
    return [file.outcome for file in batch.files]


def checks(file):
    return {remark.check for remark in file.remarks}


@pytest.fixture
def window(agency):
    with api.env.adopt_roles(["Manager"]):
        return open_window(agency, clock.now().date() + timedelta(days=10), "Chuyển tài liệu giấy")


@pytest.fixture
def drafts(agency):
    with acting("author"):
        return imported(agency, FILE, OTHER)


@pytest.fixture
def migrated(agency, window):
    with acting("controller"):
        return imported(agency, FILE, OTHER, mode=Mode.IN_FORCE)


class TestDraft:
    def test_a_file_becomes_a_document_with_its_first_draft(self, agency, drafts):
        assert outcomes(drafts) == [Outcome.CREATED, Outcome.CREATED]
        document = agency["qt-05-cx-hctp"]
        draft = document["rev-1"]
        assert (document.portal_type, document.code, document.title) == ("Procedure", CODE, TITLE)
        assert (draft.portal_type, draft.title) == ("ProcedureRevision", TITLE)
        assert (draft.issue_no, draft.amendment_no) == (3, 0)
        assert (draft.level, draft.field) == ("CX", "HCTP")
        assert api.content.get_state(draft) == "draft"
        assert draft.saved_by == ("author",)
        assert manifest(draft) == []

    def test_everything_that_was_read_is_in_its_field(self, agency, drafts):
        draft = agency["qt-05-cx-hctp"]["rev-1"]
        assert draft.purpose == "Nêu trình tự cấp phép lễ hội."
        assert draft.references == ["TCVN ISO 9001:2015", "Quy chế làm việc của Sở"]
        assert draft.coordinating_body == "Công an tỉnh"
        assert [row["kind"] for row in draft.dossier] == ["submit", "submit", "present", "note"]
        assert draft.scenarios[0]["value"] == "5"
        assert [row["times"] for row in draft.steps] == [
            ["½ ngày"],
            ["03 ngày"],
            ["01 ngày"],
            ["½ ngày"],
        ]
        assert draft.records[0]["keeper"] == "Phòng Nghiệp vụ"
        assert draft.legal_bases[1]["issued_on"] == "2018-08-29"
        [amendment] = draft.amendments
        assert amendment["number"] == "01"
        assert amendment["summary"] == "Rút ngắn thời hạn"
        assert amendment["ground"] == "Quyết định của Sở"

    def test_the_file_itself_is_its_source(self, agency, drafts):
        source = agency["qt-05-cx-hctp"]["rev-1"].source
        assert source.data == FILE
        assert (source.filename, source.contentType) == ("1.docx", reading.WORD)

    def test_the_trail_says_where_it_came_from(self, agency, drafts):
        rows = trail.rows(agency["qt-05-cx-hctp"].UID())
        assert [row["action"] for row in rows] == ["document_added", "draft_opened", "imported"]
        assert rows[-1]["details"] == {
            "batch": drafts.uid,
            "number": 1,
            "file": "1.docx",
            "sha256": drafts.files[0].sha256,
        }
        assert trail.rows(agency.UID())[-1]["action"] == "import_opened"

    def test_it_goes_the_way_of_any_other_draft(self, agency, drafts):
        draft = issue(agency["qt-05-cx-hctp"]["rev-1"])
        assert api.content.get_state(draft) == "in_force"
        assert not is_unconfirmed(draft)

    @pytest.mark.parametrize("who", ["reviewer", "approver", "member"])
    def test_only_who_may_add_documents_imports(self, agency, who):
        with acting(who), pytest.raises(Exception, match="Cannot create"):
            imported(agency, FILE)


class TestFindings:
    def test_the_same_file_makes_no_second_document(self, agency, drafts):
        with acting("author"):
            again = imported(agency, FILE, ("khác tên.docx", FILE))
        assert outcomes(again) == [Outcome.EXISTING] * 2
        assert {file.document for file in again.files} == {drafts.files[0].document}
        assert len(agency.objectIds()) == 2

    def test_twice_in_one_import_neither(self, agency):
        with acting("author"):
            batch = imported(agency, FILE, FILE)
        assert outcomes(batch) == [Outcome.CREATED, Outcome.EXISTING]

    def test_but_another_agency_has_its_own(self, portal, agency, drafts):
        people = {"other": ("Hồ Thị Khác", "authors")}
        other = make_agency(portal, "Sở Nội vụ", "SNV", people)
        with acting("other"):
            assert outcomes(imported(other, FILE)) == [Outcome.CREATED]

    def test_a_document_that_was_removed_is_made_anew(self, agency, drafts):
        with acting("author"):
            agency.manage_delObjects(["qt-05-cx-hctp"])
            assert outcomes(imported(agency, FILE)) == [Outcome.CREATED]

    def test_a_code_held_already_is_kept_and_reported(self, agency):
        add_document(agency, code=CODE, title="Có trước", field="HCTP", level="CX")
        with acting("author"):
            [file] = imported(agency, FILE).files
        assert file.outcome is Outcome.CREATED
        assert "code_collides" in checks(file)
        assert CODE in file.remarks[-1].message
        assert len(register_of_codes(agency).holders(CODE)) == 2

    def test_the_same_code_of_another_level_is_no_collision(self, agency):
        add_document(agency, code=CODE, title="Có trước", field="HCTP", level="CT")
        with acting("author"):
            [file] = imported(agency, FILE).files
        assert "code_collides" not in checks(file)

    def test_another_issuer_is_reported(self, agency):
        with acting("author"):
            own, foreign = imported(agency, FILE, procedure(issuer="SỞ XÂY DỰNG", code="A1")).files
        assert "issuer_differs" not in checks(own)
        assert "issuer_differs" in checks(foreign)

    def test_without_a_title_the_name_of_the_file_serves(self, agency, monkeypatch):
        def untitled(data, filename, **options):
            return replace(read_procedure(data, filename), title="")

        monkeypatch.setattr(reading, "read_procedure", untitled)
        with acting("author"):
            [file] = imported(agency, ("Cấp lại giấy phép.docx", FILE)).files
        assert (file.outcome, file.title) == (Outcome.CREATED, "Cấp lại giấy phép")
        assert "title_from_name" in checks(file)

    def test_what_cannot_be_a_code_is_reported(self, agency):
        with acting("author"):
            [file] = imported(agency, procedure(code="QT*05")).files
        assert (file.outcome, file.code) == (Outcome.CREATED, "")
        assert "code_not_usable" in checks(file)

    def test_a_mark_of_state_secrecy_is_reported(self, agency):
        with acting("author"):
            [file] = imported(agency, procedure(forms=stamped)).files
        assert file.outcome is Outcome.CREATED
        assert "secrecy_mark" in checks(file)


def stamped(document):
    document.sections[0].header.paragraphs[0].text = "TỐI MẬT"


class TestFailure:
    @pytest.mark.parametrize(
        ("data", "check"),
        [
            (b"", "empty_file"),
            (b"%PDF-1.7", "not_word"),
            (FILE[:2000], "damaged"),
            (procedure(control=None), "no_control_block"),
            (b"PK\x03\x04" + b"\0" * LONGEST, "file_too_large"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_an_unusable_file_makes_nothing_and_stops_nobody(self, agency, data, check):
        with acting("author"):
            batch = imported(agency, data, FILE)
        assert outcomes(batch) == [Outcome.FAILED, Outcome.CREATED]
        assert batch.files[0].error.check == check
        assert batch.files[0].document is None
        assert agency.objectIds() == ["qt-05-cx-hctp"]

    def test_a_fault_of_the_reader_stops_nobody_either(self, agency, monkeypatch):
        def fails(data, filename):
            raise KeyError(filename)

        with acting("author"):
            with monkeypatch.context() as patch:
                patch.setattr(reading, "read_procedure", fails)
                batch = imported(agency, FILE)
            assert outcomes(batch) == [Outcome.FAILED]
            assert batch.files[0].error.check == "reader_failed"
            assert outcomes(imported(agency, FILE)) == [Outcome.CREATED]

    def test_a_document_that_is_refused_leaves_nothing_behind(self, agency):
        before = leftovers(agency)
        with acting("author"):
            batch = imported(agency, procedure(title="Quá dài " * 80), FILE)
        failed, made = batch.files
        assert failed.outcome is Outcome.FAILED
        assert "title" in failed.error.message
        assert made.outcome is Outcome.CREATED
        with acting("author"):
            undo(agency, batch, "Thử")
        assert leftovers(agency) == before

    def test_nobody_adds_to_an_import_that_was_undone(self, agency, drafts):
        with acting("author"):
            undo(agency, drafts, "Nhầm đơn vị")
            with pytest.raises(Conflict):
                importing.import_file(agency, drafts, importing.Upload("x.docx", FILE))


class TestInForce:
    def test_documents_are_in_force_since_the_day_of_issue(self, agency, migrated):
        assert outcomes(migrated) == [Outcome.CREATED, Outcome.CREATED]
        document = agency["qt-05-cx-hctp"]
        revision = document["rev-1"]
        assert api.content.get_state(revision) == "in_force"
        assert api.content.get_state(document) == "public"
        assert revision.issued_at == datetime(2025, 7, 6, 17, tzinfo=UTC)
        assert revision.taken_over["batch"] == migrated.uid
        assert is_unconfirmed(revision)
        assert revision.content_hash == hash_of(revision) == migrated.files[0].content_hash

    def test_signers_of_the_file_are_declared_not_verified(self, agency, migrated):
        rows = manifest(agency["qt-05-cx-hctp"]["rev-1"])
        assert [(row["meaning"], row["name"], row["position"]) for row in rows] == [
            ("draft", "Đỗ Thị Thử", "Chuyên viên"),
            ("review", "Lý Văn Mẫu", "Trưởng phòng"),
            ("approval", "Hồ Thị Nghiệm", "Phó Giám đốc Sở Văn hóa"),
        ]
        assert {(row["kind"], row["person"], row["at"]) for row in rows} == {
            ("declared", None, None)
        }

    def test_a_file_may_say_that_it_came_in_force_later(self, agency, window, monkeypatch):
        def dated(data, filename, **options):
            return replace(read_procedure(data, filename), effective_on=date(2025, 7, 15))

        monkeypatch.setattr(reading, "read_procedure", dated)
        with acting("controller"):
            [file] = imported(agency, FILE, mode=Mode.IN_FORCE).files
        revision = importing.document_by_uid(file.document)["rev-1"]
        assert revision.issued_at == datetime(2025, 7, 6, 17, tzinfo=UTC)
        assert revision.in_force_from == datetime(2025, 7, 14, 17, tzinfo=UTC)

    @pytest.mark.parametrize("roles", [["Manager"], ["Document Controller"]])
    def test_without_a_window_nobody_begins(self, agency, roles):
        with api.env.adopt_roles(roles), pytest.raises(Forbidden):
            open_batch(agency, Mode.IN_FORCE)

    def test_nor_goes_on_after_it_was_closed(self, agency, migrated):
        with api.env.adopt_roles(["Manager"]):
            close_window(agency)
        with acting("controller"), pytest.raises(Forbidden):
            importing.import_file(agency, migrated, importing.Upload("3.docx", procedure(code="A")))

    def test_authors_do_not_migrate(self, agency, window):
        with acting("author"), pytest.raises(Forbidden):
            imported(agency, FILE, mode=Mode.IN_FORCE)

    @pytest.mark.parametrize(
        ("changes", "check"),
        [
            ({"issued": ""}, "issue_date_needed"),
            ({"issued": "01/01/2999"}, "refused"),
            ({"code": "QT*1"}, "refused"),
            ({"forms": stamped}, "secrecy_mark"),
        ],
    )
    def test_what_cannot_be_in_force_is_not_created(self, agency, window, changes, check):
        with acting("controller"):
            batch = imported(agency, procedure(**changes), FILE, mode=Mode.IN_FORCE)
        assert outcomes(batch) == [Outcome.FAILED, Outcome.CREATED]
        assert batch.files[0].error.check == check
        assert agency.objectIds() == ["qt-05-cx-hctp"]

    def test_two_of_one_code_are_both_in_force(self, agency, window):
        with acting("controller"):
            batch = imported(agency, FILE, procedure(title="Việc khác"), mode=Mode.IN_FORCE)
        assert outcomes(batch) == [Outcome.CREATED, Outcome.CREATED]
        assert "code_collides" in checks(batch.files[1])
        holders = register_of_codes(agency).holders(CODE)
        assert [holder.frozen for holder in holders] == [True, True]


class TestUndo:
    @pytest.mark.parametrize("mode", list(Mode))
    def test_nothing_is_left_over_but_the_record(self, agency, window, mode):
        before = leftovers(agency)
        with acting("controller"):
            batch = imported(agency, FILE, OTHER, mode=mode)
            assert leftovers(agency) != before
            removed = undo(agency, batch, "Nhầm đơn vị")
        assert removed == 2
        assert leftovers(agency) == before
        assert (batch.undone.by, batch.undone.reason) == ("controller", "Nhầm đơn vị")
        assert outcomes(batch_by(agency, "1")) == [Outcome.CREATED] * 2

    def test_the_trails_stay_and_say_why(self, agency, migrated):
        uids = [file.document for file in migrated.files]
        with acting("controller"):
            undo(agency, migrated, "Nhầm đơn vị")
        for uid in uids:
            rows = trail.rows(uid)
            assert [row["action"] for row in rows[-3:]] == [
                "migrate",
                "import_undone",
                "document_removed",
            ]
            assert rows[-2]["details"]["reason"] == "Nhầm đơn vị"
            assert chain.verify(rows) == []
        row = trail.rows(agency.UID())[-1]
        assert (row["action"], row["details"]["documents"]) == ("import_undone", uids)

    @pytest.mark.parametrize("mode", list(Mode))
    def test_the_same_files_can_be_imported_again(self, agency, window, mode):
        with acting("controller"):
            undo(agency, imported(agency, FILE, OTHER, mode=mode), "Nhầm")
            again = imported(agency, FILE, OTHER, mode=mode)
        assert outcomes(again) == [Outcome.CREATED] * 2
        assert sorted(agency.objectIds()) == ["qt-05-cx-hctp", "qt-06-cx-hctp"]
        assert not any(checks(file) & {"code_collides"} for file in again.files)

    def test_documents_that_were_there_before_stay(self, agency, drafts):
        with acting("author"):
            again = imported(agency, FILE)
            assert undo(agency, again, "Nhập trùng") == 0
        assert "qt-05-cx-hctp" in agency.objectIds()

    def test_what_somebody_removed_meanwhile_is_no_obstacle(self, agency, drafts):
        with acting("author"):
            agency.manage_delObjects(["qt-05-cx-hctp"])
            assert undo(agency, drafts, "Nhầm") == 1

    def test_once_and_with_a_reason(self, agency, drafts):
        with acting("author"):
            with pytest.raises(BadRequest):
                undo(agency, drafts, " ")
            undo(agency, drafts, "Nhầm")
            with pytest.raises(Conflict):
                undo(agency, drafts, "Nhầm nữa")

    def test_a_corrected_document_can_still_be_taken_back(self, agency, migrated):
        with acting("controller"):
            correct(agency["qt-05-cx-hctp"]["rev-1"], {"title": "Tên đúng"}, "Đọc sai")
            assert undo(agency, migrated, "Nhầm đơn vị") == 2

    def test_without_a_window_what_is_in_force_stays(self, agency, migrated):
        with api.env.adopt_roles(["Manager"]):
            close_window(agency)
        with acting("controller"), pytest.raises(Forbidden):
            undo(agency, migrated, "Nhầm")
        with api.env.adopt_roles(["Manager"]), pytest.raises(Forbidden):
            undo(agency, migrated, "Nhầm")

    def test_authors_do_not_take_back_what_is_in_force(self, agency, migrated):
        with acting("author"), pytest.raises(Forbidden):
            undo(agency, migrated, "Nhầm")


def submit(agency, document):
    with acting("author"):
        actions.transition(document["rev-1"], "submit")


def submit_and_recall(agency, document):
    with acting("author"):
        actions.transition(document["rev-1"], "submit")
        actions.transition(document["rev-1"], "recall", "Nghĩ lại")


def put_in_force(agency, document):
    issue(document["rev-1"])


def edit(agency, document):
    with acting("second_author"):
        document["rev-1"].purpose = "Mục đích khác"
        notify(ObjectModifiedEvent(document["rev-1"]))


def hold(agency, document):
    document.legal_hold = True


def open_next(agency, document):
    with acting("author"):
        revise(document)


def supersede(agency, document):
    with acting("author"):
        following = revise(document)
        following.amendments = [{"number": "03/01", "summary": "Thêm", "ground": "NĐ 1"}]
        notify(ObjectModifiedEvent(following))
    issue(following)


def confirmed(agency, document):
    with acting("approver"):
        confirm(document["rev-1"])


class TestUndoRefused:
    @pytest.mark.parametrize("build", [submit, submit_and_recall, put_in_force, edit, hold])
    def test_as_soon_as_something_is_built_on_a_draft(self, agency, drafts, build):
        build(agency, agency["qt-05-cx-hctp"])
        self.refused(agency, drafts)

    @pytest.mark.parametrize("build", [open_next, supersede, confirmed, hold])
    def test_or_on_what_was_taken_over(self, agency, migrated, build):
        build(agency, agency["qt-05-cx-hctp"])
        self.refused(agency, migrated)

    def refused(self, agency, batch):
        before, rows = leftovers(agency), len(trail.rows(agency.UID()))
        with acting("controller"), pytest.raises(CannotUndo) as refusal:
            undo(agency, batch, "Nhầm")
        [obstacle] = refusal.value.obstacles
        assert obstacle.document.getId() == "qt-05-cx-hctp"
        assert CODE in str(refusal.value)
        assert obstacle.told in str(refusal.value)
        assert leftovers(agency) == before
        assert len(trail.rows(agency.UID())) == rows
        assert batch.undone is None

    def test_a_further_revision_counts_also_when_it_was_discarded(self, agency, migrated):
        document = agency["qt-05-cx-hctp"]
        with acting("author"):
            actions.transition(revise(document), "withdraw", "Thôi")
        self.refused(agency, migrated)
        assert len(register_of(document).entries) == 2


def test_numbers_of_imports_rise_and_the_newest_is_first(agency):
    with acting("author"):
        for _time in range(3):
            open_batch(agency, Mode.DRAFT)
    assert [batch.number for batch in log_of(agency).batches] == [3, 2, 1]
    assert batch_by(agency, "2").number == 2
    for unknown in ("0", "4", "-1", "x", "", "²", "9" * 30):
        assert batch_by(agency, unknown) is None


def test_dates_are_days_of_the_site(agency):
    """A file issued today can be taken over today, also early in the morning in Việt Nam."""
    with clock.frozen(datetime(2026, 3, 9, 17, 30, tzinfo=UTC)):
        with api.env.adopt_roles(["Manager"]):
            open_window(agency, date(2026, 3, 10), "Chuyển đổi")
        with acting("controller"):
            [file] = imported(agency, procedure(issued="10/3/2026"), mode=Mode.IN_FORCE).files
    assert file.outcome is Outcome.CREATED
