"""Posts of an agency: by form and by REST, in the trail, and what follows from them."""

from eqms.agencies import leaders
from eqms.domain.capacity import Post
from eqms.domain.capacity import Rank
from eqms.trail import storage as trail
from lxml import html
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
import pytest
import transaction


ROWS = [
    {"person": "approver", "title": "Giám đốc", "rank": "head", "fields": ""},
    {"person": "controller", "title": "Phó Giám đốc", "rank": "deputy", "fields": "HT, CT"},
]


@pytest.fixture
def session(live_agency, request_factory):
    session = request_factory(basic_auth=(SITE_OWNER_NAME, SITE_OWNER_PASSWORD))
    session.headers["Accept"] = "application/json"
    return session


def test_by_rest(live_agency, session):
    body = {"leaders": ROWS, "collective": "Ủy ban nhân dân"}
    assert session.patch(live_agency.absolute_url(), json=body).status_code == 204
    transaction.begin()
    assert leaders.heads(live_agency) == {"approver"}
    assert leaders.deputies(live_agency) == {"controller"}
    assert leaders.in_charge_of(live_agency, "CT") == {"controller"}
    assert leaders.in_charge_of(live_agency, "HCTP") == {"approver"}
    last = trail.rows(live_agency.UID())[-1]
    assert set(last["details"]["changes"]) == {"leaders", "collective"}


@pytest.mark.parametrize("wrong", [{"rank": "king"}, {"person": "nobody-here"}])
def test_what_is_no_post(live_agency, session, wrong):
    body = {"leaders": [{**ROWS[0], **wrong}]}
    assert session.patch(live_agency.absolute_url(), json=body).status_code == 400


def test_the_form_offers_the_people_of_the_agency(live_agency, session):
    session.headers["Accept"] = "text/html"
    live_agency.leaders = ROWS
    transaction.commit()
    page = html.fromstring(session.get(f"{live_agency.absolute_url()}/edit").text)
    name = "form.widgets.leaders.0.widgets.person:list"
    [choice] = page.xpath(f"//select[@name='{name}']")
    assert {"Phạm Thị Duyệt", "Đỗ Văn Kiểm"} <= {
        option.text.strip() for option in choice.iter("option")
    }
    assert choice.value == "approver"


def test_posts_as_printed(agency):
    agency.leaders = ROWS
    assert leaders.post_of(agency, "controller") == Post(Rank.DEPUTY, "Phó Giám đốc", "Giám đốc")
    assert leaders.post_of(agency, "member") == Post(Rank.OTHER, "", "Giám đốc")
