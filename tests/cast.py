"""The people of the tests, and what they do again and again."""

from contextlib import contextmanager
from eqms.approval import actions
from plone import api


PASSWORD = "Mat-khau-9001!"

PEOPLE = {
    "author": ("Lê Thị Soạn", "authors"),
    "second_author": ("Vũ Văn Thảo", "authors"),
    "reviewer": ("Trần Văn Xét", "reviewers"),
    "approver": ("Phạm Thị Duyệt", "approvers"),
    "controller": ("Đỗ Văn Kiểm", "controllers"),
    "member": ("Ngô Thị Ngoài", None),
}
"""User id -> full name and the agency's group the person is in."""


def make_agency(portal, title="Sở Tư pháp", code="STP", people=PEOPLE):
    """An agency with one person for each part."""
    with api.env.adopt_roles(["Manager"]):
        agency = api.content.create(portal, "Agency", title=title, code=code)
        for user_id, (name, group) in people.items():
            if api.user.get(userid=user_id) is None:
                api.user.create(
                    username=user_id,
                    email=f"{user_id}@example.vn",
                    password=PASSWORD,
                    properties={"fullname": name},
                )
            if group is not None:
                api.group.add_user(groupname=agency.group_ids[group], username=user_id)
    return agency


@contextmanager
def acting(user_id):
    """Act as one of the people."""
    with api.env.adopt_user(username=user_id):
        yield


def add_document(agency, code="QT 01/CX-HCTP", title="Đăng ký khai sinh", by="author", **values):
    """A document with its first draft, added by a person."""
    portal_type = values.pop("portal_type", "Procedure")
    with acting(by):
        return api.content.create(agency, portal_type, title=title, code=code, **values)


def issue(revision, submit_by="author", reviewer="reviewer", approver="approver"):
    """Bring a draft in force by the route of the agency."""
    with acting(submit_by):
        actions.transition(revision, "submit")
    with acting(reviewer):
        actions.sign(revision, "review", PASSWORD)
    with acting(approver):
        actions.sign(revision, "approval", PASSWORD)
    return revision
