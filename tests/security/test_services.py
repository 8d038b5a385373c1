"""Every service and every page of the add-on, tried by those who may not and by foreign pages."""

from cast import PASSWORD
from eqms.interfaces import IEqmsLayer
from pathlib import Path
from security.services import decision_of
from security.services import registered
from security.services import SERVICES
from security.services import WAIVER
from security.world import ANONYMOUS
from security.world import JSON
from security.world import ROLES
from security.world import ROUTE_MEMBER
from zope.component import getGlobalSiteManager
import pytest
import requests


HTML = {"Accept": "text/html"}


@pytest.fixture(scope="class")
def world(world):
    # Plone makes settings of portlets when a page is first shown.
    world.call(ANONYMOUS, "GET", "so-tu-phap/@@confirm-waiver", headers=HTML)
    return world


@pytest.fixture(scope="class")
def decision(world):
    return decision_of(world)


@pytest.fixture(scope="class")
def subjects(world):
    return {state: world.subject(state) for state in ("draft", "in_review", "in_force")}


def cookie_session(world, person):
    """Somebody who is logged in as in a browser, by a cookie."""
    session = requests.Session()
    login = {"__ac_name": person, "__ac_password": PASSWORD, "buttons.login": "Log in"}
    session.post(f"{world.portal.absolute_url()}/login", data=login, timeout=30)
    assert "__ac" in session.cookies
    return session


def last(world):
    return world.portal._p_jar.db().lastTransaction()


def test_each_service_that_writes_is_tried_here(world):
    assert sorted(registered()) == sorted(SERVICES)


class TestServices:
    @pytest.mark.parametrize("name", SERVICES)
    def test_who_may_not_is_refused_and_nothing_is_written(self, world, subjects, decision, name):
        service = SERVICES[name]
        subject = subjects[service.state]
        before, through = last(world), {}
        for role in ROLES:
            if role in service.who:
                continue
            answer = service.call(world, subject, world.sessions[role], decision)
            if answer.status_code not in (401, 403, 404, *service.also) or last(world) != before:
                through[role] = (answer.status_code, answer.text[:200])
                before = last(world)
        assert through == {}

    @pytest.mark.parametrize("name", SERVICES)
    def test_a_foreign_page_writes_with_nobodys_cookie(self, world, subjects, decision, name):
        service = SERVICES[name]
        person = min(service.who - {ANONYMOUS}, default="manager")
        session = cookie_session(world, person)
        before = last(world)
        answer = service.call(world, subjects[service.state], session, decision)
        session.close()
        assert (answer.status_code, last(world)) == (403, before)
        assert "authenticator" in answer.text

    @pytest.mark.parametrize("origin", ["https://la.example", "null"])
    def test_nor_with_a_password_that_the_browser_keeps(self, world, subjects, origin):
        """HTTP Basic, as after a login in the administration of Zope; a page may post text."""
        url = f"{world.portal.absolute_url()}/++api++/{subjects['draft'].path}/@withdraw"
        before = last(world)
        answer = requests.post(
            url,
            auth=("author", PASSWORD),
            headers={"Origin": origin, "Content-Type": "text/plain"},
            data=b'{"comment": "x", "y": "="}',
            timeout=30,
        )
        assert (answer.status_code, last(world)) == (403, before)

    def test_a_page_of_the_site_itself_may(self, world):
        subject = world.subject("draft")
        host = world.portal.absolute_url().rpartition("/")[0]
        headers = {"Origin": host, "Accept": "application/json"}
        path = f"{subject.path}/@withdraw"
        answer = world.call("author", "POST", path, headers=headers, json={"comment": "x"})
        assert answer.status_code == 200


def test_calls_by_xml_rpc_are_off(world):
    body = "<?xml version='1.0'?><methodCall><methodName>Title</methodName></methodCall>"
    for role in ROLES:
        headers = {"Content-Type": "text/xml"}
        answer = world.call(role, "POST", world.own.path, headers=headers, data=body)
        assert answer.status_code in (400, 404), role
        assert "methodResponse" not in answer.text, role
    deployed = Path(__file__).parents[2] / "deploy/instance/etc/zope.conf.in"
    assert "xmlrpc" not in deployed.read_text()


PERSONAL = {
    "mail-preferences": "what one wants to be mailed",
    "signing-code": "how one signs",
    "substitutions": "when one is absent",
}
"""Pages with which anybody who is logged in writes about himself or herself."""


def pages():
    """Name, interface and buttons of every page of the add-on, as it is registered."""
    for registration in getGlobalSiteManager().registeredAdapters():
        context, *others = registration.required
        ours = any(other is not None and other.isOrExtends(IEqmsLayer) for other in others)
        base = getattr(registration.factory, "__module__", "")
        if ours and base.startswith("Products.Five.browser") and registration.name:
            form = getattr(registration.factory, "form", registration.factory)
            yield registration.name, context.__name__, tuple(getattr(form, "buttons", None) or ())


class TestPages:
    """A form sent by somebody who has no part in the agency, with every button there is."""

    @pytest.mark.parametrize("role", [ANONYMOUS, "member", "other_author", ROUTE_MEMBER])
    def test_outsiders_change_nothing(self, world, subjects, decision, role):
        places = {
            "IAgency": ["so-tu-phap"],
            "IControlledDocument": [subjects["in_force"].document_path],
            "IRevision": [subject.path for subject in subjects.values()],
            "IIssueDecision": [decision],
            "IUnit": [],
        }
        before, through, tried = last(world), {}, 0
        for name, context, buttons in sorted(set(pages())):
            if name in PERSONAL and role != ANONYMOUS:
                continue
            for place in places.get(context, [""]):
                data = {f"form.buttons.{button}": "x" for button in buttons}
                data |= {"save": "x", "sign": "x", "_authenticator": world.token(role)}
                answer = world.call(role, "POST", f"{place}/@@{name}", headers=HTML, data=data)
                tried += 1
                if answer.status_code >= 500 or last(world) != before:
                    through[f"{place}/@@{name}"] = (answer.status_code, answer.text[:100])
                    before = last(world)
        assert through == {}
        assert tried > 60

    def test_a_foreign_page_sends_no_form(self, world, subjects, decision):
        session = cookie_session(world, "controller")
        before, through = last(world), {}
        places = {
            "IAgency": "so-tu-phap",
            "IControlledDocument": subjects["in_force"].document_path,
            "IRevision": subjects["draft"].path,
            "IIssueDecision": decision,
        }
        for name, context, buttons in sorted(set(pages())):
            data = {f"form.buttons.{button}": "x" for button in buttons}
            url = f"{world.portal.absolute_url()}/{places.get(context, '')}/@@{name}"
            answer = session.post(url, data=data, headers=HTML, allow_redirects=False, timeout=60)
            if answer.status_code >= 500 or last(world) != before:
                through[name] = (answer.status_code, answer.text[:100])
                before = last(world)
        session.close()
        assert through == {}


def test_what_waits_to_be_confirmed_is_told_to_who_confirms(world):
    number = "77/QĐ-UBND"
    body = {**WAIVER, "number": number} | dict.fromkeys(
        ("decided_on", "start", "end"), world.own.today
    )
    answer = world.call("controller", "POST", "so-tu-phap/@waivers", headers=JSON, json=body)
    assert answer.status_code == 201
    for role in (ANONYMOUS, "member", "other_author"):
        page = world.call(role, "GET", "so-tu-phap/@@confirm-waiver", headers=HTML)
        assert number not in page.text, role
    page = world.call("approver", "GET", "so-tu-phap/@@confirm-waiver", headers=HTML)
    assert number in page.text
