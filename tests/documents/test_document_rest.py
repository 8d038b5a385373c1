"""The REST contract of documents and revisions: what is answered, and what it did."""

from Acquisition import aq_base
from eqms.documents.content import register_of
from eqms.trail import storage as trail
from plone import api
from security.world import ANONYMOUS
from security.world import JSON
import pytest


AGENCY = "so-tu-phap"
ERROR = {"type", "message"}


@pytest.fixture(scope="module")
def codes():
    return (f"BM {number}" for number in range(1, 999))


def post(world, role, path, body=None):
    return world.call(role, "POST", path, headers=JSON, json={} if body is None else body)


def state_of(subject):
    return api.content.get_state(subject.revision)


class TestGet:
    def test_before_the_first_issue_there_is_no_content(self, world):
        subject = world.subject("draft", revised=False)
        answer = world.call("author", "GET", subject.document_path, headers=JSON).json()
        assert answer["revision_in_force"] is None
        assert answer["document_state"] == "no_revision"
        assert answer["code"] == subject.document.code
        assert answer["agency"]["code"] == "STP"
        assert world.call(ANONYMOUS, "GET", subject.document_path, headers=JSON).status_code == 401

    def test_the_public_gets_the_revision_in_force_whole(self, world):
        subject = world.subject("in_force")
        answer = world.call(ANONYMOUS, "GET", subject.document_path, headers=JSON).json()
        revision = answer["revision_in_force"]
        assert answer["document_state"] == "in_force"
        assert revision["UID"] == subject.uid
        assert (revision["number"], revision["seq"], revision["state"]) == ("01/00", 1, "in_force")
        assert revision["content_hash"] == subject.revision.content_hash
        assert subject.words["text"] in revision["text"]["data"]
        assert revision["in_force_from"] == revision["issued_at"]
        assert revision["in_force_from"].endswith("Z")
        assert {"classification", "applies_to", "amendments", "change_class"} <= revision.keys()
        assert "source" not in revision or revision["source"] is None
        assert "saved_by" not in revision

    def test_while_the_next_one_is_drafted_the_public_gets_the_same(self, world):
        subject = world.subject("in_approval")
        answer = world.call(ANONYMOUS, "GET", subject.document_path, headers=JSON).json()
        assert answer["revision_in_force"]["seq"] == 1
        assert subject.words["title"] not in str(answer)


