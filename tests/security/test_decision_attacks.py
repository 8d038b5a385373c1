"""A decision that was entered or given up stays as it is, whoever asks by whichever channel."""

from base64 import b64encode
from cast import acting
from eqms.agencies.lookup import agency_of
from eqms.approval.decisions.entering import cancel
from eqms.approval.decisions.entering import enter
from eqms.approval.decisions.entering import Entry
from eqms.approval.decisions.entering import hash_of
from eqms.approval.decisions.rows import issue_row
from eqms.approval.decisions.rows import set_rows
from eqms.documents.dates import site_zone
from eqms.domain.clock import today
from eqms.trail import storage as trail
from plone import api
from plone.namedfile.file import NamedBlobFile
from security.bypass import permit
from security.world import ANONYMOUS
from security.world import JSON
from security.world import path_of
from security.writing import DRAFTING
from security.writing import FORBIDDEN
from security.writing import STOCK_FAULTS
from zExceptions import Forbidden
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


ATTACKERS = (ANONYMOUS, "member", "author", "controller", "approver", "site_admin", "manager")
STATES = ("issued", "cancelled")

CHANNELS = {
    name: write
    for name, write in (DRAFTING | FORBIDDEN).items()
    if "child" not in name and "document" not in name and not name.startswith(("tus", "transition"))
}
"""What is tried on a revision, now on a decision."""


class Decided:
    """A decision in the place of a revision, so that the same attacks fit it."""

    def __init__(self, world, state):
        revision = world.subject("approved").revision
        with acting("controller"):
            self.revision = api.content.create(world.agency, "IssueDecision", title="Về việc")
            set_rows(self.revision, [issue_row(revision)])
            if state == "issued":
                enter(
                    self.revision,
                    Entry(
                        "12/QĐ-STP",
                        today(site_zone()),
                        signer="Phạm Thị Duyệt",
                        signed_file=NamedBlobFile(b"%PDF-1.7", "application/pdf", "qd.pdf"),
                    ),
                )
            else:
                cancel(self.revision, "Không ký")
        transaction.commit()
        self.document = agency_of(self.revision)
        self.path, self.document_path = path_of(self.revision), path_of(self.document)
        self.id, self.uid = self.revision.getId(), self.revision.UID()
        self.document_uid = self.document.UID()

    def facts(self):
        """Everything about it that an attack could change."""
        decision = self.revision
        return {
            "hash": (hash_of(decision), decision.content_hash),
            "rows": (decision.rows, decision.dropped),
            "state": api.content.get_state(decision),
            "address": path_of(decision),
            "roles": repr(decision.__ac_local_roles__),
            "trail": len(trail.rows(self.uid)),
            "written": decision._p_serial,
        }


@pytest.fixture(scope="class")
def decided(world):
    return {state: Decided(world, state) for state in STATES}


@pytest.mark.parametrize("state", STATES)
class TestClosed:
    @pytest.mark.parametrize("role", ATTACKERS)
    def test_no_channel_changes_it(self, world, decided, state, role):
        subject = decided[state]
        before, through, errors = subject.facts(), {}, {}
        for name, write in CHANNELS.items():
            answer = write(world, role, subject)
            if subject.facts() != before:
                through[name] = answer.status_code
                before = subject.facts()
            elif answer.status_code >= 500 and not any(
                fault in answer.text for fault in STOCK_FAULTS
            ):
                errors[name] = (answer.status_code, answer.text[:200])
        assert (through, errors) == ({}, {})

    @pytest.mark.parametrize(
        "service", ["@decision-rows", "@issue-decision", "@drop-row", "@cancel"]
    )
    @pytest.mark.parametrize("role", ["controller", "manager"])
    def test_nor_its_own_services(self, world, decided, state, role, service):
        subject = decided[state]
        before = subject.facts()
        body = {
            "number": "13/QĐ-STP",
            "date": today(site_zone()).isoformat(),
            "signer": "Ai đó",
            "rows": [],
            "document": subject.revision.rows[0].document,
            "reason": "x",
        }
        path = f"{subject.path}/{service}"
        answer = world.call(role, "POST", path, headers=JSON, json=body)
        assert (answer.status_code, subject.facts()) == (409, before)

    # guards.decision_modified, behind permissions that a Manager changed in the ZMI
    @pytest.mark.parametrize("role", ["controller", "manager"])
    def test_a_permission_given_away_opens_nothing(self, world, state, role):
        subject = Decided(world, state)
        for permission in ("Modify portal content", "Delete objects", "Copy or Move"):
            subject.revision.manage_permission(permission, ["Manager", "Document Controller"])
        transaction.commit()
        before = subject.facts()
        for method, body in (
            ("PATCH", {"title": "Về việc khác"}),
            ("PATCH", {"grounds": "Luật khác", "rows": [], "number": "99/QĐ", "content_hash": "0"}),
            ("DELETE", None),
        ):
            world.call(role, method, subject.path, headers=JSON, json=body)
            assert subject.facts() == before, (method, body)


def test_stock_services_write_neither_rows_nor_number(world):
    with acting("controller"):
        decision = api.content.create(world.agency, "IssueDecision", title="Về việc")
    transaction.commit()
    body = {
        "rows": [{"document": world.own.document_uid, "revision": world.own.uid, "action": "new"}],
        "dropped": ["x"],
        "number": "1/QĐ",
        "decided_on": "2020-01-01",
        "in_force_on": "2020-01-01",
        "start": "2020-01-01T00:00:00",
        "entered_at": "2020-01-01T00:00:00",
        "signed_file": {"data": b64encode(b"x").decode(), "encoding": "base64", "filename": "a"},
    }
    path = path_of(decision)
    world.call("controller", "PATCH", path, headers=JSON, json=body)
    assert (decision.rows, decision.dropped) == ((), ())
    assert (decision.number, decision.decided_on, decision.signed_file) == (None, None, None)
    assert decision.entered_at is None


def test_a_given_up_one_is_bound_to_what_it_said(world):
    with acting("controller"):
        decision = api.content.create(world.agency, "IssueDecision", title="Về việc")
        cancel(decision, "Không ký")
    decision.title = "Về việc khác"
    permit(decision, "Modify portal content")
    with pytest.raises(Forbidden):
        notify(ObjectModifiedEvent(decision))
    transaction.abort()
