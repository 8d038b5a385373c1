"""Files that wait: read, corrected, and only then made documents; by REST, as scripts do it."""

from base64 import b64encode
from cast import acting
from cast import PASSWORD
from datetime import timedelta
from eqms.approval import actions
from eqms.documents.migration import open_window
from eqms.documents.upload import Upload
from eqms.domain import clock
from eqms.domain.route_plan import plan_of
from eqms.exchange.staging import working
from eqms.exchange.staging.expiring import DropExpired
from eqms.exchange.staging.storage import DAYS_KEPT
from eqms.exchange.staging.storage import open_staging
from eqms.exchange.staging.storage import stagings_of
from eqms.exchange.staging.working import Become
from eqms.exchange.staging.working import commit
from eqms.exchange.staging.working import correct
from eqms.exchange.staging.working import stage
from eqms.exchange.storage import log_of
from eqms.exchange.storage import Outcome
from files import CODE
from files import leftovers
from files import procedure
from files import TITLE
from plone import api
from types import SimpleNamespace
from word.build import annexes
from zExceptions import BadRequest
from zExceptions import Forbidden
import pytest


FILE = procedure()
OTHER = procedure(code="QT 06/CX-HCTP", title="Gia hạn giấy phép")


@pytest.fixture
def staging(agency):
    with acting("author"):
        staging = open_staging(agency)
        for number, data in enumerate((FILE, OTHER), 1):
            stage(staging, Upload(f"{number}.docx", data))
    return staging


def test_nothing_is_created_before_somebody_says_so(agency, staging):
    assert leftovers(agency)["children"] == []
    assert log_of(agency).batches == []
    assert [(file.code, file.title) for file in staging.files] == [
        (CODE, TITLE),
        ("QT 06/CX-HCTP", "Gia hạn giấy phép"),
    ]


def test_what_was_corrected_is_in_the_document_and_the_rest_as_read(agency, staging):
    first = staging.files[0]
    with acting("author"):
        correct(staging, first, {"code": "QT 99/CX-HCTP", "records": [{"name": "Sổ mới"}]})
        batch = commit(agency, staging, Become.DRAFT)
    assert batch.count(Outcome.CREATED) == 2
    draft = agency["qt-99-cx-hctp"]["rev-1"]
    assert [row["name"] for row in draft.records] == ["Sổ mới"]
    assert draft.title == TITLE
    assert [row["times"] for row in draft.steps] == [
        ["½ ngày"],
        ["03 ngày"],
        ["01 ngày"],
        ["½ ngày"],
    ]
    assert api.content.get_state(draft) == "draft"


def test_what_became_a_document_waits_no_more(agency, staging):
    with acting("author"):
        commit(agency, staging, Become.DRAFT, files=staging.files[:1])
        assert [file.code for file in staging.files] == ["QT 06/CX-HCTP"]
        commit(agency, staging, Become.DRAFT)
    assert stagings_of(agency) == []


def test_the_lot_goes_into_review_with_its_forms(agency):
    with acting("author"):
        staging = open_staging(agency)
        stage(staging, Upload("1.docx", procedure(annexes=annexes)))
        [file] = commit(agency, staging, Become.REVIEW).files
    states = {api.content.get_state(document["rev-1"]) for document in agency.objectValues()}
    assert len(agency.objectValues()) == 2
    assert states == {"in_review"}
    assert "not_submitted" not in {remark.check for remark in file.remarks}


def test_they_are_submitted_to_the_head_of_the_unit_that_is_named(agency):
    with api.env.adopt_roles(["Manager"]):
        unit = api.content.create(agency, "Unit", title="Phòng HCTP", head="reviewer").UID()
    review = {"phase": "review", "members": ["function:unit_head"]}
    approval = {"phase": "approval", "members": ["function:approvers"]}
    agency._route_plans = {"": plan_of({"steps": [review, approval]})}
    with acting("author"):
        staging = open_staging(agency)
        stage(staging, Upload("1.docx", procedure(annexes=annexes)))
        with pytest.raises(BadRequest):
            commit(agency, staging, Become.REVIEW, unit="0" * 32)
        commit(agency, staging, Become.REVIEW, unit=unit)
    revisions = [
        document["rev-1"] for document in agency.objectValues() if "rev-1" in document.objectIds()
    ]
    assert len(revisions) == 2
    assert {revision.unit for revision in revisions} == {unit}
    assert {api.content.get_state(revision) for revision in revisions} == {"in_review"}


def test_what_cannot_be_submitted_stays_a_draft_and_says_why(agency, staging, monkeypatch):
    def transition(revision, name):
        if revision.title == TITLE:
            raise BadRequest("Fix the steps first.")
        actions.transition(revision, name)

    monkeypatch.setattr(working, "actions", SimpleNamespace(transition=transition))
    with acting("author"):
        batch = commit(agency, staging, Become.REVIEW)
    [remark] = [each for each in batch.files[0].remarks if each.check == "not_submitted"]
    assert "Fix the steps first." in remark.message
    assert api.content.get_state(agency["qt-05-cx-hctp"]["rev-1"]) == "draft"
    assert api.content.get_state(agency["qt-06-cx-hctp"]["rev-1"]) == "in_review"


def test_in_force_needs_the_window_and_takes_the_corrected_day(agency, staging):
    with acting("controller"), pytest.raises(Forbidden):
        commit(agency, staging, Become.IN_FORCE)
    with api.env.adopt_roles(["Manager"]):
        open_window(agency, clock.now().date() + timedelta(days=10), "Chuyển tài liệu giấy")
    with acting("controller"):
        correct(staging, staging.files[0], {"issued_on": "2024-02-01"})
        commit(agency, staging, Become.IN_FORCE)
    revision = agency["qt-05-cx-hctp"]["rev-1"]
    assert api.content.get_state(revision) == "in_force"
    assert revision.issued_at.date().isoformat() in {"2024-01-31", "2024-02-01"}


