"""What is kept of a signature; capacities; sets signed at once."""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from dataclasses import replace
from eqms.approval import actions
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.manifest import cover
from eqms.approval.manifest import manifest
from eqms.approval.manifest import public_manifest
from eqms.approval.record import record_of
from eqms.approval.signing import ToSign
from eqms.documents.errors import Conflict
from eqms.trail import storage as trail
from plone import api
from zExceptions import BadRequest
from zExceptions import Forbidden
import pytest


LEADERS = [
    {"person": "approver", "title": "Phó Giám đốc", "rank": "deputy", "fields": ""},
    {"person": "member", "title": "Giám đốc", "rank": "head", "fields": ""},
    {"person": "reviewer", "title": "Trưởng phòng", "rank": "other", "fields": ""},
]


def submitted(agency, code, title="Cấp bản sao trích lục"):
    draft = add_document(agency, code=code, title=title)["rev-1"]
    with acting("author"):
        actions.transition(draft, "submit")
    return draft


def reviewed(agency, code, title="Cấp bản sao trích lục"):
    draft = submitted(agency, code, title)
    with acting("reviewer"):
        actions.sign(draft, "review", PASSWORD)
    return draft


class TestRow:
    def test_it_says_everything(self, agency, document):
        agency.leaders = LEADERS
        revision = issue(document["rev-1"])
        review, approval = manifest(revision)
        assert approval == {
            "seq": 2,
            "round": 1,
            "step": "approval",
            "meaning": "approval",
            "act": None,
            "person": "approver",
            "name": "Phạm Thị Duyệt",
            "position": "Phó Giám đốc",
            "capacity": "KT",
            "lines": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"],
            "on_behalf_of": None,
            "on_behalf_of_name": None,
            "substitution": None,
            "waiver": None,
            "comment": "",
            "statement": "I approve “Đăng ký khai sinh” (QT 01/CX-HCTP, number 01/00).",
            "method": "password",
            "kind": "software",
            "at": approval["authenticated_at"],
            "authenticated_at": approval["at"],
            "content_hash": revision.content_hash,
            "canonical_version": 1,
            "valid": True,
            "invalid_since": None,
            "invalid_reason": None,
            "previous": review["hash"],
            "hash": record_of(revision).signatures[1].hash,
        }
        [row] = [row for row in trail.rows(document.UID()) if row["action"] == "signed"][1:]
        assert row["details"]["signature"] == approval["hash"]

    def test_rows_are_chained(self, document):
        record = record_of(issue(document["rev-1"]))
        assert record.intact()
        first, second = record.signatures
        record.signatures = (replace(first, name="Người khác"), second)
        assert not record.intact()
        record.signatures = (second,)
        assert not record.intact()

    def test_becoming_invalid_breaks_no_chain(self, agency):
        draft = reviewed(agency, "QT 02/CX-HCTP")
        with acting("approver"):
            actions.transition(draft, "reject", "Thiếu biểu mẫu")
        record = record_of(issue(draft))
        assert record.intact()
        assert [row.valid for row in record.signatures] == [False, True, True]

    def test_everybody_reads_names_and_posts_of_what_was_issued(self, agency):
        agency.leaders = LEADERS
        draft = reviewed(agency, "QT 02/CX-HCTP")
        assert public_manifest(draft) == []
        with acting("approver"):
            actions.sign(draft, "approval", PASSWORD, "Đồng ý")
        names = [(row["name"], row["lines"]) for row in public_manifest(draft)]
        assert names == [
            ("Trần Văn Xét", ["TRƯỞNG PHÒNG"]),
            ("Phạm Thị Duyệt", ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]),
        ]
        hidden = {"person", "comment", "content_hash", "statement", "method"}
        assert all(hidden.isdisjoint(row) for row in public_manifest(draft))

    def test_the_cover_has_three_columns(self, document):
        columns = cover(issue(document["rev-1"]))
        assert {column: [row.name for row in rows] for column, rows in columns.items()} == {
            "drafting": ["Lê Thị Soạn"],
            "review": ["Trần Văn Xét"],
            "approval": ["Phạm Thị Duyệt"],
        }


