"""The report of the checks over all procedures of an agency."""

from cast import acting
from cast import add_document
from cast import issue
from cast import make_agency
from cast import PASSWORD
from datetime import datetime
from eqms.commands import main
from eqms.documents import coding
from eqms.domain import clock
from eqms.procedures.quality import report_on
from plone import api
from Products.ZCatalog.CatalogBrains import AbstractCatalogBrain
from references.texts import add_text
from references.texts import change
from references.texts import EXPIRED
from zope.lifecycleevent import modified
import json
import pytest
import requests
import transaction


LATE = {
    "scenarios": [{"value": "1", "unit": "day"}],
    "steps": [{"title": "Ký", "responsible": "Lãnh đạo", "times": ["02 ngày"]}],
}


OTHERS = {
    "builder": ("Hồ Thị Xây", "authors"),
    "checker": ("Hồ Văn Xét", "reviewers"),
    "head": ("Hồ Thị Duyệt", "approvers"),
}


def procedure(agency, code, title="Đăng ký khai sinh", **content):
    document = add_document(agency, code=code, title=title)
    for name, value in content.items():
        setattr(document["rev-1"], name, value)
    with acting("author"):
        modified(document["rev-1"])
    return document


def told(agency, check="", by="controller"):
    with acting(by):
        report = report_on(agency, check)
    return {line.code: set(line.checks) for line in report.lines}, report


def test_drafts_and_what_is_in_force_with_the_names_of_the_checks(agency):
    procedure(agency, "QT 01/CX-HCTP", **LATE)
    issue(procedure(agency, "QT 02/CX-HCTP", **LATE)["rev-1"])
    procedure(agency, "QT 03/CX-HCTP", title="Đăng ký kết hôn")
    found, report = told(agency)
    assert "sum_differs" in found["QT 01/CX-HCTP"] & found["QT 02/CX-HCTP"]
    assert "steps_missing" in found["QT 03/CX-HCTP"]
    assert (report.revisions, report.counts["sum_differs"]) == (3, 2)
    found, report = told(agency, "sum_differs")
    assert list(found) == ["QT 01/CX-HCTP", "QT 02/CX-HCTP"]
    assert report.counts["steps_missing"] == 1


def test_no_procedure_is_woken(agency, monkeypatch):
    procedure(agency, "QT 01/CX-HCTP", **LATE)
    api.portal.get_tool("portal_catalog")(sort_limit=1)
    monkeypatch.setattr(AbstractCatalogBrain, "getObject", None)
    monkeypatch.setattr(AbstractCatalogBrain, "_unrestrictedGetObject", None)
    monkeypatch.setattr("eqms.procedures.checked.content_of", None)
    found, _report = told(agency)
    assert "sum_differs" in found["QT 01/CX-HCTP"]


def test_a_fee_is_reported_from_the_day_it_is_past(agency):
    procedure(agency, "QT 01/CX-HCTP", fees_text="8.000 đồng (áp dụng đến 31/12/2031)")
    midnight = datetime.fromisoformat("2032-01-01T00:00:00+07:00")
    with clock.frozen(midnight):
        assert "fee_past" in told(agency)[0]["QT 01/CX-HCTP"]
    with clock.frozen(midnight.replace(year=2031)):
        assert "fee_past" not in told(agency)[0]["QT 01/CX-HCTP"]


def test_one_code_on_several_documents(agency, portal):
    other = make_agency(portal, "Sở Xây dựng", "SXD", OTHERS)
    procedure(agency, "QT 01/CX-HCTP")
    procedure(agency, "QT 02/CX-HCTP")
    far = add_document(other, code="QT 01/CX-HCTP", by="builder")
    assert "code_elsewhere" not in told(agency)[0]["QT 01/CX-HCTP"], "a draft of others is secret"
    issue(far["rev-1"], "builder", "checker", "head")
    assert "code_elsewhere" in told(agency)[0]["QT 01/CX-HCTP"]
    near = add_document(agency, code="QT 77/CX-HCTP")
    coding.assign(near, "QT 02/CX-HCTP", near._code_holder.scope, collide=True)
    near.reindexObject()
    found, report = told(agency, "code_in_scope")
    assert (list(found), len(report.lines)) == (["QT 02/CX-HCTP"], 2)


def test_texts_that_expired_since(agency):
    basis = {"text": "Nghị định số 123/2015/NĐ-CP", "number": "123/2015/NĐ-CP"}
    issue(procedure(agency, "QT 01/CX-HCTP", legal_bases=[basis])["rev-1"])
    old = add_text()
    assert "text_expired" not in told(agency)[0]["QT 01/CX-HCTP"]
    change(old, **EXPIRED)
    assert "text_expired" in told(agency)[0]["QT 01/CX-HCTP"]
    change(old, replaced_by=[add_text(number="07/2025/NĐ-CP").UID()])
    assert "text_replaced" in told(agency)[0]["QT 01/CX-HCTP"]


