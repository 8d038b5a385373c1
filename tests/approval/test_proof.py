"""Proving who signs: what a wrong secret leaves behind, the lock, and challenges."""

from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from cast import acting
from cast import add_document
from cast import PASSWORD
from contextlib import contextmanager
from datetime import timedelta
from eqms.approval import actions
from eqms.approval.authentication import challenges
from eqms.approval.authentication.proof import prove
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.authentication.storage import stored
from eqms.documents.errors import Conflict
from eqms.domain.challenge import Item
from eqms.domain.clock import frozen
from eqms.domain.clock import now
from eqms.domain.lockout import Attempts
from eqms.trail import storage as trail
from lxml import html
from plone import api
from zExceptions import BadRequest
from zExceptions import Forbidden
from ZODB.POSException import ConflictError
from zope.component.hooks import getSite
from zope.component.hooks import setSite
import pytest
import requests
import transaction


JSON = {"Accept": "application/json"}


@pytest.fixture
def revision(live_document):
    with acting("author"):
        actions.transition(live_document["rev-1"], "submit")
    transaction.commit()
    return live_document["rev-1"]


def challenge(revision, who="reviewer"):
    url = f"{revision.absolute_url()}/@sign"
    return requests.get(url, auth=(who, PASSWORD), headers=JSON, timeout=60)


def sign(revision, password=PASSWORD, who="reviewer", **members):
    body = {"meaning": "review", "password": password, **members}
    answer = requests.post(
        f"{revision.absolute_url()}/@sign",
        auth=(who, PASSWORD),
        headers=JSON,
        json=body,
        timeout=60,
    )
    transaction.begin()
    return answer


def last_row(revision):
    return trail.rows(revision.__parent__.UID())[-1]


def set_methods(*names):
    api.portal.set_registry_record("eqms.approval.authentication_methods", names)
    transaction.commit()


class TestLock:
    def test_count_and_row_survive_the_refusal(self, revision):
        for number in range(1, 5):
            answer = sign(revision, "sai")
            assert (answer.status_code, answer.json()["type"]) == (403, "ReauthenticationFailed")
            assert stored().attempts["reviewer"].failed == number
            row = last_row(revision)
            assert (row["action"], row["actor"]) == ("reauthentication_failed", "reviewer")
            assert row["details"]["method"] == "password"

    def test_the_fifth_locks_and_then_the_right_one_is_refused_too(self, revision):
        start = now()
        with frozen(start):
            answers = [sign(revision, "sai") for _number in range(5)]
            assert answers[-1].status_code == 403
            assert answers[-1].json()["type"] == "AuthenticationLocked"
            right, wrong = sign(revision), sign(revision, "sai")
            assert right.json() == wrong.json() == answers[-1].json()
            assert right.status_code == 403
            row = last_row(revision)
            assert row["action"] == "authentication_locked"
        assert api.content.get_state(revision) == "in_review"
        with frozen(start + timedelta(minutes=15)):
            assert sign(revision).status_code == 200

    def test_it_says_until_when_in_the_time_of_the_site(self, revision):
        api.portal.set_registry_record("eqms.approval.authentication_attempts", 1)
        api.portal.set_registry_record("eqms.approval.authentication_lock_minutes", 30)
        transaction.commit()
        moment = now().replace(year=2026, month=11, day=25, hour=16, minute=45)
        with frozen(moment):
            assert "26/11/2026 00:15" in sign(revision, "sai").json()["message"]

    def test_a_right_one_starts_the_count_anew(self, revision):
        for _number in range(4):
            sign(revision, "sai")
        assert sign(revision).status_code == 200
        assert "reviewer" not in stored().attempts

    def test_one_locked_person_does_not_lock_another(self, revision):
        for _number in range(5):
            sign(revision, "sai")
        with acting("approver"):
            assert prove("approver", PASSWORD).method == "password"

    def test_through_the_form(self, revision):
        session = requests.Session()
        session.auth = ("reviewer", PASSWORD)
        url = f"{revision.absolute_url()}/@@sign"
        for number in range(1, 6):
            page = html.fromstring(session.get(url, timeout=60).text)
            answer = session.post(url, data=fields(page, "sai"), timeout=60)
            transaction.begin()
            assert answer.status_code == 403
            assert stored().attempts["reviewer"].failed == number % 5
            assert html.fromstring(answer.text).xpath("//*[contains(@class, 'portalMessage')]")
        assert last_row(revision)["action"] == "authentication_locked"
        page = html.fromstring(session.get(url, timeout=60).text)
        session.post(url, data=fields(page, PASSWORD), timeout=60)
        transaction.begin()
        assert api.content.get_state(revision) == "in_review"

    def test_the_form_signs_again_after_a_wrong_password(self, revision):
        session = requests.Session()
        session.auth = ("reviewer", PASSWORD)
        url = f"{revision.absolute_url()}/@@sign"
        page = html.fromstring(session.get(url, timeout=60).text)
        page = html.fromstring(session.post(url, data=fields(page, "sai"), timeout=60).text)
        session.post(url, data=fields(page, PASSWORD), timeout=60)
        transaction.begin()
        assert api.content.get_state(revision) == "in_approval"

    def test_the_form_signs_nothing_without_its_challenge(self, revision):
        session = requests.Session()
        session.auth = ("reviewer", PASSWORD)
        url = f"{revision.absolute_url()}/@@sign"
        page = html.fromstring(session.get(url, timeout=60).text)
        data = {**fields(page, PASSWORD), "form.widgets.challenge": ""}
        session.post(url, data=data, timeout=60)
        transaction.begin()
        assert api.content.get_state(revision) == "in_review"

    def test_no_secret_is_kept_or_told(self, revision, caplog):
        answer = sign(revision, "Sai-be-bet-77")
        assert "Sai-be-bet-77" not in answer.text
        assert "Sai-be-bet-77" not in str(trail.rows(revision.__parent__.UID()))
        assert "Sai-be-bet-77" not in caplog.text