class TestAdd:
    def add(self, world, codes, role="author", **body):
        given = {"@type": "WorkInstruction", "code": next(codes), **body}
        before = set(world.agency.objectIds())
        answer = post(world, role, AGENCY, given)
        new = set(world.agency.objectIds()) - before
        return answer, [world.agency[name] for name in new]

    def test_the_first_draft_comes_with_it(self, world, codes):
        content = {
            "title": "Hướng dẫn tiếp công dân",
            "description": "Tóm tắt",
            "classification": "internal",
            "issue_no": 6,
            "text": {"data": "<p>Nội dung</p>", "content-type": "text/html"},
        }
        answer, [document] = self.add(world, codes, revision=content)
        assert answer.status_code == 201
        assert answer.json()["title"] == document.title == content["title"]
        draft = document["rev-1"]
        assert (draft.title, draft.description) == (content["title"], "Tóm tắt")
        assert (draft.classification, draft.issue_no) == ("internal", 6)
        assert draft.text.raw == "<p>Nội dung</p>"
        assert draft.saved_by == ("author",)

    def test_title_and_fields_may_stand_on_the_document(self, world, codes):
        answer, [document] = self.add(world, codes, title="Tiếp công dân", field="HT", level="CX")
        assert answer.status_code == 201
        draft = document["rev-1"]
        assert (draft.title, draft.field, draft.level) == ("Tiếp công dân", "HT", "CX")
        assert "field" not in aq_base(document).__dict__

    def test_the_address_tells_nothing_of_the_title(self, world, codes):
        _answer, [document] = self.add(world, codes, title="Sáp nhập phường Bí Mật")
        assert "bi-mat" not in document.getId()
        _answer, [document] = self.add(world, codes, code=None, title="Sáp nhập phường Bí Mật")
        assert "bi-mat" not in document.getId()

    def test_facts_are_not_given_with_it(self, world, codes):
        facts = {
            "title": "Tiếp công dân",
            "seq": 7,
            "kind": "urgent",
            "based_on": "x",
            "state": "in_force",
            "review_state": "in_force",
            "content_hash": "0" * 64,
            "saved_by": ["member"],
            "ever_submitted": True,
            "in_force_from": "2001-01-01T00:00:00Z",
            "taken_over": {"by": "author"},
        }
        _answer, [document] = self.add(world, codes, revision=facts)
        draft = document["rev-1"]
        assert (draft.seq, draft.kind, draft.based_on) == (1, "normal", None)
        assert (draft.saved_by, draft.content_hash, draft.taken_over) == (("author",), None, None)
        assert api.content.get_state(draft) == "draft"
        assert not draft.ever_submitted

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"title": ""},
            {"title": "   "},
            {"title": "T", "revision": "no object"},
            {"title": "T", "revision": [1]},
            {"title": "T", "revision": {"classification": "tuyệt mật"}},
            {"title": "T", "revision": {"issue_no": -1}},
            {"title": "T", "revision": {"issue_no": "một"}},
            {"title": "T", "revision": {"applies_to": ["không có"]}},
            {"title": "T", "revision": {"title": 5}},
            {"title": "T", "code": "<script>"},
            {"title": "T", "code": "x" * 61},
            {"title": "T", "field": "KHONG"},
            {"title": "T", "retention_class": "mãi mãi"},
            {"title": "x" * 501},
        ],
        ids=str,
    )
    def test_wrong_input_is_refused_and_leaves_nothing(self, world, codes, body):
        rows = len(api.portal.get().__annotations__["eqms.trail"])
        answer, new = self.add(world, codes, **body)
        assert answer.status_code == 400
        assert answer.json().keys() >= ERROR
        assert new == []
        assert len(api.portal.get().__annotations__["eqms.trail"]) == rows

    @pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff\xfe", b"null"])
    def test_what_is_no_json_object_is_refused(self, world, body):
        for service in ("@submit", "@sign", "@recall"):
            path = f"{world.own.path}/{service}"
            answer = world.call("author", "POST", path, headers=JSON, data=body)
            assert (answer.status_code, answer.json()["type"]) == (400, "BadRequest"), service
        path = f"{world.own.document_path}/@revise"
        assert world.call("author", "POST", path, headers=JSON, data=body).status_code == 400
        assert state_of(world.own) == "draft"

    @pytest.mark.parametrize(
        ("role", "status"),
        [
            (ANONYMOUS, {401}),
            ("member", {401, 403}),
            ("reviewer", {401, 403}),
            ("other_author", {401, 403}),
        ],
    )
    def test_others_add_nothing(self, world, codes, role, status):
        answer, new = self.add(world, codes, role, title="T")
        assert answer.status_code in status
        assert new == []


class TestChange:
    def test_identity_is_changed_on_the_document_with_a_row(self, world):
        subject = world.subject("draft", revised=False)
        change = {"legal_hold": True, "review_interval": 12, "code": "QT 900"}
        answer = world.call("author", "PATCH", subject.document_path, headers=JSON, json=change)
        assert answer.status_code == 204
        row = trail.rows(subject.document_uid)[-1]
        assert (row["action"], row["actor"]) == ("identity_changed", "author")
        assert row["details"]["changes"]["review_interval"] == [None, 12]
        assert row["details"]["changes"]["code"][1] == "QT 900"

    def test_saving_what_it_is_already_writes_no_row(self, world):
        subject = world.subject("draft", revised=False)
        rows = len(trail.rows(subject.document_uid))
        same = {"legal_hold": False, "code": subject.document.code}
        world.call("author", "PATCH", subject.document_path, headers=JSON, json=same)
        assert len(trail.rows(subject.document_uid)) == rows

    @pytest.mark.parametrize("member", ["title", "field", "level", "source", "revision"])
    def test_content_is_not_taken_on_the_document(self, world, member):
        subject = world.subject("draft", revised=False)
        before = subject.facts()
        answer = world.call(
            "author", "PATCH", subject.document_path, headers=JSON, json={member: "x"}
        )
        assert (answer.status_code, answer.json()["type"]) == (400, "BadRequest")
        assert subject.facts() == before

    def test_the_title_of_a_first_draft_shows_on_its_document(self, world):
        subject = world.subject("draft", revised=False)
        world.call("author", "PATCH", subject.path, headers=JSON, json={"title": "Tên mới"})
        assert subject.document.title == "Tên mới"

    def test_wrong_values_of_a_draft_are_refused(self, world):
        subject = world.subject("draft", revised=False)
        before = subject.facts()
        for body in ({"title": None}, {"classification": "mật"}, {"issue_no": 1000}):
            answer = world.call("author", "PATCH", subject.path, headers=JSON, json=body)
            assert answer.status_code == 400
        assert subject.facts() == before


