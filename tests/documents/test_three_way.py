"""Who changed what since two revisions had a common base."""

from cast import acting
from cast import add_document
from cast import issue
from eqms.documents.comparison import three_way
from eqms.documents.drafting import revise
from eqms.domain.redline import Verdict
from plone import api
from plone.app.textfield import RichTextValue
from plone.namedfile.file import NamedBlobFile
import pytest


def attach(revision, name, data=b"x"):
    """An attachment of a draft."""
    with acting("author"):
        return api.content.create(
            revision, "File", id=name, file=NamedBlobFile(data, filename=f"{name}.txt")
        )


@pytest.fixture
def base(document):
    revision = document["rev-1"]
    revision.purpose = "Mục đích"
    revision.scope = "Phạm vi"
    revision.steps = [{"title": "Tiếp nhận"}]
    attach(revision, "kept")
    attach(revision, "dropped")
    return issue(revision)


@pytest.fixture
def mine(document, base):
    """A draft that begins as a copy of the base; what the others did is set on the base's copy."""
    with acting("author"):
        return revise(document)


def verdicts(base, mine, theirs):
    return {name: change.verdict for name, change in three_way(base, mine, theirs).fields.items()}


def test_a_fresh_draft_changed_nothing(base, mine):
    assert set(verdicts(base, mine, base).values()) == {Verdict.NOBODY}


def test_each_field_has_a_verdict_of_its_own(base, mine, agency):
    other = add_document(agency, code="QT 02/CX-HCTP", title=base.title)["rev-1"]
    other.purpose = "Mục đích của họ"
    other.scope = "Phạm vi chung"
    other.steps = [{"title": "Tiếp nhận"}, {"title": "Trả kết quả"}]
    other.text = RichTextValue("<p>Của họ</p>", "text/html", "text/x-html-safe")
    mine.scope = "Phạm vi chung"
    mine.text = RichTextValue("<p>Của tôi</p>", "text/html", "text/x-html-safe")
    mine.responsibilities = "Trách nhiệm"
    found = verdicts(base, mine, other)
    assert found["purpose"] is Verdict.THEIRS
    assert found["scope"] is Verdict.BOTH
    assert found["steps"] is Verdict.THEIRS
    assert found["text"] is Verdict.CONFLICT
    assert found["responsibilities"] is Verdict.MINE
    assert found["applicants"] is Verdict.NOBODY
    assert three_way(base, mine, other).fields["steps"].theirs is other.steps


def test_what_each_revision_says_of_itself_is_not_compared(base, mine):
    of_its_own = {"issue_no", "amendment_no", "change_class", "force_mode"}
    assert not of_its_own & verdicts(base, mine, base).keys()


def test_that_nothing_is_there_may_be_stored_in_several_ways(base, mine):
    mine.outcomes = None
    mine.fee_basis = None
    found = verdicts(base, mine, base)
    assert found["outcomes"] is found["fee_basis"] is Verdict.NOBODY


def test_parts_are_compared_by_what_they_hold(base, mine, document):
    with acting("author"):
        api.content.delete(mine["dropped"])
        mine["kept"].title = "Đổi tên"
    attach(mine, "added")
    parts = three_way(base, mine, base).parts
    assert {name: change.verdict for name, change in parts.items()} == {
        "kept": Verdict.MINE,
        "dropped": Verdict.MINE,
        "added": Verdict.MINE,
    }
    assert three_way(mine, mine, base).parts["added"].theirs is None
