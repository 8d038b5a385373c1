"""How passwords are stored, when they move to the adaptive hash, and what is remembered."""

from argon2 import PasswordHasher
from AuthEncoding import AuthEncoding
from cast import acting
from cast import PASSWORD
from datetime import timedelta
from eqms.approval.authentication import hashing
from eqms.approval.authentication.hashing import afresh
from eqms.approval.authentication.hashing import ARGON2
from eqms.approval.authentication.hashing import hashed
from eqms.approval.authentication.hashing import Memory
from eqms.approval.authentication.keeper import KEEPER
from eqms.approval.authentication.keeper import move
from eqms.approval.authentication.proof import prove
from eqms.approval.authentication.proof import ReauthenticationFailed
from eqms.domain.clock import frozen
from eqms.domain.clock import now
from lxml import html
from plone import api
from plone.app.testing import applyProfile
from Products.PluggableAuthService.interfaces.plugins import IUserAdderPlugin
import pytest
import requests
import transaction


OLD = "SSHA"


def source():
    return api.portal.get_tool("acl_users")["source_users"]


def stored(person="reviewer"):
    value = source()._user_passwords[person]
    return value if isinstance(value, bytes) else value.encode()


def is_adaptive(person="reviewer"):
    return stored(person).startswith(b"{ARGON2ID}$argon2id$")


def make_old(person="reviewer", password=PASSWORD):
    source()._user_passwords[person] = AuthEncoding.pw_encrypt(password, OLD)


@pytest.fixture
def counted(monkeypatch):
    """How often a password was really verified."""
    calls = []
    monkeypatch.setattr(ARGON2, "hasher", CountingHasher(calls))
    return calls


class CountingHasher(PasswordHasher):
    def __init__(self, calls):
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.calls = calls

    def verify(self, reference, password):
        self.calls.append(reference)
        return super().verify(reference, password)


class TestScheme:
    def test_two_hashes_of_one_password_differ_and_both_fit(self):
        first, second = hashed(PASSWORD), hashed(PASSWORD)
        assert first != second
        assert AuthEncoding.pw_validate(first, PASSWORD)
        assert AuthEncoding.pw_validate(second, PASSWORD.encode())

    @pytest.mark.parametrize("attempt", ["", "sai", PASSWORD.lower(), f"{PASSWORD} "])
    def test_another_password_does_not_fit(self, attempt):
        assert not AuthEncoding.pw_validate(hashed(PASSWORD), attempt)

    @pytest.mark.parametrize(
        "reference", ["{ARGON2ID}", "{ARGON2ID}x", "{ARGON2ID}$argon2id$v=19$m=8,t=1,p=1$x$y"]
    )
    def test_a_broken_hash_fits_nothing(self, reference):
        assert not AuthEncoding.pw_validate(reference, PASSWORD)

    def test_its_strength_is_what_owasp_asks_for(self):
        hasher = hashing.Argon2Scheme().hasher
        assert (hasher.memory_cost, hasher.time_cost, hasher.parallelism) == (19456, 2, 1)

    def test_a_hash_made_with_other_parameters_is_outdated(self):
        weak = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
        assert ARGON2.outdated(f"{{ARGON2ID}}{weak}")
        assert not ARGON2.outdated(hashed(PASSWORD))


class TestMemory:
    def test_it_forgets_after_a_while(self):
        memory, moment = Memory(timedelta(minutes=5), 10), now()
        with frozen(moment):
            memory.add(b"hash", b"password")
            assert memory.knows(b"hash", b"password")
        with frozen(moment + timedelta(minutes=5)):
            assert not memory.knows(b"hash", b"password")

    def test_it_keeps_neither_password_nor_hash(self):
        memory = Memory(timedelta(minutes=5), 10)
        memory.add(b"the hash", b"the password")
        assert b"the password" not in repr(vars(memory)).encode()
        assert b"the hash" not in repr(vars(memory)).encode()

    def test_hash_and_password_are_told_apart(self):
        memory = Memory(timedelta(minutes=5), 10)
        memory.add(b"ab", b"c")
        assert not memory.knows(b"a", b"bc")

    def test_it_does_not_grow(self):
        memory = Memory(timedelta(minutes=5), 3)
        for number in range(10):
            memory.add(b"hash", str(number).encode())
        known = [number for number in range(10) if memory.knows(b"hash", str(number).encode())]
        assert known == [7, 8, 9]

    def test_a_client_that_sends_the_password_each_time_pays_once(self, live_agency, counted):
        url = f"{live_agency.absolute_url()}"
        with requests.Session() as session:
            session.auth = ("reviewer", PASSWORD)
            source()._user_passwords["reviewer"] = hashed(PASSWORD)
            ARGON2.memory._until.clear()
            transaction.commit()
            for _number in range(3):
                assert session.get(url, headers={"Accept": "application/json"}).ok
        assert len(counted) == 1

    def test_a_wrong_password_is_verified_each_time(self, agency, counted):
        source()._user_passwords["reviewer"] = hashed(PASSWORD)
        for _number in range(3):
            credentials = {"login": "reviewer", "password": "sai"}
            assert source().authenticateCredentials(credentials) is None
        assert len(counted) == 3

    def test_signing_trusts_no_memory(self, agency, counted):
        source()._user_passwords["reviewer"] = hashed(PASSWORD)
        with acting("reviewer"):
            prove("reviewer", PASSWORD)
            prove("reviewer", PASSWORD)
        assert len(counted) == 2

    def test_it_is_trusted_again_afterwards(self, counted):
        reference = hashed(PASSWORD)
        with afresh():
            assert AuthEncoding.pw_validate(reference, PASSWORD)
        assert AuthEncoding.pw_validate(reference, PASSWORD)
        assert len(counted) == 1


