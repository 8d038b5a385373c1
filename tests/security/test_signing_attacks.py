"""Signing in the place of another, past the route, or with what was not given for it."""

from cast import PASSWORD
from eqms.approval.authentication.storage import stored
from eqms.approval.record import record_of
from eqms.trail import storage as trail
from plone import api
from security.world import JSON
from security.world import OVERSIGHT
from security.world import ROUTE_MEMBER
import pytest
import requests
import transaction


EVERY_ROLE = (
    "Document Approver",
    "Document Controller",
    "Document Reviewer",
    "Manager",
    "Owner",
    "Reviewer",
    "Route Member",
)
"""What a local role could make of a person."""


def sign(world, role, subject, meaning="review", **values):
    body = {"meaning": meaning, "password": PASSWORD, **values}
    return world.call(role, "POST", f"{subject.path}/@sign", headers=JSON, json=body)


class TestPastTheRoute:
    @pytest.mark.parametrize(
        ("state", "meaning"), [("in_review", "review"), ("in_approval", "approval")]
    )
    @pytest.mark.parametrize("role", ["manager", "site_admin", "member"])
    def test_local_roles_make_no_signer(self, world, state, meaning, role):
        subject = world.subject(state)
        for item in (world.agency, subject.document, subject.revision):
            item.manage_setLocalRoles(role, EVERY_ROLE)
            item.reindexObjectSecurity()
        transaction.commit()
        before = subject.facts()
        answer = sign(world, role, subject, meaning)
        assert (answer.status_code, subject.facts()) == (403, before)
        body = {"comment": "Trả lại"}
        answer = world.call(role, "POST", f"{subject.path}/@reject", headers=JSON, json=body)
        assert (answer.status_code, subject.facts()) == (403, before)
        for item in (world.agency, subject.document, subject.revision):
            item.manage_delLocalRoles([role])
        transaction.commit()

    def test_who_joins_after_the_step_opened_waits_for_the_next(self, world):
        subject = world.subject("in_approval")
        group = world.agency.group_ids["approvers"]
        api.group.add_user(groupname=group, username="member")
        transaction.commit()
        before = subject.facts()
        answer = sign(world, "member", subject, "approval")
        api.group.remove_user(groupname=group, username="member")
        transaction.commit()
        assert (answer.status_code, subject.facts()) == (403, before)

    @pytest.mark.parametrize("absent", ["reviewer", ROUTE_MEMBER, "author", "x", "manager"])
    def test_nobody_signs_for_whom_he_does_not_stand_in(self, world, absent):
        subject = world.subject("in_review")
        before = subject.facts()
        for role in ("controller", "approver", "manager", "reviewer"):
            answer = sign(world, role, subject, on_behalf_of=absent)
            assert (answer.status_code, subject.facts()) == (403, before), role

    def test_a_capacity_that_is_not_ones_own(self, world):
        subject = world.subject("in_review")
        before = subject.facts()
        for capacity in ("TM.", "KT.", "TUQ.", "Q.", "GIÁM ĐỐC"):
            answer = sign(world, "reviewer", subject, capacity=capacity)
            assert (answer.status_code, subject.facts()) == (400, before), capacity

    def test_one_foreign_revision_leaves_the_whole_set_unsigned(self, world):
        own, foreign = world.subject("in_review"), world.subject("in_approval")
        items = [{"uid": own.uid, "meaning": "review"}, {"uid": foreign.uid, "meaning": "approval"}]
        before = own.facts(), foreign.facts()
        body = {"items": items, "password": PASSWORD}
        answer = world.call("reviewer", "POST", "@sign-set", headers=JSON, json=body)
        assert answer.status_code in (403, 409)
        assert (own.facts(), foreign.facts()) == before


class TestLockingOthersOut:
    def test_wrong_logins_count_for_nobody(self, world):
        """Only a session of the person counts: whoever knows an id cannot lock its owner out."""
        subject = world.subject("in_review")
        url = f"{world.portal.absolute_url()}/{subject.path}/@sign"
        body = {"meaning": "review", "password": "sai"}
        for _attempt in range(10):
            answer = requests.post(
                url, auth=("reviewer", "sai"), headers=JSON, json=body, timeout=30
            )
            assert answer.status_code in (401, 404)
        transaction.begin()
        assert "reviewer" not in stored().attempts
        assert sign(world, "reviewer", subject).status_code == 200

    def test_nor_do_those_of_who_may_not_sign(self, world):
        subject = world.subject("in_review")
        for _attempt in range(10):
            assert sign(world, "controller", subject, password="sai").status_code == 403
        assert "controller" not in stored().attempts


class TestTrail:
    @pytest.mark.parametrize("service", ["@trail", "@trail-export", "@trail-verify"])
    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    def test_no_service_writes_it(self, world, service, method):
        rows = trail.rows(world.own.document_uid)
        before = world.portal._p_jar.db().lastTransaction()
        for place in (world.own.document_path, "so-tu-phap"):
            for path in (f"{place}/{service}", f"{place}/{service}/1"):
                answer = world.call("manager", method, path, headers=JSON, json={"rows": []})
                assert answer.status_code in (400, 403, 404, 405), path
        assert world.portal._p_jar.db().lastTransaction() == before
        assert trail.rows(world.own.document_uid) == rows

    def test_no_address_leads_to_where_it_is_kept(self, world):
        for path in ("__annotations__", "__annotations__/eqms.trail", "eqms.trail"):
            for place in ("", f"{world.own.document_path}/"):
                answer = world.call("manager", "GET", place + path)
                assert answer.status_code in (401, 403, 404), place + path

    @pytest.mark.parametrize("service", ["@trail", "@trail-export", "@trail-verify", "@@trail"])
    @pytest.mark.parametrize("role", ["anonymous", "member", "other_author", ROUTE_MEMBER])
    def test_outsiders_get_no_row_of_a_hidden_document(self, world, service, role):
        hidden = world.subject("in_review", revised=False)
        answer = world.call(role, "GET", f"{hidden.document_path}/{service}", headers=JSON)
        assert answer.status_code in (401, 403, 404)
        assert hidden.document_uid not in answer.text

    @pytest.mark.parametrize("role", sorted(OVERSIGHT))
    def test_an_auditor_reads_and_writes_nothing(self, world, role):
        before = world.portal._p_jar.db().lastTransaction()
        for service in ("@trail", "@trail-export", "@trail-verify"):
            path = f"{world.own.document_path}/{service}"
            assert world.call(role, "GET", path, headers=JSON).status_code == 200
        assert world.portal._p_jar.db().lastTransaction() == before


def test_who_signed_is_who_was_logged_in(world):
    """Members that name a person are passed over; the row names the caller."""
    subject = world.subject("in_review")
    answer = sign(
        world,
        "reviewer",
        subject,
        person="approver",
        name="Phạm Thị Duyệt",
        at="2020-01-01T00:00:00Z",
        content_hash="0",
        step="step-2",
        waiver="x",
        method="password",
    )
    assert answer.status_code == 200
    [row] = record_of(subject.revision).signatures
    assert (row.person, row.name) == ("reviewer", "Trần Văn Xét")
    assert (row.step, row.waiver) == ("step-1", "")
    assert row.content_hash == subject.revision.content_hash
    assert row.at == row.authenticated_at > subject.revision.submitted_at
