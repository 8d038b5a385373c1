"""The trail by REST: who may read it, and what each call answers."""

from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from eqms.trail import storage as trail
from eqms.trail.checkpoints import checkpoints
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
import json
import pytest
import requests
import transaction


OWNER = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
AUDITOR = ("auditor", PASSWORD)


@pytest.fixture(scope="class")
def site(functional_portal_class):
    """A site with one issued document and an auditor."""
    portal = functional_portal_class
    agency = make_agency(portal)
    document = add_document(agency)
    issue(document["rev-1"])
    with api.env.adopt_roles(["Manager"]):
        api.user.create(username="auditor", email="a@example.vn", password=PASSWORD)
        api.user.grant_roles(username="auditor", roles=["QMS Auditor"])
    transaction.commit()
    return portal


@pytest.fixture
def agency(site):
    return site["so-tu-phap"]


@pytest.fixture
def document(agency):
    return agency["dang-ky-khai-sinh"]


def call(method, context, service, auth=AUDITOR, **kwargs):
    answer = requests.request(
        method,
        f"{context.absolute_url()}/{service}",
        auth=auth,
        headers={"Accept": "application/json"},
        timeout=60,
        **kwargs,
    )
    transaction.begin()
    return answer


def get(context, service, auth=AUDITOR):
    return call("GET", context, service, auth)


class TestWhoMayRead:
    @pytest.mark.parametrize("service", ["@trail", "@trail-export", "@trail-verify"])
    @pytest.mark.parametrize(
        ("auth", "status"),
        [
            (AUDITOR, 200),
            (("author", PASSWORD), 200),
            (("member", PASSWORD), 401),
            (None, 401),
        ],
        ids=["auditor", "author", "member", "anonymous"],
    )
    def test_of_a_document(self, document, service, auth, status):
        assert get(document, service, auth).status_code == status

    @pytest.mark.parametrize("service", ["@trail", "@trail-export", "@trail-verify", "@checkpoint"])
    @pytest.mark.parametrize("user_id", ["author", "controller", "member"])
    def test_of_the_site_nobody_of_an_agency(self, site, service, user_id):
        assert get(site, service, (user_id, PASSWORD)).status_code == 401

    def test_a_get_writes_nothing(self, site, document):
        before = site._p_jar.db().lastTransaction()
        for context in (site, document):
            for service in ("@trail", "@trail-export", "@trail-verify"):
                assert get(context, service).status_code == 200
        assert site._p_jar.db().lastTransaction() == before


class TestRows:
    def test_newest_first_in_batches(self, document):
        total = len(trail.rows(document.UID()))
        answer = get(document, "@trail?b_size=3").json()
        assert answer["items_total"] == total
        assert [row["number"] for row in answer["items"]] == [total, total - 1, total - 2]
        rest = get(document, f"@trail?b_size=3&b_start={total - 1}").json()
        assert [row["number"] for row in rest["items"]] == [1]
        assert "next" in answer["batching"]

    def test_a_row_is_answered_as_it_is_kept(self, document):
        answer = get(document, "@trail?b_size=1").json()
        assert answer["items"] == trail.rows(document.UID())[-1:]

    def test_of_a_revision_only_what_names_it(self, document):
        rows = get(document["rev-1"], "@trail").json()["items"]
        assert "document_added" not in {row["action"] for row in rows}
        assert rows[0]["action"] == "make_in_force"

    def test_of_the_site(self, site):
        rows = get(site, "@trail").json()["items"]
        assert rows[0]["details"]["principal"] == "auditor"

    def test_it_is_not_cached(self, document):
        assert get(document, "@trail").headers["Cache-Control"] == "private, no-store"


class TestExport:
    def lines(self, context, query=""):
        answer = get(context, f"@trail-export{query}")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        return [json.loads(line) for line in answer.content.decode().splitlines()]

    def test_of_a_document(self, document):
        lines = self.lines(document)
        rows = [line["row"] for line in lines if line["kind"] == "row"]
        assert rows == trail.rows(document.UID())
        assert (lines[0]["kind"], lines[0]["whole"], lines[-1]["kind"]) == ("export", False, "end")

    def test_of_an_agency_with_its_documents(self, agency, document):
        chains = {line["chain"] for line in self.lines(agency) if line["kind"] == "row"}
        assert chains == {agency.UID(), document.UID()}

    def test_of_the_site(self, site):
        lines = self.lines(site)
        assert lines[0]["whole"]
        assert {line["chain"] for line in lines if line["kind"] == "row"} == set(trail.subjects())

    def test_for_a_spreadsheet(self, document):
        answer = get(document, "@trail-export?format=csv")
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert len(answer.content.decode().splitlines()) == len(trail.rows(document.UID())) + 1

    def test_another_format_is_refused(self, document):
        assert get(document, "@trail-export?format=xml").status_code == 400


class TestVerify:
    def test_what_is_whole(self, site, document):
        answer = get(site, "@trail-verify").json()
        assert (answer["findings"], answer["checked"]) == ([], len(trail.subjects()))
        assert get(document, "@trail-verify").json()["findings"] == []

    def test_in_batches(self, site):
        first = get(site, "@trail-verify?b_size=1").json()
        assert (first["checked"], first["items_total"]) == (1, len(trail.subjects()))
        assert "next" in first["batching"]

    def test_what_is_not(self, document):
        stored = trail.trail_of(document.UID())
        good = stored._rows[2]
        stored._rows[2] = {**good, "actor": "kẻ khác"}
        transaction.commit()
        try:
            findings = get(document, "@trail-verify").json()["findings"]
        finally:
            stored._rows[2] = good
            transaction.commit()
        assert findings == [
            {"subject": document.UID(), "flaw": "content", "number": 2, "detail": ""}
        ]


class TestCheckpoint:
    def test_taken_fetched_and_compared(self, site):
        assert get(site, "@checkpoint").status_code == 404
        assert call("POST", site, "@checkpoint").status_code == 401
        taken = call("POST", site, "@checkpoint", OWNER)
        assert taken.status_code == 201
        assert taken.json() == checkpoints().newest
        lines = [json.loads(line) for line in get(site, "@checkpoint").content.splitlines()]
        assert lines[0]["checkpoint"] == taken.json()
        heads = [list(line["head"].values()) for line in lines if line["kind"] == "head"]
        body = {"checkpoint": taken.json(), "heads": heads}
        answer = call("POST", site, "@trail-verify", json=body).json()
        assert answer == {"checked": len(heads), "findings": []}
        heads[0][1] += 5
        findings = call("POST", site, "@trail-verify", json=body).json()["findings"]
        assert [(found["flaw"], found["subject"]) for found in findings] == [("cut", heads[0][0])]

    @pytest.mark.parametrize(
        "body",
        [
            {"heads": "x"},
            {"heads": [["a", 1]]},
            {"heads": [["a", "1", "b"]]},
            {"heads": [["a", True, "b"]]},
            {"heads": [["a", 1 << 40, "b"]]},
            {"heads": [["a", 1, "b"]] * 1001},
            {"checkpoint": []},
        ],
        ids=["no list", "short", "text", "bool", "huge", "too many", "no checkpoint"],
    )
    def test_other_bodies_are_refused(self, site, body):
        assert call("POST", site, "@trail-verify", json=body).status_code == 400
