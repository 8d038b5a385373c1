"""The REST contract of decisions: who decides what and when, and what a cookie alone may do."""

from Acquisition import aq_base
from cast import PASSWORD
from eqms.trail import storage as trail
from plone import api
from security.world import ANONYMOUS
from security.world import JSON
from ZPublisher.HTTPResponse import HTTPResponse
import pytest
import requests
import transaction


ERROR = {"type", "message"}


def post(world, role, path, body=None):
    return world.call(role, "POST", path, headers=JSON, json={} if body is None else body)


def state_of(subject):
    return api.content.get_state(subject.revision)


REASON = {"comment": "lý do"}
REVIEW = {"meaning": "review", "password": PASSWORD}
APPROVAL = {"meaning": "approval", "password": PASSWORD}

DECISIONS = [
    # state, role, service, body, status, state after
    ("draft", "author", "submit", {}, 200, "in_review"),
    ("draft", "second_author", "submit", {}, 200, "in_review"),
    ("draft", "controller", "submit", {}, 200, "in_review"),
    ("draft", ANONYMOUS, "submit", {}, 404, "draft"),
    ("draft", "member", "submit", {}, 404, "draft"),
    ("draft", "reviewer", "submit", {}, 404, "draft"),
    ("draft", "auditor", "submit", {}, 403, "draft"),
    ("draft", "site_admin", "submit", {}, 403, "draft"),
    ("draft", "author", "submit", {"comment": 5}, 400, "draft"),
    ("in_review", "author", "submit", {}, 409, "in_review"),
    ("withdrawn", "author", "submit", {}, 409, "withdrawn"),
    ("in_force", "author", "submit", {}, 409, "in_force"),
    ("superseded", "author", "submit", {}, 409, "superseded"),
    ("draft", "author", "withdraw", REASON, 200, "withdrawn"),
    ("draft", "author", "withdraw", {}, 400, "draft"),
    ("draft", "author", "withdraw", {"comment": " \n"}, 400, "draft"),
    ("draft", "auditor", "withdraw", REASON, 403, "draft"),
    ("in_review", "author", "withdraw", REASON, 409, "in_review"),
    ("in_force", "controller", "withdraw", REASON, 409, "in_force"),
    ("in_review", "author", "recall", REASON, 200, "draft"),
    ("in_approval", "author", "recall", REASON, 200, "draft"),
    ("in_review", "author", "recall", {}, 400, "in_review"),
    ("in_review", "reviewer", "recall", REASON, 403, "in_review"),
    ("in_review", "site_admin", "recall", REASON, 403, "in_review"),
    ("draft", "author", "recall", REASON, 409, "draft"),
    ("approved", "author", "recall", REASON, 409, "approved"),
    ("in_review", "reviewer", "reject", REASON, 200, "draft"),
    ("in_approval", "approver", "reject", REASON, 200, "draft"),
    ("in_review", "reviewer", "reject", {}, 400, "in_review"),
    ("in_review", "approver", "reject", REASON, 403, "in_review"),
    ("in_approval", "reviewer", "reject", REASON, 403, "in_approval"),
    ("in_review", "author", "reject", REASON, 403, "in_review"),
    ("in_review", "manager", "reject", REASON, 403, "in_review"),
    ("draft", "author", "reject", REASON, 409, "draft"),
    ("in_review", "reviewer", "sign", REVIEW, 200, "in_approval"),
    ("in_approval", "approver", "sign", APPROVAL, 200, "in_force"),
    ("in_review", "reviewer", "sign", APPROVAL, 409, "in_review"),
    ("in_approval", "approver", "sign", REVIEW, 409, "in_approval"),
    ("in_approval", "reviewer", "sign", APPROVAL, 403, "in_approval"),
    ("in_review", "approver", "sign", REVIEW, 403, "in_review"),
    ("in_review", "author", "sign", REVIEW, 403, "in_review"),
    ("in_review", "controller", "sign", REVIEW, 403, "in_review"),
    ("in_review", "manager", "sign", REVIEW, 403, "in_review"),
    ("in_review", "officer", "sign", REVIEW, 404, "in_review"),
    ("in_review", ANONYMOUS, "sign", REVIEW, 404, "in_review"),
    ("in_review", "reviewer", "sign", {}, 400, "in_review"),
    ("in_review", "reviewer", "sign", {**REVIEW, "meaning": "khác"}, 400, "in_review"),
    ("in_review", "reviewer", "sign", {**REVIEW, "meaning": ["review"]}, 400, "in_review"),
    ("in_review", "reviewer", "sign", {**REVIEW, "password": 5}, 400, "in_review"),
    ("in_review", "reviewer", "sign", {**REVIEW, "password": None}, 400, "in_review"),
    ("draft", "author", "sign", REVIEW, 409, "draft"),
    ("approved", "approver", "sign", APPROVAL, 409, "approved"),
    ("in_force", "approver", "sign", APPROVAL, 409, "in_force"),
]