def fields(page, password):
    form = page.get_element_by_id("form")
    return {
        **dict(form.form_values()),
        "form.widgets.password": password,
        "form.buttons.sign": "1",
    }


class TestWhoAndHow:
    def test_nobody_proves_to_be_somebody_else(self, agency):
        with acting("reviewer"), pytest.raises(Forbidden):
            prove("approver", PASSWORD)

    def test_a_method_that_the_site_does_not_allow(self, agency):
        with acting("reviewer"), pytest.raises(BadRequest, match="password"):
            prove("reviewer", PASSWORD, "totp")

    def test_an_empty_secret_proves_nothing(self, agency):
        with acting("reviewer"), pytest.raises(ReauthenticationFailed):
            prove("reviewer", "")


@contextmanager
def connection_of_its_own(portal, person):
    """The site through another connection, as another thread has it, with the person logged in."""
    before = getSite(), getSecurityManager()
    manager = transaction.TransactionManager()
    connection = portal._p_jar.db().open(manager)
    root = connection.root()["Application"].__of__(portal.__parent__.__parent__)
    setSite(root[portal.getId()])
    with acting(person):
        try:
            yield manager
        finally:
            setSite(before[0])
            setSecurityManager(before[1])
            manager.abort()
            connection.close()


class TestAtOnce:
    @pytest.mark.parametrize("already", [0, 2])
    def test_two_wrong_attempts_conflict(self, functional_portal, live_agency, already):
        with acting("reviewer"):
            for _number in range(already):
                with pytest.raises(ReauthenticationFailed):
                    prove("reviewer", "sai")
            with acting("approver"), pytest.raises(ReauthenticationFailed):
                prove("approver", "sai")
        transaction.commit()
        with connection_of_its_own(functional_portal, "reviewer") as first:
            with pytest.raises(ReauthenticationFailed):
                prove("reviewer", "sai")
            with connection_of_its_own(functional_portal, "reviewer") as second:
                with pytest.raises(ReauthenticationFailed):
                    prove("reviewer", "sai")
                second.commit()
            with pytest.raises(ConflictError):
                first.commit()
        transaction.begin()
        assert stored().attempts["reviewer"] == Attempts(failed=already + 1)

    def test_one_challenge_redeemed_twice_conflicts(self, functional_portal, live_agency):
        item = Item("uid", "hash", "review", "review")
        with acting("approver"):
            challenges.redeem(challenges.make("approver", [item]), "approver", [item])
        token = challenges.make("reviewer", [item])
        transaction.commit()
        with connection_of_its_own(functional_portal, "reviewer") as first:
            challenges.redeem(token, "reviewer", [item])
            with connection_of_its_own(functional_portal, "reviewer") as second:
                challenges.redeem(token, "reviewer", [item])
                second.commit()
            with pytest.raises(ConflictError):
                first.commit()
        transaction.begin()
        with pytest.raises(Conflict):
            challenges.redeem(token, "reviewer", [item])