class TestMoving:
    def test_new_users_have_it(self, agency):
        assert is_adaptive()

    def test_a_changed_password_has_it(self, agency):
        make_old()
        api.user.get(userid="reviewer").setSecurityProfile(password="Khac-han-9001!")
        assert is_adaptive()
        assert source().authenticateCredentials(
            {"login": "reviewer", "password": "Khac-han-9001!"}
        ) == ("reviewer", "reviewer")

    def test_users_that_come_with_a_hash_keep_it(self, agency):
        old = AuthEncoding.pw_encrypt(PASSWORD, OLD)
        api.portal.get_tool("acl_users")[KEEPER].doAddUser("nguoi-cu", old)
        assert stored("nguoi-cu") == old

    def login(self, live_agency, person="reviewer", password=PASSWORD):
        portal = api.portal.get().absolute_url()
        session = requests.Session()
        page = html.fromstring(session.get(f"{portal}/login", timeout=60).text)
        form = page.xpath("//*[@id='login-form']//form")[0]
        data = {
            **dict(form.form_values()),
            "__ac_name": person,
            "__ac_password": password,
            "buttons.login": "1",
        }
        session.post(f"{portal}/login", data=data, timeout=60)
        transaction.begin()
        return session

    def test_the_login_page_moves_an_old_one(self, live_agency):
        make_old()
        transaction.commit()
        session = self.login(live_agency)
        assert "__ac" in session.cookies
        assert is_adaptive()
        assert "__ac" in self.login(live_agency).cookies

    def test_a_wrong_password_moves_nothing(self, live_agency):
        make_old()
        transaction.commit()
        assert "__ac" not in self.login(live_agency, password="sai").cookies
        assert stored().startswith(b"{SSHA}")

    def test_logging_in_while_logged_in_moves_nobody_elses(self, live_agency):
        make_old()
        transaction.commit()
        before = stored()
        session = self.login(live_agency, "author")
        portal = api.portal.get().absolute_url()
        data = {"__ac_name": "reviewer", "__ac_password": "sai", "buttons.login": "1"}
        session.post(f"{portal}/login", data=data, timeout=60)
        transaction.begin()
        assert stored() == before
        move("reviewer", "sai")
        assert stored() == before

    def test_the_login_service_moves_an_old_one(self, live_agency):
        make_old()
        transaction.commit()
        answer = requests.post(
            f"{api.portal.get().absolute_url()}/@login",
            json={"login": "reviewer", "password": PASSWORD},
            headers={"Accept": "application/json"},
            timeout=60,
        )
        transaction.begin()
        assert answer.json()["token"]
        assert is_adaptive()

    def test_signing_moves_an_old_one(self, agency):
        make_old()
        with acting("reviewer"):
            prove("reviewer", PASSWORD)
        assert is_adaptive()

    def test_signing_with_a_wrong_one_moves_nothing(self, agency):
        make_old()
        with acting("reviewer"), pytest.raises(ReauthenticationFailed):
            prove("reviewer", "sai")
        assert stored().startswith(b"{SSHA}")

    def test_reading_writes_nothing(self, live_agency):
        make_old()
        transaction.commit()
        url = live_agency.absolute_url()
        headers = {"Accept": "application/json"}
        assert requests.get(url, auth=("reviewer", PASSWORD), headers=headers, timeout=60).ok
        transaction.begin()
        assert stored().startswith(b"{SSHA}")


class TestInstalling:
    def test_it_stands_first(self, portal):
        plugins = api.portal.get_tool("acl_users").plugins
        assert plugins.listPluginIds(IUserAdderPlugin)[0] == KEEPER

    def test_installing_again_changes_nothing(self, portal):
        before = api.portal.get_tool("acl_users").plugins.listPluginIds(IUserAdderPlugin)
        applyProfile(portal, "eqms:default")
        after = api.portal.get_tool("acl_users").plugins.listPluginIds(IUserAdderPlugin)
        assert before == after

    def test_after_uninstalling_old_and_new_logins_work(self, agency, installer, package_name):
        make_old("author")
        installer.uninstall_product(package_name)
        users = api.portal.get_tool("acl_users")
        assert KEEPER not in users.objectIds()
        assert KEEPER not in users.plugins.listPluginIds(IUserAdderPlugin)
        for person in ("author", "reviewer"):
            credentials = {"login": person, "password": PASSWORD}
            assert source().authenticateCredentials(credentials) == (person, person)
        api.user.create(username="moi", email="moi@example.vn", password=PASSWORD)
        assert stored("moi").startswith(b"{SSHA}")
