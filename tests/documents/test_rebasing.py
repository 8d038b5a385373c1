"""Urgent and normal revisions of one document: nothing of either is lost by the other."""

from cast import acting
from cast import issue
from eqms.approval import actions
from eqms.documents.content import number_of
from eqms.documents.drafting import revise
from eqms.documents.errors import Conflict
from eqms.documents.rebasing import items
from eqms.documents.rebasing import rebase
from eqms.documents.workflow import state_of
from eqms.domain.numbering import Change
from eqms.domain.rebase import Side
from eqms.domain.redline import Verdict
from eqms.domain.revisions import Kind
from eqms.domain.revisions import State
from eqms.trail import storage as trail
from plone import api
from plone.namedfile.file import NamedBlobFile
from zExceptions import BadRequest
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest


def attach(revision, name, data):
    with acting("author"):
        api.content.create(
            revision, "File", id=name, file=NamedBlobFile(data, filename=f"{name}.txt")
        )


def write(revision, by="author", **values):
    """Save fields of a draft as a person does."""
    with acting(by):
        for name, value in values.items():
            setattr(revision, name, value)
        notify(ObjectModifiedEvent(revision))


def amend(revision, summary):
    number = number_of(revision)
    rows = [*revision.amendments, {"number": number, "summary": summary, "ground": "NQ 10"}]
    write(revision, amendments=rows)


@pytest.fixture
def base(document):
    revision = document["rev-1"]
    write(revision, purpose="Mục đích", scope="Phạm vi", responsibilities="Trách nhiệm")
    attach(revision, "mau", b"base")
    attach(revision, "phu-luc", b"base")
    return issue(revision)


@pytest.fixture
def normal(document, base):
    """A draft of the author, begun before the urgent correction came in force."""
    with acting("author"):
        draft = revise(document)
    write(draft, purpose="Mục đích của dự thảo", scope="Phạm vi của dự thảo")
    amend(draft, "Viết lại")
    return draft


@pytest.fixture
def urgent(document, normal):
    """The correction, in force."""
    with acting("second_author"):
        draft = revise(document, kind=Kind.URGENT)
    write(draft, "second_author", scope="Phạm vi khẩn", responsibilities="Trách nhiệm khẩn")
    with acting("second_author"):
        api.content.delete(draft["phu-luc"])
        draft["mau"].file = NamedBlobFile(b"urgent", filename="mau.txt")
        notify(ObjectModifiedEvent(draft["mau"]))
    amend(draft, "Sửa khẩn")
    return issue(draft)


def test_who_changed_what(normal, urgent):
    assert {item.name: item.verdict for item in items(normal)} == {
        "purpose": Verdict.MINE,
        "scope": Verdict.CONFLICT,
        "responsibilities": Verdict.THEIRS,
        "parts/mau": Verdict.THEIRS,
        "parts/phu-luc": Verdict.THEIRS,
    }


def test_what_only_the_correction_changed_is_taken_over(normal, urgent):
    with acting("author"):
        rebase(normal, {"scope": Side.MINE})
    assert normal.based_on == urgent.UID()
    assert normal.purpose == "Mục đích của dự thảo"
    assert normal.scope == "Phạm vi của dự thảo"
    assert normal.responsibilities == "Trách nhiệm khẩn"
    assert normal["mau"].file.data == b"urgent"
    assert normal["mau"].file is not urgent["mau"].file
    assert "phu-luc" not in normal.objectIds()


def test_unless_the_author_says_otherwise(normal, urgent):
    with acting("author"):
        rebase(
            normal,
            {
                "purpose": Side.THEIRS,
                "scope": Side.THEIRS,
                "responsibilities": Side.MINE,
                "parts/mau": Side.MINE,
                "parts/phu-luc": Side.MINE,
            },
        )
    assert normal.purpose == "Mục đích"
    assert normal.scope == "Phạm vi khẩn"
    assert normal.responsibilities == "Trách nhiệm"
    assert normal["mau"].file.data == normal["phu-luc"].file.data == b"base"


def test_what_both_changed_must_be_decided(normal, urgent):
    with acting("author"), pytest.raises(BadRequest, match="scope"):
        rebase(normal, {})
    with acting("author"), pytest.raises(BadRequest, match="title"):
        rebase(normal, {"scope": Side.MINE, "title": Side.MINE})
    assert normal.based_on != urgent.UID()


def test_the_number_and_the_amendment_sheet_follow_the_new_base(normal, urgent):
    assert number_of(normal) == number_of(urgent) == "01/01"
    with acting("author"):
        rebase(normal, {"scope": Side.MINE})
    assert number_of(normal) == "01/02"
    assert [(entry["number"], entry["summary"]) for entry in normal.amendments] == [
        ("01/01", "Sửa khẩn"),
        ("01/02", "Viết lại"),
    ]


def test_a_reissue_stays_one(document, base):
    with acting("author"):
        normal = revise(document, Change.REISSUE)
    amend(normal, "Ban hành lại")
    with acting("author"):
        urgent = revise(document, kind=Kind.URGENT)
    amend(urgent, "Sửa khẩn")
    issue(urgent)
    with acting("author"):
        rebase(normal, {})
    assert number_of(normal) == "02/00"


def test_the_decisions_stand_in_the_trail(document, base, normal, urgent):
    with acting("author"):
        rebase(normal, {"scope": Side.MINE})
    row = trail.rows(document.UID())[-1]
    assert (row["action"], row["actor"]) == ("rebased", "author")
    details = row["details"]
    assert (details["base"], details["onto"]) == (base.UID(), urgent.UID())
    assert details["number"] == ["01/01", "01/02"]
    assert details["decisions"]["scope"] == {"changed_by": "conflict", "took": "mine"}
    assert details["decisions"]["responsibilities"] == {"changed_by": "theirs", "took": "theirs"}


def test_then_it_can_be_submitted_and_who_rebased_wrote_in_it(normal, urgent):
    with acting("author"), pytest.raises(BadRequest, match="Rebase"):
        actions.transition(normal, "submit")
    with acting("second_author"):
        rebase(normal, {"scope": Side.MINE})
    assert set(normal.saved_by) == {"author", "second_author"}
    issue(normal)
    assert state_of(urgent) is State.SUPERSEDED
    assert state_of(normal) is State.IN_FORCE


def test_only_a_stale_draft(document, normal):
    with acting("author"), pytest.raises(Conflict):
        rebase(normal, {})
    with acting("author"):
        actions.transition(normal, "submit")
    with acting("author"), pytest.raises(Conflict):
        rebase(normal, {})


def test_not_on_something_else_than_was_looked_at(normal, urgent, base):
    with acting("author"), pytest.raises(Conflict):
        rebase(normal, {"scope": Side.MINE}, onto=base.UID())
    with acting("author"):
        rebase(normal, {"scope": Side.MINE}, onto=urgent.UID())
