"""Going past the role maps: revisions in every state, and what a Manager does to them by Python."""

from cast import acting
from cast import issue
from cast import PASSWORD
from contextlib import contextmanager
from eqms.approval import actions
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.snapshot import hash_of
from eqms.documents.workflow import fire
from eqms.trail import storage as trail
from plone import api
from plone.namedfile.file import NamedBlobFile
from zExceptions import Forbidden
import pytest
import transaction


CLOSED = ("in_review", "in_approval", "approved", "in_force", "superseded", "withdrawn")


@contextmanager
def manager():
    with api.env.adopt_roles(["Manager"]):
        yield


def attach(container, name="kem"):
    """Add a file as a person would by Python; no permission is asked."""
    upload = NamedBlobFile(b"noi dung", "text/plain", "kem.txt")
    return api.content.create(container, "File", id=name, title="Kèm", file=upload)


def in_state(document, state):
    """The first revision of a document, with an attachment, brought to a state."""
    revision = document["rev-1"]
    with acting("author"):
        attach(revision)
        if state == "withdrawn":
            actions.transition(revision, "withdraw", "bỏ")
            return revision
        if state in ("in_force", "superseded"):
            issue(revision)
        if state == "superseded":
            successor = revise(document)
            successor.amendments = [{"number": "01/01", "summary": "Sửa", "ground": "Luật"}]
            issue(successor)
        if state in ("in_review", "in_approval", "approved"):
            actions.transition(revision, "submit")
    if state in ("in_approval", "approved"):
        with acting("reviewer"):
            actions.sign(revision, "review", PASSWORD)
    if state == "approved":
        fire(revision, "approve")
    return revision


@contextmanager
def refused(revision):
    """The block is refused; whatever it did before the refusal is taken back with it."""
    document = revision.__parent__
    rows = len(trail.rows(document.UID()))
    before = (hash_of(revision), revision.saved_by, register_of(document).entries)
    savepoint = transaction.savepoint()
    with manager(), pytest.raises(Forbidden):
        yield
    savepoint.rollback()
    assert (hash_of(revision), revision.saved_by, register_of(document).entries) == before
    assert len(trail.rows(document.UID())) == rows


def permit(item, *permissions):
    """Give a Manager permissions that the role maps keep from everybody."""
    for permission in permissions:
        item.manage_permission(permission, ["Manager"], acquire=0)
