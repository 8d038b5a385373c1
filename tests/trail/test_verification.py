"""Tampering of each kind is found: within a chain, between content and trail, and from outside."""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from dataclasses import replace
from eqms.approval import actions
from eqms.approval.record import record_of
from eqms.documents.drafting import revise
from eqms.documents.snapshot import hash_of
from eqms.domain import chain
from eqms.domain.checkpoints import Head
from eqms.trail import storage as trail
from eqms.trail import verification
from eqms.trail.checkpoints import checkpoints
from eqms.trail.checkpoints import take_checkpoint
from eqms.trail.verification import CHECKPOINTS
from eqms.trail.verification import Finding
from plone import api
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import pytest
import transaction


@pytest.fixture
def issued(document):
    issue(document["rev-1"])
    return document


@pytest.fixture
def kept(issued):
    """A checkpoint with its heads, as somebody keeps it outside the database."""
    taken = take_checkpoint()
    return taken, list(checkpoints().heads())


def stored(subject):
    return trail.trail_of(subject)


def flaws(subject):
    return [(finding.flaw, finding.number) for finding in verification.check(subject)]


def rewrite(subject, rows):
    """Write a chain anew, every hash right: who can write the database can do it."""
    found = stored(subject)
    found._rows.clear()
    found.length, found.head = 0, chain.GENESIS
    for row in rows:
        found.append(
            {name: row[name] for name in row if name not in ("number", "previous", "hash")}
        )


class TestUntouched:
    def test_nothing_is_found(self, agency, issued, kept):
        with acting("author"):
            revise(issued)
        assert [verification.check(subject) for subject in trail.subjects()] == [
            [] for _subject in trail.subjects()
        ]
        assert verification.without_trail() == []
        assert verification.check_checkpoints() == []
        assert verification.compare(kept[1], kept[0]) == []

    def test_nor_after_a_rename_or_when_everybody_has_left(self, agency, document, kept):
        transaction.savepoint()
        with api.env.adopt_roles(["Manager"]):
            for user_id in ("author", "reviewer", "approver"):
                api.user.delete(username=user_id)
            for kind in ("authors", "reviewers", "approvers"):
                group = api.group.get(groupname=agency.group_ids[kind])
                for member in group.getGroupMemberIds():
                    api.group.remove_user(groupname=group.getId(), username=member)
        assert verification.check(agency.UID()) == []
        assert verification.compare(kept[1], kept[0]) == []

    def test_a_renamed_document_keeps_its_chain(self, agency, document):
        transaction.savepoint()
        with api.env.adopt_roles(["Manager"]):
            agency.manage_renameObject(document.getId(), "ten-moi")
        assert verification.check(agency["ten-moi"].UID()) == []

    def test_a_removed_document_is_no_gap(self, agency, document):
        uid = document.UID()
        with acting("author"):
            agency.manage_delObjects([document.getId()])
        assert verification.check(uid) == []


class TestWithinAChain:
    def test_an_altered_row(self, issued):
        stored(issued.UID())._rows[3]["actor"] = "kẻ khác"
        assert flaws(issued.UID()) == [("content", 3)]

    def test_a_removed_inner_row(self, issued):
        del stored(issued.UID())._rows[3]
        assert ("order", 3) in flaws(issued.UID())

    def test_an_inserted_row(self, issued):
        rows = stored(issued.UID())._rows
        forged = {**rows[3], "action": "signed", "previous": rows[3]["hash"]}
        forged["hash"] = chain.link(forged["previous"], forged)
        shifted = [rows[number] for number in range(4, stored(issued.UID()).length + 1)]
        for number, row in enumerate([forged, *shifted], start=4):
            rows[number] = row
        assert ("order", 5) in flaws(issued.UID())

    def test_rows_that_changed_places(self, issued):
        rows = stored(issued.UID())._rows
        rows[3], rows[4] = rows[4], rows[3]
        assert {flaw for flaw, _number in flaws(issued.UID())} == {"order"}

    def test_newest_rows_cut_off_without_care(self, issued):
        rows = stored(issued.UID())._rows
        del rows[len(rows)]
        assert ("head", len(rows)) in flaws(issued.UID())

    def test_a_forged_row_of_another_shape_is_no_crash(self, issued):
        rows = stored(issued.UID())._rows
        rows[3] = {"details": 5}
        rows[4] = {"details": {"revision": ["x"], "content_hash": 1.5}}
        assert ("content", 3) in flaws(issued.UID())


