"""Signing with one-time codes: setting them up, using each once, losing them."""

from cast import acting
from cast import PASSWORD
from datetime import timedelta
from eqms.approval import actions
from eqms.approval.authentication import onetime
from eqms.approval.authentication.onetime import Codes
from eqms.approval.authentication.onetime import codes_of
from eqms.approval.authentication.proof import AuthenticationLocked
from eqms.approval.authentication.proof import prove
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.approval.authentication.storage import stored
from eqms.domain.clock import frozen
from eqms.domain.clock import now
from eqms.trail import storage as trail
from lxml import html
from plone import api
from zExceptions import BadRequest
import pyotp
import pytest
import requests
import transaction


JSON = {"Accept": "application/json"}

MOMENT = now().replace(microsecond=0)


def allow(*methods):
    api.portal.set_registry_record("eqms.approval.authentication_methods", methods)


def code(key, ahead=0):
    return pyotp.TOTP(key).at(MOMENT + ahead * timedelta(seconds=30))


@pytest.fixture
def stopped():
    with frozen(MOMENT):
        yield


@pytest.fixture
def key(agency, stopped):
    """The key of the reviewer, set up a minute ago."""
    allow("password", "totp")
    with acting("reviewer"), frozen(MOMENT - timedelta(minutes=2)):
        offered = onetime.offer("reviewer")
        onetime.confirm("reviewer", code(offered, -4), PASSWORD)
    return offered


class TestProof:
    def test_a_code_proves_it_once(self, key):
        with acting("reviewer"):
            assert prove("reviewer", code(key), "totp").method == "totp"
            with pytest.raises(ReauthenticationFailed):
                prove("reviewer", code(key), "totp")
            with frozen(MOMENT + timedelta(seconds=30)):
                assert prove("reviewer", code(key, 1), "totp")

    def test_after_a_later_code_an_earlier_one_is_over(self, key):
        with acting("reviewer"):
            prove("reviewer", code(key, 1), "totp")
            with pytest.raises(ReauthenticationFailed):
                prove("reviewer", code(key, 0), "totp")

    def test_a_code_does_not_stand_for_a_password_nor_the_other_way(self, key):
        with acting("reviewer"):
            with pytest.raises(ReauthenticationFailed):
                prove("reviewer", code(key))
            with pytest.raises(ReauthenticationFailed):
                prove("reviewer", PASSWORD, "totp")

    def test_who_has_no_key_has_no_code(self, key):
        with acting("approver"), pytest.raises(ReauthenticationFailed):
            prove("approver", code(key), "totp")

    def test_wrong_codes_lock_for_both_ways(self, key):
        with acting("reviewer"):
            for _number in range(4):
                with pytest.raises(ReauthenticationFailed):
                    prove("reviewer", "000000", "totp")
            with pytest.raises(AuthenticationLocked):
                prove("reviewer", "000000", "totp")
            with pytest.raises(AuthenticationLocked):
                prove("reviewer", PASSWORD)

    def test_a_site_may_allow_codes_only(self, key):
        allow("totp")
        with acting("reviewer"):
            assert prove("reviewer", code(key)).method == "totp"
            with pytest.raises(BadRequest):
                prove("reviewer", PASSWORD, "password")

    def test_it_signs_and_the_row_says_how(self, document, key):
        with acting("author"):
            actions.transition(document["rev-1"], "submit")
        with acting("reviewer"):
            actions.sign(document["rev-1"], "review", code(key), method="totp")
        [row] = [row for row in trail.rows(document.UID()) if row["action"] == "signed"]
        assert row["details"]["method"] == "totp"


class TestEnrolment:
    def test_it_needs_the_password(self, agency, stopped):
        with acting("reviewer"):
            offered = onetime.offer("reviewer")
            with pytest.raises(ReauthenticationFailed):
                onetime.confirm("reviewer", code(offered), "sai")
            assert stored().attempts["reviewer"].failed == 1
            assert not codes_of("reviewer").key

    def test_it_needs_a_first_code(self, agency, stopped):
        with acting("reviewer"):
            onetime.offer("reviewer")
            with pytest.raises(BadRequest):
                onetime.confirm("reviewer", "000000", PASSWORD)

    def test_it_needs_a_key_that_was_offered(self, agency, stopped):
        with acting("reviewer"), pytest.raises(BadRequest):
            onetime.confirm("reviewer", code(pyotp.random_base32()), PASSWORD)

    def test_the_first_code_does_not_sign(self, agency, stopped):
        allow("totp")
        with acting("reviewer"):
            offered = onetime.offer("reviewer")
            onetime.confirm("reviewer", code(offered), PASSWORD)
            with pytest.raises(ReauthenticationFailed):
                prove("reviewer", code(offered))

    def test_the_old_key_counts_until_the_new_one_is_confirmed(self, key):
        with acting("reviewer"):
            offered = onetime.offer("reviewer")
            assert prove("reviewer", code(key), "totp")
            onetime.confirm("reviewer", code(offered, 1), PASSWORD)
            with pytest.raises(ReauthenticationFailed):
                prove("reviewer", code(key, 1), "totp")

    def test_each_change_is_a_row_without_the_key(self, key):
        with acting("reviewer"):
            onetime.give_up("reviewer", PASSWORD)
        rows = [row for row in trail.rows(trail.SITE) if "signing_code" in row["action"]]
        assert [(row["action"], row["actor"]) for row in rows] == [
            ("signing_code_enrolled", "reviewer"),
            ("signing_code_removed", "reviewer"),
        ]
        assert key not in str(rows)

    def test_giving_up_needs_the_password(self, key):
        with acting("reviewer"), pytest.raises(ReauthenticationFailed):
            onetime.give_up("reviewer", code(key))
        assert codes_of("reviewer").key == key

    def test_who_gets_the_id_of_a_deleted_user_starts_with_nothing(self, key):
        with api.env.adopt_roles(["Manager"]):
            api.user.delete(username="reviewer")
        assert codes_of("reviewer") == Codes()
        assert not any("reviewer" in tree for tree in stored().trees)