def test_a_file_without_control_block_waits_for_somebody_who_knows_it(agency):
    with acting("author"):
        staging = open_staging(agency)
        file, reading = stage(staging, Upload("x.docx", procedure(control=None)))
        assert reading.steps
        assert "control_block_missing" in {remark.check for remark in file.remarks}
        correct(staging, file, {"code": CODE, "title": TITLE})
        commit(agency, staging, Become.DRAFT)
    assert agency["qt-05-cx-hctp"].title == TITLE


def test_what_fails_stays_with_the_reason(agency, staging):
    with acting("author"):
        correct(staging, staging.files[0], {"records": [{"nombre": "x"}]})
        batch = commit(agency, staging, Become.DRAFT)
    assert [file.outcome for file in batch.files] == [Outcome.FAILED, Outcome.CREATED]
    [left] = staging.files
    assert "nombre" in left.error.message
    assert agency.objectIds() == ["qt-06-cx-hctp"]


@pytest.mark.parametrize("changes", [{"nombre": "x"}, {"issued_on": "tháng bảy"}])
def test_what_is_no_correction_is_refused(staging, changes):
    with acting("author"), pytest.raises(BadRequest):
        correct(staging, staging.files[0], changes)


def test_what_is_put_right_is_no_finding_any_more(agency):
    with acting("author"):
        staging = open_staging(agency)
        file, _reading = stage(staging, Upload("x.docx", procedure(issued="ngày chẵn")))
        assert "date_not_understood" in {remark.check for remark in file.remarks}
        correct(staging, file, {"issued_on": "2025-07-07"})
        assert "date_not_understood" not in {remark.check for remark in file.remarks}
        correct(staging, file, {"issued_on": None})
        assert "date_not_understood" in {remark.check for remark in file.remarks}


def test_a_correction_is_taken_back(staging):
    first = staging.files[0]
    correct(staging, first, {"title": "Khác"})
    assert (first.title, dict(first.corrections)) == ("Khác", {"title": "Khác"})
    correct(staging, first, {"title": None})
    assert (first.title, dict(first.corrections)) == (TITLE, {})


def test_what_nobody_touches_is_dropped_by_the_clock(agency, staging):
    job = DropExpired()
    later = clock.now() + timedelta(days=DAYS_KEPT, seconds=1)
    assert list(job.due(clock.now())) == []
    [piece] = job.due(later)
    job.perform(piece, later)
    assert stagings_of(agency) == []
    assert list(job.due(later)) == []


class TestRest:
    @pytest.fixture
    def api(self, live_agency, request_factory):
        session = request_factory(basic_auth=("author", PASSWORD))
        return session, f"/{live_agency.getId()}/@staging"

    def staged(self, session, url, data=FILE, name="Lễ hội.docx"):
        opened = session.post(url).json()
        body = {"file": {"data": b64encode(data).decode(), "filename": name}}
        return opened, session.post(f"{url}/{opened['id']}", json=body)

    def test_from_the_file_to_the_document(self, api, live_agency):
        session, url = api
        opened, answer = self.staged(session, url)
        assert answer.status_code == 201
        file = answer.json()
        assert (file["code"], file["read"]["issue_no"]) == (CODE, 3)
        assert file["reading"]["steps"][0]["responsible"] == "Bộ phận Một cửa"
        path = f"{url}/{opened['id']}/{file['id']}"

        patched = session.patch(path, json={"code": "QT 77/CX-HCTP"})
        assert patched.status_code == 200
        assert patched.json()["corrections"] == {"code": "QT 77/CX-HCTP"}
        assert session.get(path).json()["draft"]["code"] == "QT 77/CX-HCTP"
        assert session.get(url).json()["items_total"] == 1

        done = session.post(f"{url}/{opened['id']}/commit", json={"mode": "draft"})
        assert done.status_code == 201
        assert done.json()["files"][0]["code"] == "QT 77/CX-HCTP"
        assert session.get(f"{url}/{opened['id']}").status_code == 404

    def test_what_is_wrong_is_told(self, api):
        session, url = api
        opened, _answer = self.staged(session, url)
        path = f"{url}/{opened['id']}"
        assert session.post(f"{path}/commit", json={"mode": "gone"}).status_code == 400
        assert session.post(f"{path}/commit", json={"files": [9]}).status_code == 400
        assert session.patch(f"{path}/1", json={"nombre": 1}).status_code == 400
        assert session.patch(f"{path}/9", json={}).status_code == 404
        assert session.post(f"{path}/commit", json={"mode": "in_force"}).status_code == 403

    def test_an_unreadable_file_is_kept_by_its_name_only(self, api):
        session, url = api
        opened, answer = self.staged(session, url, b"x", "hỏng.docx")
        assert answer.status_code == 201
        assert "not a Word document" in answer.json()["error"]
        assert session.patch(f"{url}/{opened['id']}/1", json={"code": "A"}).status_code == 409
        assert session.delete(f"{url}/{opened['id']}/1").status_code == 204
        assert session.get(f"{url}/{opened['id']}").json()["files"] == []

    def test_it_is_for_those_who_may_import(self, api, request_factory, live_agency):
        url = f"/{live_agency.getId()}/@staging"
        for user in ("reviewer", "member"):
            session = request_factory(basic_auth=(user, PASSWORD))
            assert session.post(url).status_code in {401, 403}
            assert session.get(url).status_code in {401, 403}