class TestContentAgainstTrail:
    def test_altered_content(self, issued):
        issued["rev-1"].__dict__["title"] = "Sửa lén"
        issued["rev-1"]._p_changed = True
        assert flaws(issued.UID()) == [("content_altered", None)]

    def test_altered_content_with_its_hash(self, issued):
        issued["rev-1"].title = "Sửa lén"
        issued["rev-1"].content_hash = hash_of(issued["rev-1"])
        assert flaws(issued.UID()) == [("content_altered", None)]

    def test_another_state(self, issued):
        revision = issued["rev-1"]
        history = dict(revision.workflow_history)
        history["eqms_revision_workflow"] = (
            *history["eqms_revision_workflow"],
            {**history["eqms_revision_workflow"][-1], "review_state": "suspended"},
        )
        revision.workflow_history = history
        assert flaws(issued.UID()) == [("state", None)]

    def test_an_altered_signature(self, issued):
        record = record_of(issued["rev-1"])
        first, *others = record.signatures
        record.signatures = (replace(first, name="Người khác"), *others)
        assert flaws(issued.UID()) == [("signature_unknown", None), ("signature_missing", None)]

    def test_a_removed_signature(self, issued):
        record = record_of(issued["rev-1"])
        record.signatures = record.signatures[:-1]
        assert flaws(issued.UID()) == [("signature_missing", None)]

    def test_a_signature_that_became_invalid_is_as_good_as_before(self, document):
        with acting("author"):
            actions.transition(document["rev-1"], "submit")
        with acting("reviewer"):
            actions.sign(document["rev-1"], "review", PASSWORD)
        with acting("author"):
            actions.transition(document["rev-1"], "recall", "nhầm")
        assert not record_of(document["rev-1"]).signatures[0].valid
        assert flaws(document.UID()) == []

    def test_a_revision_taken_out(self, issued):
        issued._delOb("rev-1")
        assert flaws(issued.UID()) == [("revision_missing", None)]

    def test_a_document_taken_out(self, agency, issued):
        api.portal.get_tool("portal_catalog").unindexObject(issued)
        assert flaws(issued.UID()) == [("document_missing", None)]

    def test_a_document_without_a_trail(self, issued):
        del trail._trails()[issued.UID()]
        assert verification.without_trail() == [Finding(issued.UID(), "no_trail")]

    def test_roles_that_no_row_tells_of(self, agency):
        agency.manage_setLocalRoles("member", ["Document Approver"])
        assert flaws(agency.UID()) == [("roles", None)]

    def test_a_member_that_no_row_tells_of(self, agency):
        groups = api.portal.get_tool("acl_users").source_groups
        group = agency.group_ids["approvers"]
        groups._principal_groups["member"] = (group,)
        groups._group_principal_map[group].insert("member")
        assert flaws(agency.UID()) == [("members", None)]


class TestAgainstTheCheckpointKeptOutside:
    def test_newest_rows_cut_off_with_care(self, document, kept):
        uid = document.UID()
        rewrite(uid, trail.rows(uid)[:-1])
        assert chain.verify(trail.rows(uid)) == []
        assert Finding(uid, "cut", len(trail.rows(uid)) + 1) in verification.compare(kept[1])

    def test_a_whole_chain_written_anew(self, document, kept):
        uid = document.UID()
        rows = trail.rows(uid)
        rewrite(uid, [{**row, "actor": "kẻ khác"} for row in rows])
        assert chain.verify(trail.rows(uid)) == []
        assert verification.compare(kept[1]) == [Finding(uid, "rewritten", len(rows))]

    def test_a_trail_that_is_gone(self, document, kept):
        uid, length = document.UID(), len(trail.rows(document.UID()))
        del trail._trails()[uid]
        assert Finding(uid, "gone", length) in verification.compare(kept[1])

    def test_the_database_as_it_was_before(self, live_agency):
        document = add_document(live_agency)
        transaction.commit()
        with acting("author"):
            document.code = "QT 99"
            notify(ObjectModifiedEvent(document))
        transaction.commit()
        taken = take_checkpoint()
        heads = list(checkpoints().heads())
        transaction.abort()
        length = len(trail.rows(document.UID()))
        rewrite(document.UID(), trail.rows(document.UID())[: length - 1])
        found = verification.compare(heads, taken)
        assert Finding(document.UID(), "cut", length) in found
        assert Finding(CHECKPOINTS, "gone") in found

    def test_rows_written_since_are_no_loss(self, issued, kept):
        with acting("author"):
            revise(issued)
        assert verification.compare(kept[1], kept[0]) == []


class TestCheckpointsOfTheSite:
    def test_an_altered_checkpoint(self, kept):
        checkpoints()._all[1]["at"] = "2020-01-01T00:00:00.000000Z"
        assert Finding(CHECKPOINTS, "content", 1) in verification.check_checkpoints()

    def test_altered_heads(self, document, kept):
        checkpoints()._heads[document.UID()] = (1, "0" * 64)
        assert Finding(CHECKPOINTS, "head", 1) in verification.check_checkpoints()

    def test_a_checkpoint_that_the_site_does_not_know(self, kept):
        other = {**kept[0], "hash": "0" * 64}
        assert verification.compare([], other) == [Finding(CHECKPOINTS, "rewritten", 1)]

    def test_only_what_grew_is_written_again(self, issued, kept):
        with acting("author"):
            revise(issued)
        taken = take_checkpoint()
        assert taken["number"] == 2
        assert Head(issued.UID(), len(trail.rows(issued.UID())), stored(issued.UID()).head) in (
            checkpoints().heads()
        )
        assert verification.check_checkpoints() == []

    def test_reading_makes_nothing(self, portal):
        assert list(checkpoints()) == []
        assert checkpoints()._p_jar is None
