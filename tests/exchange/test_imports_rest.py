"""``@imports`` as portals and the command line use it."""

from Acquisition import aq_parent
from base64 import b64encode
from cast import acting
from cast import PASSWORD
from eqms.documents import upload
from eqms.documents.content import register_of
from eqms.documents.correction import correct
from eqms.documents.upload import Upload
from eqms.exchange.batches import undo
from eqms.exchange.importing import import_file
from eqms.exchange.services.imports import post
from eqms.exchange.storage import batch_by
from files import CODE
from files import procedure
from files import TITLE
from ZODB.POSException import ConflictError
import pytest
import transaction


FILE = procedure()


def sent(data, filename="01. Lễ hội.docx"):
    return {"file": {"data": b64encode(data).decode(), "filename": filename}}


@pytest.fixture
def url(live_agency):
    return f"/{live_agency.getId()}/@imports"


@pytest.fixture
def author(request_factory):
    return request_factory(basic_auth=("author", PASSWORD))


@pytest.fixture
def controller(request_factory):
    return request_factory(basic_auth=("controller", PASSWORD))


@pytest.fixture
def batch(author, url):
    return f"{url}/{author.post(url, json={}).json()['id']}"


@pytest.fixture
def window(live_agency, request_factory):
    answer = request_factory(role="Manager").post(
        f"/{live_agency.getId()}/@migration-window",
        json={"until": "2099-12-31", "reason": "Chuyển tài liệu giấy"},
    )
    assert answer.status_code == 201


def test_a_batch_is_opened_filled_and_listed(author, url):
    answer = author.post(url, json={"mode": "draft"})
    assert answer.status_code == 201
    batch = answer.json()
    assert answer.headers["Location"] == batch["@id"]
    assert (batch["id"], batch["mode"], batch["opened_by"]) == (1, "draft", "author")

    answer = author.post(f"{url}/1", json=sent(FILE))
    assert answer.status_code == 201
    entry = answer.json()
    assert entry["file"] == "01. Lễ hội.docx"
    assert (entry["outcome"], entry["code"], entry["title"]) == ("created", CODE, TITLE)
    assert (entry["revision"], entry["issued_on"]) == (3, "2025-07-07")
    assert len(entry["steps"]) == 4
    assert "error" not in entry
    draft = author.get(entry["document"]["@id"] + "/rev-1").json()
    assert (draft["title"], draft["state"]) == (TITLE, "draft")

    listed = author.get(url).json()
    assert listed["items_total"] == 1
    assert listed["items"][0]["outcomes"] == {"created": 1, "existing": 0, "failed": 0}
    whole = author.get(f"{url}/1").json()
    assert whole["undone"] is None
    assert [file["outcome"] for file in whole["files"]] == ["created"]
    assert whole["files"][0]["document"] == entry["document"]


def test_the_same_file_again_answers_with_the_document_there_is(author, batch):
    first = author.post(batch, json=sent(FILE)).json()
    again = author.post(batch, json=sent(FILE, "tên khác.docx"))
    assert again.status_code == 200
    assert again.json()["outcome"] == "existing"
    assert again.json()["document"] == first["document"]


def test_a_try_that_ended_in_a_conflict_leaves_nothing(author, batch, live_agency, monkeypatch):
    calls = []
    real = post.import_file

    def conflicts_once(*args):
        result = real(*args)
        calls.append(result)
        if len(calls) == 1:
            raise ConflictError
        return result

    monkeypatch.setattr(post, "import_file", conflicts_once)
    answer = author.post(batch, json=sent(FILE))
    assert len(calls) == 2
    assert (answer.status_code, answer.json()["outcome"]) == (201, "created")
    assert [file["outcome"] for file in author.get(batch).json()["files"]] == ["created"]
    live_agency._p_jar.sync()
    assert list(live_agency.objectIds()) == ["qt-05-cx-hctp"]


