"""The pages and calls about references, as readers and staff get them."""

from cast import acting
from cast import add_document
from cast import issue
from cast import PASSWORD
from eqms.references.folder import references_folder
from lxml import html
from plone import api
from plone.protect import createToken
from references.test_reviewing_references import BASIS
from references.test_reviewing_references import write
from references.texts import add_text
from references.texts import change
from references.texts import EXPIRED
import pytest
import requests
import transaction


JSON = {"Accept": "application/json"}


def get(url, who=None, **headers):
    auth = (who, PASSWORD) if who else None
    return requests.get(url, auth=auth, headers=headers, timeout=60)


def words(url, who=None):
    answer = get(url, who)
    assert answer.status_code == 200, answer.text
    (main,) = html.fromstring(answer.text).xpath("//main")
    return " ".join(main.text_content().split())


@pytest.fixture
def text(live_agency):
    made = add_text(validity_reason="<script>alert(1)</script>", title="Hộ tịch <b>&</b>")
    transaction.commit()
    return made


@pytest.fixture
def document(live_agency, text):
    made = add_document(live_agency)
    write(made["rev-1"], legal_bases=[BASIS])
    issue(made["rev-1"])
    transaction.commit()
    return made


@pytest.fixture
def expired(document, text):
    other = add_text(number="1/2026/NĐ-CP", title="Hộ tịch")
    change(text, **EXPIRED, replaced_by=[other.UID()])
    transaction.commit()
    return text


class TestFolder:
    def test_readers_find_a_text(self, live_agency, text):
        url = references_folder().absolute_url()
        assert "Nghị định số 123/2015/NĐ-CP" in words(url)
        assert "123/2015" in words(f"{url}?q=nghi+dinh+123")
        assert "123/2015" not in words(f"{url}?q=luat")
        assert "123/2015" not in words(f"{url}?state=expired")
        assert "123/2015" not in words(f"{url}?type=AdministrativeProcedure")
        assert "Registered: 0" in words(f"{url}?type=TerritoryGroup")

    def test_only_keepers_are_offered_to_register(self, live_agency):
        url = references_folder().absolute_url()
        assert "Register another" in words(url, "controller")
        assert "Register another" not in words(url, "author")


class TestText:
    def test_it_shows_who_cites_it(self, document, text):
        page = words(text.absolute_url())
        assert "Documents in force that cite it 1" in page
        assert "Đăng ký khai sinh" in page
        assert "15/11/2015" in page

    def test_what_people_wrote_is_text(self, document, text):
        page = get(text.absolute_url()).text
        assert "<script>alert(1)" not in page
        assert "<b>&" not in page

    def test_it_says_what_replaced_it(self, expired):
        page = words(expired.absolute_url())
        assert "It is no longer to be applied. Replaced by Nghị định số 1/2026/NĐ-CP" in page

    def test_a_keeper_says_that_it_was_looked_up(self, text):
        session = requests.Session()
        session.auth = ("controller", PASSWORD)
        page = html.fromstring(session.get(text.absolute_url()).text)
        (token,) = page.xpath("//form[.//button[@name='checked']]//input/@value")
        session.post(text.absolute_url(), data={"_authenticator": token, "checked": "1"})
        transaction.begin()
        assert text.checked_by == "controller"
        assert "Đỗ Văn Kiểm" in words(text.absolute_url(), "author")
        assert "Đỗ Văn Kiểm" not in words(text.absolute_url())

    def test_others_do_not(self, text):
        session = requests.Session()
        session.auth = ("author", PASSWORD)
        assert "I looked it up" not in session.get(text.absolute_url()).text
        with acting("author"):
            token = createToken()
        session.post(text.absolute_url(), data={"_authenticator": token, "checked": "1"})
        transaction.begin()
        assert text.checked_on is None

    def test_by_rest(self, document, text):
        answer = get(f"{text.absolute_url()}/@cited-by", **JSON).json()
        assert [item["UID"] for item in answer["items"]] == [document.UID()]
        assert answer["items"][0]["agency"]["title"] == "Sở Tư pháp"
        assert get(text.absolute_url(), **JSON).json()["number"] == "123/2015/NĐ-CP"

    def test_its_trail_is_for_keepers(self, expired):
        url = f"{expired.absolute_url()}/@trail"
        assert get(url, "controller", **JSON).json()["items_total"] == 2
        assert get(url, "author", **JSON).status_code in (401, 403)
        assert "Registered" in words(f"{expired.absolute_url()}/@@trail", "controller")