class TestCapacity:
    def test_one_that_the_post_does_not_give(self, agency):
        agency.leaders = LEADERS
        draft = submitted(agency, "QT 02/CX-HCTP")
        with acting("reviewer"), pytest.raises(BadRequest, match="TL, TUQ"):
            actions.sign(draft, "review", PASSWORD, capacity="KT")
        with acting("reviewer"):
            row = actions.sign(draft, "review", PASSWORD, capacity="TL")
        assert row.lines == ("TL. GIÁM ĐỐC", "TRƯỞNG PHÒNG")

    def test_on_behalf_of_the_collective(self, agency):
        agency.leaders = [
            {"person": "approver", "title": "Phó Chủ tịch", "rank": "deputy", "fields": ""},
        ]
        agency.collective = "Ủy ban nhân dân"
        draft = reviewed(agency, "QT 02/CX-HCTP")
        with acting("approver"):
            row = actions.sign(draft, "approval", PASSWORD, capacity="TM-KT")
        assert row.lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


class TestSet:
    @pytest.fixture
    def drafts(self, agency):
        return [reviewed(agency, f"QT 0{number}/CX-HCTP") for number in (2, 3, 4)]

    def test_one_authentication_signs_them_all(self, drafts):
        with acting("approver"):
            rows = actions.sign_set([ToSign(draft, "approval") for draft in drafts], PASSWORD)
        assert [row.content_hash for row in rows] == [draft.content_hash for draft in drafts]
        assert len({row.content_hash for row in rows}) == 3
        assert len({row.at for row in rows}) == 1
        assert [api.content.get_state(draft) for draft in drafts] == ["in_force"] * 3

    def test_one_that_cannot_be_signed_leaves_all_unsigned(self, agency, drafts):
        other = submitted(agency, "QT 05/CX-HCTP", "Nuôi con nuôi")
        wanted = [ToSign(draft, "approval") for draft in (*drafts, other)]
        with acting("approver"), pytest.raises(Conflict, match="QT 05/CX-HCTP Nuôi con nuôi"):
            actions.sign_set(wanted, PASSWORD)
        assert [api.content.get_state(draft) for draft in drafts] == ["in_approval"] * 3

    def test_all_reasons_are_told_at_once(self, agency):
        wanted = [submitted(agency, f"QT 0{number}/CX-HCTP") for number in (2, 3)]
        with acting("controller"), pytest.raises(Forbidden, match=r"QT 02.*QT 03"):
            actions.sign_set([ToSign(draft, "review") for draft in wanted], PASSWORD)

    def test_a_wrong_password_is_noted_on_each(self, drafts):
        with acting("approver"), pytest.raises(ReauthenticationFailed):
            actions.sign_set([ToSign(draft, "approval") for draft in drafts], "sai")
        for draft in drafts:
            last = trail.rows(draft.__parent__.UID())[-1]
            assert last["action"] == "reauthentication_failed"

    def test_the_same_twice(self, drafts):
        with acting("approver"), pytest.raises(Conflict):
            actions.sign_set([ToSign(drafts[0], "approval")] * 2, PASSWORD)

    def test_nothing(self, agency):
        with acting("approver"), pytest.raises(BadRequest):
            actions.sign_set([], PASSWORD)

    def test_a_challenge_is_for_exactly_this_set(self, drafts):
        with acting("approver"):
            token = actions.challenge_for(*drafts)
            some = [ToSign(draft, "approval") for draft in drafts[:2]]
            with pytest.raises(Conflict):
                actions.sign_set(some, PASSWORD, challenge=token)
            token = actions.challenge_for(*drafts)
            actions.sign_set(
                [ToSign(draft, "approval") for draft in drafts], PASSWORD, challenge=token
            )


class TestAccountsThatAreGone:
    def remove(self, *people):
        with api.env.adopt_roles(["Manager"]):
            for person in people:
                api.user.delete(username=person)

    def test_of_everybody_who_took_part(self, agency, document):
        revision = issue(document["rev-1"])
        before = (manifest(revision), cover(revision), trail.rows(document.UID()))
        self.remove("author", "reviewer", "approver")
        assert (manifest(revision), cover(revision), trail.rows(document.UID())) == before
        assert api.content.get_state(revision) == "in_force"

    def test_of_who_is_asked(self, agency):
        draft = submitted(agency, "QT 02/CX-HCTP")
        self.remove("reviewer")
        [task] = record_of(draft).open_tasks
        assert (task.person, task.name) == ("reviewer", "Trần Văn Xét")
        assert api.content.get_state(draft) == "in_review"
