"""The state of the clock for people, for REST and for what watches the site."""

from cast import PASSWORD
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.clock.runner import tick
from eqms.domain import clock
from lxml import html
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
import pytest
import requests
import transaction


START = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
OWNER = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
ON_THE_WAY = {"Accept": "application/json"}


def call(method, name, auth=OWNER, **options):
    url = f"{api.portal.get().absolute_url()}/{name}"
    return requests.request(method, url, auth=auth, headers=ON_THE_WAY, timeout=30, **options)


def metrics():
    lines = call("GET", "@metrics").text.splitlines()
    return dict(line.split() for line in lines if not line.startswith("#"))


@pytest.fixture
def broken(planned):
    planned.code = None
    transaction.commit()
    return planned


@pytest.fixture
def auditor(live_agency):
    """Credentials of an auditor of the whole site."""
    api.user.create("auditor@example.vn", "auditor", PASSWORD)
    api.user.grant_roles(username="auditor", roles=["QMS Auditor"])
    transaction.commit()
    return ("auditor", PASSWORD)


def test_before_the_clock_ever_ran(live_agency):
    answer = call("GET", "@clock").json()
    assert (answer["last_run"], answer["planned"], answer["running"]) == (None, [], False)
    assert "eqms_clock_last_run_age_seconds" not in metrics()


def test_what_is_planned(planned):
    [entry] = call("GET", "@clock").json()["planned"]
    assert entry["title"] == "Quy trình mới"
    assert entry["url"] == planned["rev-2"].absolute_url()
    assert entry["due_at"] == "2026-11-30T17:00:00+00:00"
    assert not entry["late"]


def test_the_age_of_the_last_run_grows_and_a_failure_is_no_success(broken, functional_portal):
    tick(functional_portal)
    with clock.frozen(START):
        tick(functional_portal)
    with clock.frozen(START + timedelta(seconds=30)):
        figures = metrics()
    assert figures["eqms_clock_last_run_age_seconds"] == "30"
    assert float(figures["eqms_clock_last_success_age_seconds"]) > 30
    assert figures["eqms_switch_failed"] == "1"
    assert figures["eqms_switch_late"] == "0"


def test_what_still_waits_past_its_time_is_late(broken, functional_portal):
    with clock.frozen(START):
        tick(functional_portal)
    with clock.frozen(START + timedelta(minutes=6)):
        assert metrics()["eqms_switch_late"] == "1"
        [entry] = call("GET", "@clock").json()["planned"]
    assert entry["late"] and entry["tries"] == 2


def test_what_was_done_late_stays_in_the_figures(planned, functional_portal):
    with clock.frozen(START + timedelta(days=3)):
        tick(functional_portal)
        answer = call("GET", "@clock").json()
        assert metrics()["eqms_switch_done_late"] == "1"
    [entry] = answer["done_late"]
    assert entry["done_at"] == "2026-12-03T17:00:00+00:00"
    assert answer["counts"]["switch_late"] == 0


def test_tick_does_what_is_due(planned):
    answer = call("POST", "@tick").json()
    assert answer == {"done": 0, "failed": [], "skipped": False}


@pytest.mark.parametrize("name", ["@clock", "@metrics", "@@clock"])
def test_who_may_look(auditor, name):
    assert call("GET", name, auth=auditor).status_code == 200
    assert call("GET", name, auth=("approver", PASSWORD)).status_code in (401, 403)
    assert call("GET", name, auth=None).status_code == 401


def test_who_may_let_it_tick(auditor):
    assert call("POST", "@tick", auth=auditor).status_code in (401, 403)
    assert call("POST", "@tick", auth=None).status_code == 401
    page = call("POST", "@@clock", auth=auditor)
    assert page.status_code == 403


def test_the_page_shows_it_escaped(broken, functional_portal, job):
    def act(piece):
        raise ValueError("<img src=x onerror=alert(1)>")

    job("test", ["a"], act)
    with clock.frozen(START):
        tick(functional_portal)
        page = call("GET", "@@clock").text
    assert "Quy trình mới" in page and "no code" in page
    assert "&lt;img src=x" in page and "<img src=x" not in page


def test_the_button_needs_the_token_of_the_form(planned):
    assert call("POST", "@@clock").status_code == 403


def test_the_button_does_what_is_due(planned, job):
    done = job("test", ["a", "b"])
    [token] = html.fromstring(call("GET", "@@clock").text).xpath(
        "//main//form//input[@name='_authenticator']/@value"
    )
    answer = call("POST", "@@clock", data={"_authenticator": token}, allow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/@@clock")
    assert done.asked == ["a", "b"]
