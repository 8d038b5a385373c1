"""The process is killed in the middle of a decision: when it comes back, nothing was issued."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from eqms.approval.decisions.entering import enter
from eqms.approval.decisions.entering import Entry
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.documents import switch
from eqms.documents.dates import site_zone
from eqms.domain.clock import today
from eqms.trail import storage as trail
from functools import partial
from itertools import count
from plone import api
from rivals import alone
from rivals import visiting
from storage import copied
from ZODB import DB
from ZODB.FileStorage import FileStorage
import os
import pytest
import signal


ROWS = 12


def prepare(portal):
    """A decision with rows that wait; its path, and those of the revisions."""
    agency = make_agency(portal)
    agency.issue_mode = "by_decision"
    revisions = [
        issue(add_document(agency, code=f"QT {number:02}", title=f"Quy trình {number}")["rev-1"])
        for number in range(1, ROWS + 1)
    ]
    with acting("controller"):
        decision = api.content.create(agency, "IssueDecision", title="Ban hành")
        set_rows(decision, [issue_row(revision) for revision in revisions])
    return [item.getPhysicalPath() for item in (decision, *revisions)]


def enter_decision(path, portal):
    """Enter it as the controller."""
    with acting("controller"):
        enter(portal.unrestrictedTraverse(path), Entry("1/QĐ", today(site_zone()), signer="Duyệt"))


def die(*args, **kwargs):
    """No clean-up, no handler: as with the power cut."""
    os.kill(os.getpid(), signal.SIGKILL)


def in_the_seventh_row(monkeypatch):
    put, calls = switch.put_in_force, count(1)

    def put_or_die(*args, **kwargs):
        return die() if next(calls) == 7 else put(*args, **kwargs)

    monkeypatch.setattr(switch, "put_in_force", put_or_die)


def while_it_commits(monkeypatch):
    monkeypatch.setattr(FileStorage, "tpc_finish", die)


@pytest.mark.parametrize("moment", [in_the_seventh_row, while_it_commits])
def test_killed_midway_nothing_was_issued(integration_session, tmp_path, monkeypatch, moment):
    db = copied(integration_session["zodbDB"], tmp_path)
    decision, *revisions = alone(db, "plone", prepare)
    db.close()
    child = os.fork()
    if child == 0:
        moment(monkeypatch)
        alone(reopened(tmp_path), "plone", partial(enter_decision, decision))
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "it was not killed"
    db = reopened(tmp_path)
    with visiting(db, "plone") as portal:
        found = portal.unrestrictedTraverse(decision)
        states = {api.content.get_state(portal.unrestrictedTraverse(path)) for path in revisions}
        assert (api.content.get_state(found), states) == ("draft", {"approved"})
        assert trail.rows(found.UID())[-1]["action"] == "decision_rows_set"
    alone(db, "plone", partial(enter_decision, decision))
    with visiting(db, "plone") as portal:
        states = {api.content.get_state(portal.unrestrictedTraverse(path)) for path in revisions}
        assert states == {"in_force"}
    db.close()


def reopened(folder):
    """The database as a new process opens it."""
    return DB(FileStorage(str(folder / "Data.fs"), blob_dir=str(folder / "blobs")))