class TestRevise:
    @pytest.mark.parametrize(
        ("body", "number"),
        [({}, "01/01"), ({"change": "amendment"}, "01/01"), ({"change": "reissue"}, "02/00")],
        ids=str,
    )
    def test_opens_the_next_draft(self, world, body, number):
        subject = world.subject("in_force")
        answer = post(world, "author", f"{subject.document_path}/@revise", body)
        assert answer.status_code == 201
        draft = answer.json()
        assert (draft["number"], draft["state"], draft["based_on"]) == (
            number,
            "draft",
            subject.uid,
        )
        assert answer.headers["Location"] == draft["@id"]
        assert register_of(subject.document).open().id == draft["id"]

    @pytest.mark.parametrize("change", ["khác", "", 5, None, ["amendment"], {"a": 1}])
    def test_an_unknown_change_is_refused(self, world, change):
        subject = world.subject("in_force")
        answer = post(world, "author", f"{subject.document_path}/@revise", {"change": change})
        assert answer.status_code == 400
        assert len(register_of(subject.document).entries) == 1

    @pytest.mark.parametrize("state", ["draft", "in_review", "in_approval", "approved"])
    def test_there_is_one_open_revision_at_a_time(self, world, state):
        subject = world.subject(state)
        answer = post(world, "author", f"{subject.document_path}/@revise")
        assert (answer.status_code, answer.json()["type"]) == (409, "Conflict")
        assert len(register_of(subject.document).entries) == 2

    @pytest.mark.parametrize(
        "role", [ANONYMOUS, "member", "reviewer", "approver", "other_author", "auditor", "officer"]
    )
    def test_others_open_nothing(self, world, role):
        subject = world.subject("in_force")
        answer = post(world, role, f"{subject.document_path}/@revise")
        assert answer.status_code in (401, 403)
        assert len(register_of(subject.document).entries) == 1


class TestRevisions:
    def test_newest_first_and_only_what_the_caller_may_see(self, world):
        subject = world.subject("draft")
        path = f"{subject.document_path}/@revisions"

        def listed(role):
            answer = world.call(role, "GET", path, headers=JSON).json()
            assert answer["items_total"] == len(answer["items"])
            return [item["seq"] for item in answer["items"]]

        assert listed("author") == [2, 1]
        assert listed(ANONYMOUS) == listed("reviewer") == listed("other_author") == [1]

    def test_in_batches(self, world):
        subject = world.subject("draft")
        path = f"{subject.document_path}/@revisions"
        answer = world.call("author", "GET", f"{path}?b_size=1&b_start=1", headers=JSON).json()
        assert ([item["seq"] for item in answer["items"]], answer["items_total"]) == ([1], 2)
        assert answer["batching"]["prev"]

    @pytest.mark.parametrize(
        "query",
        ["b_size=0", "b_size=x", "b_start=-5", "b_start=99", "b_size=10000000"],
    )
    def test_odd_batches_are_no_errors_of_the_server(self, world, query):
        path = f"{world.own.document_path}/@revisions?{query}"
        assert world.call("author", "GET", path, headers=JSON).status_code < 500

    @pytest.mark.parametrize("seq", ["0", "3", "-1", "x", "1/2", "01", "rev-1"])
    def test_what_is_not_there_is_not_found(self, world, seq):
        subject = world.subject("draft")
        for role in (ANONYMOUS, "author"):
            answer = world.call(
                role, "GET", f"{subject.document_path}/@revisions/{seq}", headers=JSON
            )
            assert (answer.status_code, answer.json()["type"]) == (404, "NotFound")

    def test_a_hidden_one_answers_as_if_it_were_not_there(self, world):
        subject = world.subject("draft")
        for role in (ANONYMOUS, "member", "reviewer", "other_author", "officer"):
            there, nowhere = (
                world.call(role, "GET", f"{subject.document_path}/@revisions/{seq}", headers=JSON)
                for seq in (2, 3)
            )
            assert (there.status_code, there.text.replace("/2", "/3")) == (404, nowhere.text)

    @pytest.mark.parametrize(
        "below", ["", "/@@download/source", "/kem", "/kem/@@download/file", "/@history", "/@submit"]
    )
    def test_nor_is_anything_below_it(self, world, below):
        subject = world.subject("draft")
        base = world.portal.absolute_url()
        for prefix in (base, f"{base}/++api++"):
            for method in ("GET", "POST", "PATCH", "DELETE"):
                there, nowhere = (
                    world.call(ANONYMOUS, method, f"{prefix}/{path}{below}", headers=JSON, json={})
                    for path in (subject.path, f"{subject.document_path}/rev-7")
                )
                assert there.status_code == nowhere.status_code == 404
                assert there.text.replace("rev-2", "rev-7") == nowhere.text