def test_a_file_of_no_use_is_an_entry_with_its_error(author, batch):
    answer = author.post(batch, json=sent(b"%PDF-1.7", "quét.pdf"))
    assert answer.status_code == 200
    entry = answer.json()
    assert (entry["file"], entry["outcome"], entry["document"]) == ("quét.pdf", "failed", None)
    assert "PDF" in entry["error"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"file": "x"},
        {"file": {"data": "AAAA"}},
        {"file": {"filename": "x.docx", "data": ""}},
        {"file": {"filename": "x.docx", "data": "không phải base64"}},
        {"file": {"filename": ["x"], "data": "AAAA"}},
    ],
)
def test_a_body_without_a_file_is_refused(author, batch, body):
    assert author.post(batch, json=body).status_code == 400


def test_a_file_that_is_too_large_is_refused(author, batch, monkeypatch):
    monkeypatch.setattr(upload, "MEGABYTE", 50)
    before_parsing = author.post(batch, json=sent(b"x" * 2000))
    monkeypatch.setattr(post, "check_length", lambda request: None)
    after_decoding = author.post(batch, json=sent(b"x" * 1001))
    for answer in (before_parsing, after_decoding):
        assert answer.status_code == 413
        assert "20 MB" in answer.json()["message"]
    assert author.get(batch).json()["files"] == []


def test_the_name_of_a_file_can_do_no_harm(author, batch):
    entry = author.post(batch, json=sent(FILE, "..\\../etc/\u202emẫu\n.docx")).json()
    assert entry["file"] == "mẫu.docx"


@pytest.mark.parametrize("mode", ["published", "", 3])
def test_an_unknown_mode_is_refused(author, url, mode):
    answer = author.post(url, json={"mode": mode})
    assert answer.status_code == (400 if mode != "" else 201)


@pytest.mark.parametrize("rest", ["/7", "/x", "/1/undo", "/1/redo", "/1/undo/x"])
def test_what_is_not_there_is_404(author, url, rest):
    assert author.post(url + rest, json={"reason": "x"}).status_code == 404
    assert author.get(url + rest).status_code == 404


@pytest.mark.parametrize("who", ["reviewer", "approver", "member"])
def test_others_neither_import_nor_see_imports(request_factory, url, who):
    session = request_factory(basic_auth=(who, PASSWORD))
    assert session.post(url, json={}).status_code == 401
    assert session.get(url).status_code == 401


def test_in_force_needs_a_window_and_a_controller(author, controller, url):
    assert controller.post(url, json={"mode": "in_force"}).status_code == 403
    assert author.post(url, json={"mode": "in_force"}).status_code == 403


def test_taken_over_documents_are_public_at_once(controller, request_factory, url, window):
    assert controller.post(url, json={"mode": "in_force"}).status_code == 201
    entry = controller.post(f"{url}/1", json=sent(FILE)).json()
    answer = request_factory().get(entry["document"]["@id"])
    assert answer.status_code == 200
    revision = answer.json()["revision_in_force"]
    assert (revision["title"], revision["unconfirmed"]) == (TITLE, True)
    assert revision["in_force_from"] == "2025-07-06T17:00:00Z"


def test_correct_confirm_and_no_way_back(controller, request_factory, url, window):
    controller.post(url, json={"mode": "in_force"})
    document = controller.post(f"{url}/1", json=sent(FILE)).json()["document"]["@id"]
    approver = request_factory(basic_auth=("approver", PASSWORD))
    body = {"reason": "Đọc sai", "changes": {"title": "Tên đúng"}}
    assert approver.post(f"{document}/rev-1/@correct", json=body).status_code == 403
    corrected = controller.post(f"{document}/rev-1/@correct", json=body)
    assert (corrected.status_code, corrected.json()["title"]) == (200, "Tên đúng")
    assert controller.patch(f"{document}/rev-1", json={"title": "Lén"}).status_code == 401
    assert controller.post(f"{document}/rev-1/@correct", json={"changes": 3}).status_code == 400

    assert controller.post(f"{document}/rev-1/@confirm-migration").status_code == 403
    confirmed = approver.post(f"{document}/rev-1/@confirm-migration")
    assert (confirmed.status_code, confirmed.json()["unconfirmed"]) == (200, False)
    assert controller.post(f"{document}/rev-1/@correct", json=body).status_code == 409
    assert approver.post(f"{document}/rev-1/@confirm-migration").status_code == 409

    refused = controller.post(f"{url}/1/undo", json={"reason": "Nhầm"})
    assert refused.status_code == 409
    [obstacle] = refused.json()["documents"]
    assert (obstacle["@id"], obstacle["code"]) == (document, CODE)
    assert obstacle["reason"]
    assert request_factory().get(document).status_code == 200