class TestReview:
    def test_the_document_says_so(self, document, expired):
        page = words(document.absolute_url())
        assert "It names texts that are no longer in force: Nghị định số 123/2015/NĐ-CP" in page
        assert "To be reviewed" not in page
        assert "To be reviewed" in words(document.absolute_url(), "author")

    def test_before_that_it_says_nothing(self, document):
        assert "no longer in force" not in words(document.absolute_url(), "author")

    def test_the_lists(self, live_agency, document, expired):
        page = words(f"{live_agency.absolute_url()}/@@needs-review", "author")
        assert "QT 01/CX-HCTP Đăng ký khai sinh Nghị định số 123/2015/NĐ-CP" in page
        assert "Procedures: 1" in page

    def test_by_rest(self, live_agency, document, expired):
        url = f"{live_agency.absolute_url()}/@needs-review"
        answer = get(url, "author", **JSON).json()
        assert (answer["items_total"], len(answer["items"])) == (1, 1)
        (cited,) = answer["items"][0]["needs_review"]
        assert (cited["UID"], cited["state"], cited["since"]) == (
            expired.UID(),
            "expired",
            "2026-01-01",
        )
        assert cited["replaced_by"][0]["label"] == "Nghị định số 1/2026/NĐ-CP: Hộ tịch"
        assert get(url, **JSON).status_code == 401
        assert get(f"{url}?b_size=x", "author", **JSON).status_code == 400
        assert get(f"{url}?reference={expired.UID()}", "author", **JSON).json()["items_total"] == 1
        assert get(f"{url}?reference=x", "author", **JSON).json()["items_total"] == 0

    def test_of_the_whole_site_for_who_sees_it_everywhere(self, functional_portal, expired):
        url = f"{functional_portal.absolute_url()}/@needs-review"
        assert get(url, "controller", **JSON).status_code == 401
        with api.env.adopt_roles(["Manager"]):
            api.user.grant_roles(username="member", roles=["Programme Officer"])
        transaction.commit()
        assert get(url, "member", **JSON).json()["items_total"] == 1
        assert "Sở Tư pháp" in words(url.replace("/@", "/@@"), "member")

    def test_the_document_by_rest_for_staff_only(self, document, expired):
        assert "needs_review" not in get(document.absolute_url(), **JSON).json()
        assert "needs_review" not in get(document.absolute_url(), "member", **JSON).json()
        answer = get(document.absolute_url(), "author", **JSON).json()
        assert [cited["UID"] for cited in answer["needs_review"]] == [expired.UID()]


class TestWriting:
    """As programs write references: with the calls of plone.restapi."""

    def send(self, method, url, who="controller", **body):
        return requests.request(
            method, url, auth=(who, PASSWORD), headers=JSON, json=body, timeout=60
        )

    def add(self, who="controller", **values):
        body = {"@type": "LegalText", "title": "Hộ tịch", "kind": "decree", **values}
        return self.send("POST", references_folder().absolute_url(), who, **body)

    def test_a_text_is_registered_once(self, live_agency):
        answer = self.add(number="123/2015/NĐ-CP")
        assert answer.status_code == 201
        assert answer.json()["@id"].endswith("/van-ban-tham-chieu/123-2015-nd-cp")
        again = self.add(number="Số 123/2015/NĐ-CP")
        assert (again.status_code, "123/2015/NĐ-CP" in again.json()["message"]) == (400, True)

    def test_only_by_keepers(self, live_agency):
        assert self.add("author", number="123/2015/NĐ-CP").status_code == 401

    @pytest.mark.parametrize(
        "values", [{"link": "javascript:alert(1)"}, {"kind": "x"}, {"validity": "expired"}]
    )
    def test_what_makes_no_sense_is_refused(self, text, values):
        assert self.send("PATCH", text.absolute_url(), **values).status_code == 400

    def test_expired_and_to_be_reviewed_at_once(self, document, live_agency, text):
        answer = self.send(
            "PATCH", text.absolute_url(), validity="expired", validity_since="2026-01-01"
        )
        assert answer.status_code == 204
        found = get(f"{live_agency.absolute_url()}/@needs-review", "author", **JSON).json()
        assert found["items_total"] == 1

    def test_a_removed_text_is_removed_by_the_programme_office_only(self, live_agency, text):
        url = text.absolute_url()
        assert self.send("DELETE", url).status_code in (401, 403)
        with api.env.adopt_roles(["Manager"]):
            api.user.grant_roles(username="member", roles=["Programme Officer"])
        transaction.commit()
        assert self.send("DELETE", url, "member").status_code == 204
