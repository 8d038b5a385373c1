"""Urgent and normal revisions of one document: nothing of either is lost by the other."""

from cast import acting
from cast import issue
from cast import PASSWORD
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
import re
import requests
import transaction


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
    decisions = details["decisions"]
    assert decisions["scope"] == {"changed_by": "conflict", "took": "mine", "decided": True}
    taken_over = {"changed_by": "theirs", "took": "theirs", "decided": False}
    assert decisions["responsibilities"] == taken_over


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


class TestChannels:
    """By page and by REST, over the server."""

    @pytest.fixture
    def stale(self, live_document):
        """A draft of the author that a correction of its scope has overtaken; committed."""
        write(live_document["rev-1"], scope="Phạm vi", purpose="Mục đích")
        issue(live_document["rev-1"])
        with acting("author"):
            draft = revise(live_document)
        write(draft, scope="Phạm vi của dự thảo")
        amend(draft, "Viết lại")
        with acting("second_author"):
            correction = revise(live_document, kind=Kind.URGENT)
        write(correction, "second_author", scope="<b>khẩn</b>", purpose="Mục đích khẩn")
        amend(correction, "Sửa khẩn")
        issue(correction)
        transaction.commit()
        return draft

    @staticmethod
    def post(url, body, auth=("author", PASSWORD)):
        headers = {"Accept": "application/json"}
        return requests.post(url, json=body, auth=auth, headers=headers, timeout=30)

    def test_rest(self, stale):
        url = f"{stale.absolute_url()}/@rebase"
        assert self.post(url, {}).status_code == 400
        assert self.post(url, {"take": {"scope": "nobody"}}).status_code == 400
        assert self.post(url, {"take": ["scope"]}).status_code == 400
        answer = self.post(url, {"take": {"scope": "theirs"}})
        assert answer.status_code == 200
        assert answer.json()["number"] == "01/02"
        assert answer.json()["purpose"] == "Mục đích khẩn"
        assert answer.json()["stale"] is False
        assert self.post(url, {"take": {}}).status_code == 409

    def test_who_may_not_write_the_draft_may_not_rebase_it(self, stale):
        url = f"{stale.absolute_url()}/@rebase"
        for person in ("reviewer", "member"):
            assert self.post(url, {}, (person, PASSWORD)).status_code == 404
        assert self.post(url, {}, None).status_code == 404

    def test_the_page(self, stale):
        url = f"{stale.absolute_url()}/@@rebase"
        person = requests.Session()
        person.auth = ("author", PASSWORD)
        page = person.get(url, timeout=30).text
        assert "&lt;b&gt;khẩn&lt;/b&gt;" in page and "<b>khẩn" not in page
        fields = dict(re.findall(r'name="(_authenticator|onto)"[^>]*?value="([^"]+)"', page))
        refused = person.post(url, data=fields, timeout=30)
        assert "scope" in refused.text
        person.post(url, data={**fields, "take.scope": "mine"}, timeout=30)
        transaction.begin()
        assert (stale.scope, stale.purpose) == ("Phạm vi của dự thảo", "Mục đích khẩn")
        assert person.post(url, data={"onto": fields["onto"]}, timeout=30).status_code == 403

    def test_an_urgent_revision_by_rest(self, live_document):
        issue(live_document["rev-1"])
        transaction.commit()
        url = f"{live_document.absolute_url()}/@revise"
        for kind in Kind:
            answer = self.post(url, {"kind": kind.value})
            assert (answer.status_code, answer.json()["kind"]) == (201, kind.value)
            assert self.post(url, {"kind": kind.value}).status_code == 409
        assert self.post(url, {"kind": "soon"}).status_code == 400

    def test_the_panel_leads_there(self, stale):
        page = requests.get(stale.absolute_url(), auth=("author", PASSWORD), timeout=30).text
        assert f'href="{stale.absolute_url()}/@@rebase"' in page
