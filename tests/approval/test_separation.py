"""Whoever wrote does not review or approve, by whatever channel; coding is not writing."""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from eqms.approval import actions
from plone import api
from zExceptions import Forbidden
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


@pytest.fixture
def secretary(agency):
    """The ISO secretary, who reviews and approves too."""
    for kind in ("reviewers", "approvers"):
        api.group.add_user(groupname=agency.group_ids[kind], username="controller")
    return "controller"


def submit(draft):
    with acting("author"):
        actions.transition(draft, "submit")


def test_who_only_coded_the_document_may_review_it(agency, secretary):
    document = add_document(agency, code=None, title="Chưa có mã")
    with acting(secretary):
        document.code = "QT 07/CX-HCTP"
        notify(ObjectModifiedEvent(document))
    draft = document["rev-1"]
    submit(draft)
    with acting(secretary):
        actions.sign(draft, "review", PASSWORD)
    assert api.content.get_state(draft) == "in_approval"


def test_who_saved_one_character_may_not(document, secretary):
    draft = document["rev-1"]
    with acting(secretary):
        draft.title += "."
        notify(ObjectModifiedEvent(draft))
    submit(draft)
    with acting(secretary), pytest.raises(Forbidden, match="wrote"):
        actions.sign(draft, "review", PASSWORD)


def test_nor_who_saved_an_attachment(document, secretary):
    draft = document["rev-1"]
    with acting(secretary):
        api.content.create(draft, "File", id="mau", title="Mẫu")
    submit(draft)
    with acting(secretary), pytest.raises(Forbidden, match="wrote"):
        actions.sign(draft, "review", PASSWORD)


def test_nor_who_wrote_in_an_earlier_round(document, secretary):
    draft = document["rev-1"]
    with acting(secretary):
        draft.title += "."
        notify(ObjectModifiedEvent(draft))
    submit(draft)
    with acting("reviewer"):
        actions.transition(draft, "reject", "sửa")
    submit(draft)
    with acting(secretary), pytest.raises(Forbidden, match="wrote"):
        actions.sign(draft, "review", PASSWORD)


def test_a_manager_is_not_exempt(document, secretary):
    draft = document["rev-1"]
    with acting(secretary):
        draft.title += "."
        notify(ObjectModifiedEvent(draft))
    api.user.grant_roles(username=secretary, roles=["Manager"])
    submit(draft)
    with acting(secretary), pytest.raises(Forbidden, match="wrote"):
        actions.sign(draft, "review", PASSWORD)
    issue_after_review(draft)
    with acting(secretary), pytest.raises(Forbidden, match="wrote"):
        actions.sign(draft, "approval", PASSWORD)


def issue_after_review(draft):
    with acting("reviewer"):
        actions.sign(draft, "review", PASSWORD)


def test_writing_in_the_one_before_is_no_reason(document, secretary):
    from eqms.documents.drafting import revise

    with acting(secretary):
        document["rev-1"].title += "."
        notify(ObjectModifiedEvent(document["rev-1"]))
    issue(document["rev-1"])
    with acting("author"):
        draft = revise(document)
        draft.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
        notify(ObjectModifiedEvent(draft))
    issue(draft, approver=secretary)
    assert api.content.get_state(draft) == "in_force"


@pytest.mark.parametrize("body", [{"title": "Khác"}, {"description": "Thêm"}])
def test_nor_by_rest(live_agency, live_document, request_factory, body):
    api.group.add_user(groupname=live_agency.group_ids["reviewers"], username="second_author")
    transaction.commit()
    draft = live_document["rev-1"]
    session = request_factory(basic_auth=("second_author", PASSWORD))
    session.headers["Accept"] = "application/json"
    assert session.patch(draft.absolute_url(), json=body).status_code == 204
    transaction.begin()
    submit(draft)
    transaction.commit()
    body = {"meaning": "review", "password": PASSWORD}
    assert session.post(f"{draft.absolute_url()}/@sign", json=body).status_code == 403