def test_undo_takes_everything_back(author, batch):
    document = author.post(batch, json=sent(FILE)).json()["document"]["@id"]
    assert author.post(f"{batch}/undo", json={"reason": ""}).status_code == 400
    answer = author.post(f"{batch}/undo", json={"reason": "Nhầm đơn vị"})
    assert answer.status_code == 200
    assert answer.json()["undone"]["reason"] == "Nhầm đơn vị"
    assert author.get(document).status_code == 404
    assert author.post(f"{batch}/undo", json={"reason": "Nhầm"}).status_code == 409
    assert author.post(batch, json=sent(FILE)).status_code == 409
    [file] = author.get(batch).json()["files"]
    assert (file["outcome"], file["document"], file["title"]) == ("created", None, TITLE)


class TestAtTheSameTime:
    """One does something that is not committed yet while somebody else does the opposite."""

    @pytest.fixture
    def migrated(self, controller, url, window, live_agency):
        controller.post(url, json={"mode": "in_force"})
        controller.post(f"{url}/1", json=sent(FILE))
        live_agency._p_jar.sync()
        return live_agency["qt-05-cx-hctp"]["rev-1"]

    def conflicts(self):
        with pytest.raises(ConflictError):
            transaction.commit()
        transaction.abort()

    def test_undoing_what_is_being_confirmed(
        self, migrated, live_agency, request_factory, functional_http_request
    ):
        document = aq_parent(migrated)
        with acting("controller"):
            undo(live_agency, batch_by(live_agency, "1"), "Nhầm")
        # The catalog conflicts here as well; catalogs outside the database do not.
        watched = live_agency._p_jar._readCurrent
        assert {migrated._p_oid, register_of(document)._p_oid} <= watched.keys()
        approver = request_factory(basic_auth=("approver", PASSWORD))
        revision = f"{live_agency.getId()}/qt-05-cx-hctp/rev-1"
        assert approver.post(f"/{revision}/@confirm-migration").status_code == 200
        self.conflicts()

    def test_adding_to_what_is_being_undone(self, author, url, live_agency):
        author.post(url, json={})
        live_agency._p_jar.sync()
        with acting("author"):
            import_file(live_agency, batch_by(live_agency, "1"), Upload("x.docx", FILE))
        assert author.post(f"{url}/1/undo", json={"reason": "Nhầm"}).status_code == 200
        self.conflicts()

    def test_correcting_while_the_window_is_closed(
        self, migrated, live_agency, request_factory, functional_http_request
    ):
        with acting("controller"):
            correct(migrated, {"title": "Tên đúng"}, "Đọc sai")
        manager = request_factory(role="Manager")
        window = f"/{live_agency.getId()}/@migration-window"
        assert manager.delete(window).status_code == 204
        self.conflicts()


@pytest.mark.parametrize("body", ["[]", "null", '"x"', "3", "{", "\xff"])
def test_what_is_no_json_object_is_refused(author, batch, url, body):
    headers = {"Content-Type": "application/json"}
    for address in (url, batch, f"{batch}/undo"):
        answer = author.post(address, data=body.encode("latin-1"), headers=headers)
        assert answer.status_code == 400, address
