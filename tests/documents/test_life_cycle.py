"""From the first draft to being superseded, through the interfaces that all channels use."""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from eqms.approval import actions
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.manifest import manifest
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.errors import Conflict
from eqms.documents.indexers import revision_in_force
from eqms.domain import chain
from eqms.domain.numbering import Change
from eqms.domain.revisions import DocumentState
from eqms.trail import storage as trail
from plone import api
from plone.namedfile.file import NamedBlobFile
from zExceptions import BadRequest
from zExceptions import Forbidden
import pytest


def test_a_new_document_has_one_draft_and_is_hidden(document):
    draft = document["rev-1"]
    assert api.content.get_state(draft) == "draft"
    assert (draft.issue_no, draft.amendment_no, draft.seq) == (1, 0, 1)
    assert draft.title == "Đăng ký khai sinh"
    assert draft.portal_type == "ProcedureRevision"
    assert api.content.get_state(document) == "hidden"
    assert register_of(document).document_state is DocumentState.NO_REVISION


def test_approval_puts_the_revision_in_force_at_that_moment(document):
    draft = issue(document["rev-1"])
    assert api.content.get_state(draft) == "in_force"
    assert draft.in_force_from >= draft.approved_at >= draft.submitted_at
    assert revision_in_force(document).getId() == "rev-1"
    assert api.content.get_state(document) == "public"
    assert register_of(document).document_state is DocumentState.IN_FORCE


def test_the_next_revision_supersedes_the_old_one_in_the_same_transaction(document):
    old = issue(document["rev-1"])
    with acting("author"):
        new = revise(document, Change.AMENDMENT)
        assert (new.issue_no, new.amendment_no) == (1, 1)
        new.title = "Đăng ký khai sinh (sửa đổi)"
        new.amendments = [{"number": "01/01", "summary": "Bổ sung lệ phí", "ground": "NQ 10"}]
        from zope.event import notify
        from zope.lifecycleevent import ObjectModifiedEvent

        notify(ObjectModifiedEvent(new))
    assert document.title == "Đăng ký khai sinh"
    issue(new)
    assert api.content.get_state(old) == "superseded"
    assert api.content.get_state(new) == "in_force"
    assert document.title == "Đăng ký khai sinh (sửa đổi)"
    intervals = register_of(document).intervals
    assert intervals[0].end == intervals[1].start == old.superseded_at == new.in_force_from


def test_a_second_draft_is_refused_while_one_is_open(document):
    with acting("author"), pytest.raises(Conflict):
        revise(document)


def test_from_the_second_revision_on_the_amendment_sheet_is_required(document):
    issue(document["rev-1"])
    with acting("author"):
        draft = revise(document)
        with pytest.raises(BadRequest, match="01/01"):
            actions.transition(draft, "submit")


@pytest.mark.parametrize("who", ["author"])
def test_who_wrote_in_it_neither_reviews_nor_approves(agency, document, who):
    draft = document["rev-1"]
    api.group.add_user(groupname=agency.group_ids["reviewers"], username=who)
    api.group.add_user(groupname=agency.group_ids["approvers"], username=who)
    with acting(who):
        actions.transition(draft, "submit")
        with pytest.raises(Forbidden):
            actions.sign(draft, "review", PASSWORD)
    assert api.content.get_state(draft) == "in_review"


def test_nobody_signs_twice(agency, document):
    api.group.add_user(groupname=agency.group_ids["approvers"], username="reviewer")
    draft = document["rev-1"]
    with acting("author"):
        actions.transition(draft, "submit")
    with acting("reviewer"):
        actions.sign(draft, "review", PASSWORD)
        with pytest.raises(Forbidden):
            actions.sign(draft, "approval", PASSWORD)


def test_a_wrong_password_signs_nothing_and_leaves_a_row(document):
    draft = document["rev-1"]
    with acting("author"):
        actions.transition(draft, "submit")
    with acting("reviewer"), pytest.raises(ReauthenticationFailed):
        actions.sign(draft, "review", "sai")
    assert api.content.get_state(draft) == "in_review"
    assert trail.rows(document.UID())[-1]["action"] == "reauthentication_failed"