class TestDecisions:
    @pytest.mark.parametrize(
        ("state", "role", "service", "body", "status", "after"),
        DECISIONS,
        ids=[
            f"{row[0]}-{row[1]}-{row[2]}-{row[4]}-{number}" for number, row in enumerate(DECISIONS)
        ],
    )
    def test_who_decides_what_and_when(self, world, state, role, service, body, status, after):
        subject = world.subject(state)
        rows = len(trail.rows(subject.document_uid))
        answer = post(world, role, f"{subject.path}/@{service}", body)
        assert (answer.status_code, state_of(subject)) == (status, after)
        if status == 200:
            assert answer.json()["state"] == after
            assert {"signatures", "content_hash", "number"} <= answer.json().keys()
            assert trail.rows(subject.document_uid)[-1]["actor"] == role
        else:
            assert answer.json().keys() >= ERROR
            assert len(trail.rows(subject.document_uid)) == rows

    @pytest.mark.parametrize("password", ["sai", "", PASSWORD.lower(), f"{PASSWORD} "])
    def test_a_wrong_password_is_answered_by_status_and_kept_in_the_trail(self, world, password):
        subject = world.subject("in_review")
        answer = post(world, "reviewer", f"{subject.path}/@sign", {**REVIEW, "password": password})
        assert (answer.status_code, answer.json()["type"]) == (403, "ReauthenticationFailed")
        assert password == "" or password not in answer.text
        row = trail.rows(subject.document_uid)[-1]
        assert (row["action"], row["actor"]) == ("reauthentication_failed", "reviewer")
        assert PASSWORD not in str(row)
        assert state_of(subject) == "in_review"

    def test_the_password_of_another_person_does_not_sign(self, world):
        with api.env.adopt_roles(["Manager"]):
            api.user.get(userid="controller").setSecurityProfile(password="Khac-han-9001!")
        transaction.commit()
        subject = world.subject("in_review")
        body = {
            **REVIEW,
            "password": "Khac-han-9001!",
            "login": "controller",
            "person": "controller",
        }
        assert post(world, "reviewer", f"{subject.path}/@sign", body).status_code == 403
        with api.env.adopt_roles(["Manager"]):
            api.user.get(userid="controller").setSecurityProfile(password=PASSWORD)
        transaction.commit()

    @pytest.mark.parametrize(
        ("state", "role", "service", "body"),
        [
            ("in_review", "reviewer", "sign", REVIEW),
            ("in_approval", "approver", "sign", APPROVAL),
            ("in_review", "reviewer", "reject", REASON),
            ("in_approval", "author", "recall", REASON),
        ],
    )
    def test_content_changed_behind_the_guards_is_not_decided_on(
        self, world, state, role, service, body
    ):
        subject = world.subject(state)
        aq_base(subject.revision).title = "Sửa lén"
        transaction.commit()
        answer = post(world, role, f"{subject.path}/@{service}", body)
        assert (answer.status_code, answer.json()["type"]) == (409, "Conflict")
        assert state_of(subject) == state

    def test_the_last_signature_names_all_of_them(self, world):
        subject = world.subject("in_approval")
        body = {**APPROVAL, "comment": "Đồng ý"}
        signatures = post(world, "approver", f"{subject.path}/@sign", body).json()["signatures"]
        assert [row["person"] for row in signatures] == ["reviewer", "approver"]
        assert [row["valid"] for row in signatures] == [True, True]
        assert {row["content_hash"] for row in signatures} == {subject.revision.content_hash}
        assert signatures[1]["comment"] == "Đồng ý"

    def test_a_comment_of_a_megabyte_is_kept_or_refused(self, world):
        subject = world.subject("in_review")
        comment = "dài " * 262_144
        answer = post(world, "reviewer", f"{subject.path}/@reject", {"comment": comment})
        if answer.status_code == 200:
            assert trail.rows(subject.document_uid)[-1]["details"]["comment"] == comment
        else:
            assert (answer.status_code, state_of(subject)) == (400, "in_review")

    def test_markup_in_a_comment_stays_text(self, world):
        subject = world.subject("in_review")
        comment = "<img src=x onerror=alert(1)>"
        post(world, "reviewer", f"{subject.path}/@reject", {"comment": comment})
        for path in (subject.path, subject.document_path):
            assert comment not in world.call("author", "GET", path).text


class TestTokens:
    """A browser sends its cookie with what a foreign page makes it send."""

    @pytest.fixture
    def cookie(self, world):
        response = HTTPResponse()
        world.portal.acl_users.session._setupSession(b"author", response)
        return {"__ac": response.cookies["__ac"]["value"].decode()}

    @pytest.mark.parametrize(
        ("state", "path", "body"),
        [
            ("draft", "{s.path}/@submit", {}),
            ("draft", "{s.path}/@withdraw", REASON),
            ("in_review", "{s.path}/@recall", REASON),
            ("in_force", "{s.document_path}/@revise", {}),
            ("draft", "{s.path}/@workflow/submit", {}),
        ],
    )
    @pytest.mark.parametrize("kind", ["application/json", "text/plain"])
    def test_a_cookie_alone_decides_nothing(self, world, cookie, state, path, body, kind):
        subject = world.subject(state)
        before = subject.facts()
        url = f"{world.portal.absolute_url()}/++api++/{path.format(s=subject)}"
        answer = requests.post(
            url,
            cookies=cookie,
            headers={"Content-Type": kind},
            json=body,
            allow_redirects=False,
            timeout=10,
        )
        transaction.begin()
        assert subject.facts() == before
        assert answer.status_code >= 300

    def test_with_the_token_it_does(self, world, cookie):
        subject = world.subject("draft")
        url = f"{world.portal.absolute_url()}/{subject.path}/@submit"
        headers = {**JSON, "X-CSRF-TOKEN": world.token("author")}
        answer = requests.post(url, cookies=cookie, headers=headers, json={}, timeout=10)
        transaction.begin()
        assert (answer.status_code, state_of(subject)) == (200, "in_review")
