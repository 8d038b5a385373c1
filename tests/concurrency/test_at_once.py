"""Two people act on one document at the same moment: never two in force, nothing lost.

Both have decided on the same state of the database when the first one commits, so each round must
see a conflict of the storage: a round without one would prove nothing.
"""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from eqms.approval import actions
from eqms.approval.record import record_of
from eqms.documents.drafting import revise
from eqms.documents.workflow import state_of
from eqms.domain.revisions import State
from eqms.domain.route_plan import BUILT_IN
from eqms.domain.route_plan import PlanStep
from eqms.domain.route_plan import RoutePlan
from eqms.domain.route_plan import Rule
from eqms.trail import storage as trail
from functools import partial
from itertools import count
from plone import api
from rivals import alone
from rivals import at_once
from rivals import visiting
from soundness import assert_sound
from urgency import approve
from urgency import APPROVERS
from urgency import assert_one_won
from urgency import issue_first
from urgency import open_both
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest


SITE = "plone"
AGENCY = "so-tu-phap"
ROUNDS = 10

NUMBERS = count(1)


@pytest.fixture
def rounds(shared_db):
    """Lets two people act on a new document again and again; gives it and what came of it."""

    def run(prepare, *acts):
        for _ in range(ROUNDS):
            path = alone(shared_db, SITE, partial(add, prepare))
            outcomes = at_once(shared_db, SITE, *((who, at(path, act)) for who, act in acts))
            assert any(outcome.conflicts for outcome in outcomes), "the two did not collide"
            with visiting(shared_db, SITE) as portal:
                document = portal.unrestrictedTraverse(path)
                assert_sound(document)
                yield document, outcomes

    return run


def add(prepare, portal):
    document = add_document(portal[AGENCY], code=new_code())
    prepare(document)
    return "/".join(document.getPhysicalPath())


def new_code():
    return f"QT {next(NUMBERS)}/CX-HCTP"


def at(path, act):
    return lambda portal: act(portal.unrestrictedTraverse(path))


def leave(document):
    """It stays a draft."""


def submit(document):
    with acting("author"):
        actions.transition(document["rev-1"], "submit")


def review(document):
    submit(document)
    with acting("reviewer"):
        actions.sign(document["rev-1"], "review", PASSWORD)


def submits(document):
    actions.transition(document["rev-1"], "submit")


def approves(document):
    actions.sign(document["rev-1"], "approval", PASSWORD)


def revises(document):
    return revise(document).getId()


def decides(name):
    return lambda document: actions.transition(document["rev-1"], name, "xem lại")


def actions_of(document):
    return [row["action"] for row in trail.rows(document.UID())]


def review_for_two(document):
    """Approval needs both of two people."""
    both = Rule.parse("person:approver"), Rule.parse("person:controller")
    approval = PlanStep("approval", "approval", both, need="all")
    document._route_plan = RoutePlan((BUILT_IN.step("review"), approval))
    review(document)


def test_of_two_approved_at_once_one_is_in_force(shared_db):
    """Two hundred times: ten rounds on each of twenty documents."""
    conflicts = 0
    for _ in range(20):
        path = alone(shared_db, SITE, partial(issue_first, agency=AGENCY, code=new_code()))
        for _ in range(10):
            names = alone(shared_db, SITE, partial(open_both, path=path))
            acts = [partial(approve, path=path, name=name) for name in names]
            outcomes = at_once(shared_db, SITE, *zip(APPROVERS, acts, strict=True))
            alone(
                shared_db, SITE, partial(assert_one_won, path=path, names=names, outcomes=outcomes)
            )
            conflicts += sum(len(outcome.conflicts) for outcome in outcomes)
    assert conflicts >= 200


def test_two_signers_of_one_step_both_count(rounds):
    acts = ("approver", approves), ("controller", approves)
    for document, outcomes in rounds(review_for_two, *acts):
        assert all(outcome.done for outcome in outcomes)
        assert state_of(document["rev-1"]) is State.IN_FORCE
        people = {row.person for row in record_of(document["rev-1"]).standing()}
        assert people == {"reviewer", "approver", "controller"}
        assert actions_of(document).count("make_in_force") == 1


def test_one_person_signs_once(rounds):
    for document, outcomes in rounds(review_for_two, *2 * [("approver", approves)]):
        assert sorted(outcome.done for outcome in outcomes) == [False, True]
        assert state_of(document["rev-1"]) is State.IN_APPROVAL
        assert actions_of(document).count("signed") == 2


def test_a_draft_is_submitted_once(rounds):
    for document, outcomes in rounds(leave, *2 * [("author", submits)]):
        assert sorted(outcome.done for outcome in outcomes) == [False, True]
        assert actions_of(document).count("submit") == 1


@pytest.mark.parametrize(
    ("rival", "name"), [("author", "recall"), ("approver", "reject"), ("controller", "recall")]
)
def test_approved_or_taken_back_but_not_both(rounds, rival, name):
    for document, (approval, other) in rounds(
        review, ("approver", approves), (rival, decides(name))
    ):
        assert approval.done is not other.done
        state = State.IN_FORCE if approval.done else State.DRAFT
        assert state_of(document["rev-1"]) is state


def test_what_is_saved_while_another_submits_is_signed_or_refused(rounds):
    def saves(document):
        document["rev-1"].title = "Viết thêm"
        notify(ObjectModifiedEvent(document["rev-1"]))

    for document, (save, submission) in rounds(
        leave, ("second_author", saves), ("author", submits)
    ):
        assert submission.done
        assert save.done is (document["rev-1"].title == "Viết thêm")
        assert save.done is ("second_author" in document["rev-1"].saved_by)


def test_one_draft_is_opened(rounds):
    def in_force(document):
        issue(document["rev-1"])

    acts = ("author", revises), ("second_author", revises)
    for document, outcomes in rounds(in_force, *acts):
        assert sorted(outcome.done for outcome in outcomes) == [False, True]
        assert document.objectIds() == ["rev-1", "rev-2"]


def test_a_code_is_given_once(shared_db):
    code = "QT 900/CX-HCTP"

    def adds(portal):
        agency = portal[AGENCY]
        document = api.content.create(agency, "Procedure", title="Trùng mã", code=code)
        return document.getId()

    outcomes = at_once(shared_db, SITE, ("author", adds), ("second_author", adds))
    assert sorted(outcome.done for outcome in outcomes) == [False, True]