class TestPages:
    @pytest.fixture
    def session(self, live_agency):
        allow("password", "totp")
        transaction.commit()
        session = requests.Session()
        session.auth = ("reviewer", PASSWORD)
        return session

    @pytest.fixture
    def url(self, live_agency):
        return f"{api.portal.get().absolute_url()}/@@signing-code"

    def send(self, session, url, form_id, button, page=None, **values):
        page = page if page is not None else html.fromstring(session.get(url, timeout=60).text)
        form = page.get_element_by_id(form_id)
        answer = session.post(url, data={**dict(form.form_values()), button: "1", **values})
        transaction.begin()
        return answer

    def set_up(self, session, url):
        answer = self.send(session, url, "eqms-code-begin", "begin")
        page = html.fromstring(answer.text)
        key = page.get_element_by_id("eqms-code-key").text.replace(" ", "")
        first = pyotp.TOTP(key).at(now())
        self.send(session, url, "eqms-code-confirm", "confirm", page, code=first, password=PASSWORD)
        return key, answer

    def test_setting_up(self, session, url):
        key, answer = self.set_up(session, url)
        assert answer.headers["Cache-Control"] == "no-store"
        assert codes_of("reviewer").key == key
        assert key not in session.get(url, timeout=60).text

    def test_a_wrong_password_sets_nothing_up_and_counts(self, session, url):
        page = html.fromstring(self.send(session, url, "eqms-code-begin", "begin").text)
        values = {"code": "000000", "password": "sai"}
        answer = self.send(session, url, "eqms-code-confirm", "confirm", page, **values)
        assert answer.status_code == 403
        assert stored().attempts["reviewer"].failed == 1
        assert html.fromstring(answer.text).get_element_by_id("eqms-code-first") is not None

    def test_the_menu_of_the_person_leads_there_where_codes_are_allowed(self, session, url):
        home = api.portal.get().absolute_url()
        assert "@@signing-code" in session.get(home, timeout=60).text
        assert "@@signing-code" not in requests.get(home, timeout=60).text
        allow("password")
        transaction.commit()
        assert "@@signing-code" not in session.get(home, timeout=60).text

    def test_looking_writes_nothing(self, session, url):
        # The first page of a new site writes portlet assignments, whichever it is.
        session.get(api.portal.get().absolute_url(), timeout=60)
        before = api.portal.get()._p_jar.db().lastTransaction()
        assert session.get(url, timeout=60).ok
        assert api.portal.get()._p_jar.db().lastTransaction() == before

    def test_without_the_token_of_the_form_nothing_happens(self, session, url):
        assert session.post(url, data={"begin": "1"}, timeout=60).status_code == 403
        transaction.begin()
        assert codes_of("reviewer") == Codes()

    def test_no_service_tells_the_key(self, session, url):
        key, _answer = self.set_up(session, url)
        with api.env.adopt_roles(["Manager"]):
            api.user.create(username="quan-tri", email="q@example.vn", password=PASSWORD)
            api.user.grant_roles(username="quan-tri", roles=["Manager"])
        transaction.commit()
        portal = api.portal.get().absolute_url()
        for path in ("@users/reviewer", "", "@@signing-codes", "@@personal-information"):
            answer = requests.get(
                f"{portal}/{path}",
                auth=("quan-tri", PASSWORD),
                headers=JSON if path[:2] != "@@" else {},
                timeout=60,
            )
            assert answer.ok
            assert key not in answer.text

    def test_an_administrator_takes_it_away(self, session, url):
        self.set_up(session, url)
        with api.env.adopt_roles(["Manager"]):
            api.user.create(username="quan-tri", email="q@example.vn", password=PASSWORD)
            api.user.grant_roles(username="quan-tri", roles=["Site Administrator"])
        transaction.commit()
        admin = requests.Session()
        admin.auth = ("quan-tri", PASSWORD)
        list_url = url.replace("signing-code", "signing-codes")
        page = html.fromstring(admin.get(list_url, timeout=60).text)
        [button] = page.xpath("//button[@name='person']")
        assert button.get("value") == "reviewer"
        form = button.getparent()
        admin.post(list_url, data={**dict(form.form_values()), "person": "reviewer"}, timeout=60)
        transaction.begin()
        assert codes_of("reviewer") == Codes()
        assert trail.rows(trail.SITE)[-1]["actor"] == "quan-tri"

    def test_nobody_else_sees_who_has_one(self, session, url):
        list_url = url.replace("signing-code", "signing-codes")
        answer = session.get(list_url, timeout=60, allow_redirects=False)
        assert answer.status_code in (302, 401, 403)