def test_nobody_reads_the_report_who_may_not_see_the_revisions(agency):
    procedure(agency, "QT 01/CX-HCTP", **LATE)
    assert told(agency, by="member")[1].revisions == 0


@pytest.fixture
def live_report(live_agency):
    procedure(live_agency, "QT 01/CX-HCTP", title="<b>Khai sinh</b>", **LATE)
    procedure(live_agency, "QT 02/CX-HCTP")
    transaction.commit()
    return live_agency.absolute_url()


def test_by_rest_in_batches(live_report):
    controller = {"auth": ("controller", PASSWORD), "headers": {"Accept": "application/json"}}
    answer = requests.get(f"{live_report}/@checks?b_size=1", timeout=20, **controller)
    report = answer.json()
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert (report["revisions"], report["items_total"], len(report["items"])) == (2, 2, 1)
    assert {"check": "sum_differs", "severity": "error", "count": 1} in report["counts"]
    assert (
        requests.get(f"{live_report}/@checks?check=no", timeout=20, **controller).status_code == 400
    )
    assert (
        requests.get(
            f"{live_report}/@checks", timeout=20, headers=controller["headers"]
        ).status_code
        == 401
    )


def test_on_a_page(live_report):
    answer = requests.get(f"{live_report}/@@checks", auth=("controller", PASSWORD), timeout=20)
    assert answer.status_code == 200
    assert "Steps take more than the limit" in answer.text
    assert "&lt;b&gt;Khai sinh&lt;/b&gt;" in answer.text
    assert "<b>Khai sinh</b>" not in answer.text
    one = requests.get(
        f"{live_report}/@@checks?check=sum_differs", auth=("controller", PASSWORD), timeout=20
    )
    assert "QT 01/CX-HCTP" in one.text
    assert "QT 02/CX-HCTP" not in one.text


def test_by_command(live_report, functional_portal, capsys, monkeypatch):
    monkeypatch.setenv("EQMS_USER", "controller")
    monkeypatch.setenv("EQMS_PASSWORD", PASSWORD)
    url = functional_portal.absolute_url()
    assert main(["report", "checks", "--json", "--url", url, "--check", "sum_differs"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [item["code"] for item in report["items"]] == ["QT 01/CX-HCTP"]
    assert main(["report", "checks", "--url", url]) == 0
    assert "2 revisions, 2 listed" in capsys.readouterr().out


def test_over_the_form_of_a_draft(live_report):
    answer = requests.get(
        f"{live_report}/dang-ky-khai-sinh/rev-1/edit", auth=("author", PASSWORD), timeout=20
    )
    assert answer.status_code == 200
    assert "No table of work steps was found." in answer.text


class TestMasterList:
    @pytest.fixture
    def listed(self, live_agency):
        issue(procedure(live_agency, "QT 01/CX-HCTP", **LATE)["rev-1"])
        fees = "8.000 đồng (áp dụng đến 31/12/2025)"
        basis = {"text": "Nghị định số 123/2015/NĐ-CP", "number": "123/2015/NĐ-CP"}
        content = {"fees_text": fees, "legal_bases": [basis]}
        issue(procedure(live_agency, "QT 02/CX-HCTP", **content)["rev-1"])
        procedure(live_agency, "QT 03/CX-HCTP", **LATE)
        transaction.commit()
        site = api.portal.get().absolute_url()

        def ask(check, auth=("controller", PASSWORD)):
            answer = requests.get(
                f"{site}/@master-list?check={check}",
                auth=auth,
                headers={"Accept": "application/json"},
                timeout=20,
            )
            if answer.status_code != 200:
                return answer.status_code
            return [item["code"] for item in answer.json()["items"]]

        return ask

    def test_is_narrowed_to_what_a_check_finds(self, listed):
        assert listed("sum_differs") == ["QT 01/CX-HCTP"]
        assert listed("fee_past") == ["QT 02/CX-HCTP"]
        assert listed("step_repeated") == []
        assert listed("text_expired") == []
        change(add_text(), **EXPIRED)
        transaction.commit()
        assert listed("text_expired") == ["QT 02/CX-HCTP"]
        assert listed("text_replaced") == []

    def test_is_not_narrowed_for_visitors_or_by_nonsense(self, listed):
        assert listed("sum_differs", auth=None) == 403
        assert listed("nonsense") == 400
        assert listed("code_in_scope") == 400

    def test_offers_the_checks_in_its_form(self, listed):
        page = f"{api.portal.get().absolute_url()}/@@master-list"
        form = requests.get(page, auth=("controller", PASSWORD), timeout=20).text
        assert '<option value="fee_past"' in form
        assert "fee_past" not in requests.get(page, timeout=20).text
        found = requests.get(f"{page}?check=sum_differs", auth=("controller", PASSWORD), timeout=20)
        assert "QT 01/CX-HCTP" in found.text
        assert "QT 02/CX-HCTP" not in found.text
        assert requests.get(f"{page}?check=sum_differs", timeout=20).status_code == 403