def test_the_password_of_somebody_else_does_not_sign(document):
    api.user.get(userid="approver").setSecurityProfile(password="Khac-han-9001!")
    draft = document["rev-1"]
    with acting("author"):
        actions.transition(draft, "submit")
    with acting("reviewer"), pytest.raises(ReauthenticationFailed):
        actions.sign(draft, "review", "Khac-han-9001!")


def test_return_needs_a_reason_and_makes_signatures_invalid(document):
    draft = document["rev-1"]
    with acting("author"):
        actions.transition(draft, "submit")
    with acting("reviewer"):
        actions.sign(draft, "review", PASSWORD)
    with acting("approver"):
        with pytest.raises(BadRequest):
            actions.transition(draft, "reject")
        actions.transition(draft, "reject", "Thiếu lệ phí")
    assert api.content.get_state(draft) == "draft"
    [row] = manifest(draft)
    assert (row["valid"], row["invalid_reason"]) == (False, "returned")
    issue(draft)
    assert [row["valid"] for row in manifest(draft)] == [False, True, True]


def test_who_is_not_asked_cannot_return(document):
    draft = document["rev-1"]
    with acting("author"):
        actions.transition(draft, "submit")
    with acting("approver"), pytest.raises(Forbidden):
        actions.transition(draft, "reject", "chưa đến lượt")


def test_a_discarded_draft_leaves_the_one_in_force(document):
    issue(document["rev-1"])
    with acting("author"):
        draft = revise(document)
        actions.transition(draft, "withdraw", "Không cần nữa")
    assert api.content.get_state(draft) == "withdrawn"
    assert revision_in_force(document).getId() == "rev-1"
    with acting("author"):
        assert revise(document).getId() == "rev-3"


def test_every_transition_has_one_row_and_the_chain_holds(document):
    issue(document["rev-1"])
    rows = trail.rows(document.UID())
    assert [row["action"] for row in rows] == [
        "document_added",
        "draft_opened",
        "submit",
        "signed",
        "confirm_review",
        "signed",
        "approve",
        "make_in_force",
    ]
    assert chain.verify(rows) == []
    assert rows[-1]["actor"] == "approver"


def test_numbers_go_on_from_what_is_on_paper(agency):
    document = add_document(agency, code="QT 09", title="Cấp bản sao")
    draft = document["rev-1"]
    draft.issue_no = 6
    issue(draft)
    with acting("author"):
        assert revise(document, Change.REISSUE).issue_no == 7


def test_an_agency_may_number_by_issue_only(agency):
    agency.issues_only = True
    document = add_document(agency, code="QT 10", title="Cấp bản sao")
    issue(document["rev-1"])
    with acting("author"):
        draft = revise(document, Change.AMENDMENT)
    assert (draft.issue_no, draft.amendment_no) == (2, 0)


def test_without_a_code_nothing_is_issued(agency):
    document = add_document(agency, code=None, title="Chưa có mã")
    draft = document["rev-1"]
    with acting("author"):
        actions.transition(draft, "submit")
    with acting("reviewer"):
        actions.sign(draft, "review", PASSWORD)
    with acting("approver"), pytest.raises(Conflict):
        actions.sign(draft, "approval", PASSWORD)


def test_two_steps_of_the_same_person_leave_the_route_stuck_and_unsubmitted(agency, document):
    for kind in ("reviewers", "approvers"):
        for member in list(api.user.get_users(groupname=agency.group_ids[kind])):
            api.group.remove_user(groupname=agency.group_ids[kind], username=member.getId())
        api.group.add_user(groupname=agency.group_ids[kind], username="reviewer")
    with acting("author"), pytest.raises(BadRequest):
        actions.transition(document["rev-1"], "submit")


def test_attachments_go_with_the_revision(document):
    draft = document["rev-1"]
    with acting("author"):
        api.content.create(
            draft,
            "File",
            id="mau.docx",
            title="Mẫu",
            file=NamedBlobFile(b"PK", filename="mau.docx"),
        )
    issue(draft)
    with acting("author"):
        new = revise(document)
    assert new["mau.docx"].file.data == b"PK"
    assert new["mau.docx"].file is not draft["mau.docx"].file
    with acting("author"):
        assert api.user.has_permission("Modify portal content", obj=new["mau.docx"])
        assert not api.user.has_permission("Modify portal content", obj=draft["mau.docx"])