class TestChallenge:
    def test_it_says_what_will_be_signed(self, revision):
        moment = now().replace(microsecond=0)
        with frozen(moment):
            answer = challenge(revision)
        facts = answer.json()
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert (facts["meaning"], facts["step"]) == ("review", "review")
        assert facts["content_hash"] == revision.content_hash
        assert facts["methods"] == ["password"]
        expires = (moment + timedelta(minutes=5)).isoformat().replace("+00:00", "Z")
        assert facts["expires_at"] == expires
        assert revision.title in facts["statement"]
        assert "QT 01/CX-HCTP" in facts["statement"]

    def test_asking_writes_nothing(self, revision):
        before = last_write(revision)
        challenge(revision)
        assert last_write(revision) == before

    @pytest.mark.parametrize(
        ("who", "status"), [("approver", 403), ("author", 403), ("member", 404)]
    )
    def test_only_the_signer_is_asked(self, revision, who, status):
        assert challenge(revision, who).status_code == status

    def test_it_signs_once(self, revision):
        token = challenge(revision).json()["challenge"]
        assert sign(revision, challenge=token).status_code == 200
        with acting("reviewer"), pytest.raises(Conflict, match="already"):
            items = challenges.read(token).items
            challenges.redeem(token, "reviewer", items)

    def test_a_wrong_password_uses_it_up(self, revision):
        token = challenge(revision).json()["challenge"]
        assert sign(revision, "sai", challenge=token).status_code == 403
        assert sign(revision, challenge=token).status_code == 409

    def test_not_after_five_minutes(self, revision):
        moment = now()
        with frozen(moment):
            token = challenge(revision).json()["challenge"]
        with frozen(moment + timedelta(minutes=5)):
            answer = sign(revision, challenge=token)
            assert (answer.status_code, answer.json()["type"]) == (409, "Conflict")
        with frozen(moment + timedelta(minutes=4, seconds=59)):
            assert sign(revision, challenge=token).status_code == 200

    def test_not_for_another_revision(self, revision, live_agency):
        other = add_document(live_agency, code="QT 02/CX-HCTP")["rev-1"]
        with acting("author"):
            actions.transition(other, "submit")
        transaction.commit()
        token = challenge(other).json()["challenge"]
        assert sign(revision, challenge=token).status_code == 409

    def test_not_by_another_person(self, revision, live_agency):
        group = live_agency.group_ids["reviewers"]
        api.group.add_user(groupname=group, username="controller")
        with acting("reviewer"):
            actions.transition(revision, "reject", "lại")
        with acting("author"):
            actions.transition(revision, "submit")
        transaction.commit()
        token = challenge(revision, "controller").json()["challenge"]
        assert sign(revision, challenge=token).status_code == 409

    def test_not_after_the_content_has_changed(self, revision):
        token = challenge(revision).json()["challenge"]
        with acting("reviewer"):
            actions.transition(revision, "reject", "lại")
        with acting("author"):
            revision.title = "Tên khác"
            actions.transition(revision, "submit")
        transaction.commit()
        assert sign(revision, challenge=token).status_code == 409

    @pytest.mark.parametrize("token", ["x", "a.b", "."])
    def test_not_a_forged_one(self, revision, token):
        assert sign(revision, challenge=token).status_code == 409
        assert api.content.get_state(revision) == "in_review"

    def test_a_refused_challenge_counts_no_attempt(self, revision):
        sign(revision, "sai", challenge="x")
        assert "reviewer" not in stored().attempts

    def test_used_ones_are_forgotten_when_they_are_too_old(self, agency):
        item = Item("uid", "hash", "review", "review")
        moment = now()
        for minute in (0, 1, 6):
            with frozen(moment + timedelta(minutes=minute)):
                challenges.redeem(challenges.make("reviewer", [item]), "reviewer", [item])
        assert len(stored().redeemed["reviewer"]) == 1


def last_write(revision):
    return revision._p_jar.db().lastTransaction()
