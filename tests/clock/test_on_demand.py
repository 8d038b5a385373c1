"""From 00:00 of the day the first request gets the new revision, no job needed (invariant 6).

Every request here goes over a socket to the server of the layer.
"""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from eqms.clock import on_demand
from eqms.clock.figures import counts
from eqms.documents import schedule
from eqms.documents.content import register_of
from eqms.documents.drafting import revise
from eqms.documents.indexers import revision_in_force
from eqms.domain import clock
from eqms.trail import storage as trail
from plone import api
from plone.namedfile.file import NamedBlobFile
from threading import Barrier
from threading import Thread
import pytest
import requests
import transaction


START = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
OLD, NEW = "Quy trình cũ", "Quy trình mới"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _open_gate(monkeypatch):
    monkeypatch.setattr(on_demand, "gate", on_demand.Gate())


@pytest.fixture
def due(planned):
    """The document at 00:00 of the day; no clock has ticked."""
    with clock.frozen(START):
        yield planned


def get(url, **options):
    return requests.get(url, timeout=30, **options)


def plan_another(document):
    """One more revision of it, due already though nothing was done yet."""
    with acting("author"):
        draft = revise(document)
        draft.title = "Bản mới nữa"
        draft.force_mode, draft.force_date = "on_date", START.date() + timedelta(days=2)
        draft.amendments = [{"number": "01/02", "summary": "Sửa", "ground": "NQ 11"}]
    issue(draft)
    draft.due_at = START
    schedule.add(draft.UID(), START)
    transaction.commit()


CHANNELS = {
    "page": lambda document: get(document.absolute_url()).text,
    "REST": lambda document: get(document.absolute_url(), headers=JSON).text,
    "++api++": lambda document: (
        get(document.absolute_url().replace("/plone/", "/plone/++api++/")).text
    ),
    "resolveuid": lambda document: (
        get(f"{api.portal.get().absolute_url()}/resolveuid/{document.UID()}").text
    ),
    "search page": lambda document: (
        get(
            f"{api.portal.get().absolute_url()}/@@search", params={"SearchableText": "Quy trình"}
        ).text
    ),
    "@search": lambda document: (
        get(
            f"{api.portal.get().absolute_url()}/@search",
            params={"SearchableText": "Quy trình"},
            headers=JSON,
        ).text
    ),
    "sitemap of the agency": lambda document: (
        get(f"{document.aq_parent.absolute_url()}/@search?metadata_fields=Title", headers=JSON).text
    ),
}


def decoded(text):
    return text.encode().decode("unicode_escape", "ignore") if "\\u" in text else text


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_old_one_up_to_the_last_second_and_the_new_one_from_then_on(planned, channel):
    with clock.frozen(START - timedelta(seconds=1)):
        text = decoded(CHANNELS[channel](planned))
        assert OLD in text and NEW not in text
    with clock.frozen(START):
        text = decoded(CHANNELS[channel](planned))
        assert NEW in text and OLD not in text


def test_a_head_is_enough(due):
    requests.head(due.absolute_url(), timeout=30)
    transaction.begin()
    assert revision_in_force(due).getId() == "rev-2"


def test_what_nobody_could_see_is_there_in_the_first_request(live_agency):
    with acting("author"):
        document = add_document(live_agency, code="QT 40/CX-HCTP", title=NEW)
        draft = document["rev-1"]
        draft.force_mode, draft.force_date = "on_date", START.date() + timedelta(days=1)
        attachment = api.content.create(
            draft, "File", id="mau", title="Mẫu", file=NamedBlobFile(b"PK", filename="mau.docx")
        )
    issue(draft)
    transaction.commit()
    url = draft.absolute_url()
    hidden = [
        document.absolute_url(),
        url,
        f"{url}/mau/@@download/file",
        f"{api.portal.get().absolute_url()}/resolveuid/{attachment.UID()}",
        f"{api.portal.get().absolute_url()}/resolveuid/{draft.UID()}",
    ]
    with clock.frozen(START - timedelta(seconds=1)):
        for auth in (None, ("member", PASSWORD)):
            answers = {get(address, headers=JSON, auth=auth).status_code for address in hidden}
            assert 200 not in answers
        found = get(f"{api.portal.get().absolute_url()}/@search?UID={draft.UID()}", headers=JSON)
        assert found.json()["items_total"] == 0
        feed = get(f"{live_agency.absolute_url()}/RSS").text
        assert NEW not in feed
    with clock.frozen(START):
        assert get(f"{url}/mau/@@download/file").content == b"PK"
        assert {get(address, headers=JSON).status_code for address in hidden} == {200}


def test_what_a_request_causes_so_is_the_clocks_work_not_the_readers(due):
    get(due.absolute_url(), auth=("member", PASSWORD), headers=JSON)
    transaction.begin()
    rows = {row["action"]: row for row in trail.rows(due.UID())}
    assert rows["make_in_force"]["actor"] == "job:clock"
    assert rows["make_in_force"]["channel"] == "job"
    [_, interval] = register_of(due).intervals
    assert (interval.start, interval.recorded_at) == (START, START)


def test_a_get_that_rests_on_a_cookie_is_no_forged_write(due):
    session = requests.Session()
    login = session.post(
        f"{api.portal.get().absolute_url()}/login",
        data={"__ac_name": "author", "__ac_password": PASSWORD, "buttons.login": "Log in"},
        timeout=30,
    )
    assert "__ac" in session.cookies, login.status_code
    # Logging in was a request too: plan another one, which the page itself finds due.
    transaction.begin()
    plan_another(due)
    page = session.get(due.absolute_url(), timeout=30)
    assert page.status_code == 200
    assert "Bản mới nữa" in page.text
    assert "confirm-action" not in page.url


def test_a_write_that_finds_something_due_is_a_transaction_of_its_own(due, live_agency):
    before = due._p_jar.db().lastTransaction()
    response = requests.post(
        live_agency.absolute_url(),
        json={"@type": "Procedure", "title": "Khác", "code": "QT 50/CX-HCTP"},
        auth=("author", PASSWORD),
        headers=JSON,
        timeout=30,
    )
    assert response.status_code == 201
    transaction.begin()
    assert revision_in_force(due).getId() == "rev-2"
    written = list(due._p_jar.db().storage.iterator(before))[1:]
    assert len(written) == 2
    assert [entry.user for entry in written][1].endswith(b"author")
    assert b"author" not in written[0].user


def test_a_write_that_is_refused_leaves_the_switch_done(due, live_agency):
    response = requests.post(
        live_agency.absolute_url(),
        json={"@type": "Procedure", "title": "Khác", "code": due.code},
        auth=("author", PASSWORD),
        headers=JSON,
        timeout=30,
    )
    assert response.status_code == 400
    transaction.begin()
    assert revision_in_force(due).getId() == "rev-2"


def test_many_requests_at_once_all_get_the_new_one(due):
    barrier = Barrier(4)
    texts = []

    def read():
        barrier.wait()
        texts.append(get(due.absolute_url()).text)

    threads = [Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [NEW in text for text in texts] == [True] * 4
    transaction.begin()
    actions = [row["action"] for row in trail.rows(due.UID())]
    assert actions.count("make_in_force") == 2


class TestIfItFails:
    @pytest.fixture
    def broken(self, due):
        """The code of the document is lost: nothing of it can come in force."""
        code, due.code = due.code, None
        transaction.commit()
        yield due
        due.code = code

    def test_the_old_answer_is_served_and_it_shows(self, broken):
        page = get(broken.absolute_url())
        assert page.status_code == 200 and OLD in page.text
        transaction.begin()
        assert counts()["switch_failed"] == 1
        [entry] = schedule.schedule_of_site()
        assert "no code" in entry.error

    def test_not_every_request_tries_again(self, broken):
        for _ in range(3):
            get(broken.absolute_url())
        transaction.begin()
        [entry] = schedule.schedule_of_site()
        assert entry.tries == 1

    def test_after_a_pause_the_next_request_does(self, broken):
        get(broken.absolute_url())
        transaction.begin()
        broken.code = "QT 21/CX-HCTP"
        transaction.commit()
        assert OLD in get(broken.absolute_url()).text
        with clock.frozen(START + timedelta(minutes=1)):
            assert NEW in get(broken.absolute_url()).text
        transaction.begin()
        assert broken["rev-2"].in_force_from == START

    def test_what_cannot_even_be_noted_is_left_alone_for_a_while(self, broken, monkeypatch):
        tried = []

        def perform(*arguments):
            tried.append(arguments)
            raise RuntimeError

        monkeypatch.setattr(schedule.Switches, "perform", perform)
        monkeypatch.setattr(schedule.Switches, "failed", perform)
        for _ in range(3):
            assert get(broken.absolute_url()).status_code == 200
        assert len(tried) == 2


def test_without_anything_due_a_request_starts_no_thread(planned, monkeypatch):
    monkeypatch.setattr(on_demand, "_in_thread", pytest.fail)
    assert OLD in get(planned.absolute_url()).text


def test_nothing_dated_beyond_the_switches_is_done_in_a_request(due, job):
    mail = job("mail", ["a"])
    get(due.absolute_url())
    assert mail.asked == []
