"""Who writes a procedure is told where it disagrees with itself; a site can insist."""

from cast import acting
from cast import issue
from datetime import date
from datetime import datetime
from datetime import timedelta
from eqms.approval import actions
from eqms.documents.browser.panel import IEditorPanel
from eqms.domain import clock
from eqms.domain.procedure_checks import Place
from eqms.interfaces import IEqmsLayer
from eqms.procedures.blocking import blocking
from eqms.procedures.browser.checks import ChecksPanel
from eqms.procedures.checked import findings_today
from eqms.procedures.indexers import FINDINGS
from eqms.procedures.indexers import keywords_for
from eqms.procedures.settings import BLOCKING_RECORD
from eqms.references.folder import references_folder
from plone import api
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.dexterity.utils import createContentInContainer
from Products.CMFCore.indexing import processQueue
from Products.Five.browser import BrowserView
from references.texts import add_text
from references.texts import change
from references.texts import EXPIRED
from types import SimpleNamespace
from zExceptions import BadRequest
from zope.component import getMultiAdapter
from zope.contentprovider.interfaces import IContentProvider
from zope.interface import alsoProvides
from zope.lifecycleevent import modified
from zope.viewlet.interfaces import IViewlet
import pytest
import re
import requests
import transaction


TOO_LONG = {
    "scenarios": [
        {"label": "Không xác minh", "value": "3", "unit": "working_day"},
        {"label": "Có xác minh", "value": "25", "unit": "day"},
    ],
    "steps": [
        {"title": "Tiếp nhận", "responsible": "Văn thư", "times": ["½ ngày", "½ ngày"]},
        {"title": "Thẩm tra", "responsible": "Chuyên viên", "times": ["03 ngày", "24,5 ngày"]},
    ],
}
FINE = {
    **TOO_LONG,
    "scenarios": [{"value": "3,5", "unit": "working_day"}, {"value": "25", "unit": "day"}],
    "purpose": "Quy định việc đăng ký khai sinh",
    "scope": "Ủy ban nhân dân cấp xã",
    "references": ["TCVN ISO 9001:2015"],
    "definitions": [{"term": "khai sinh", "meaning": "Việc ghi nhận một người sinh ra"}],
    "forms": [{"name": "Mẫu sổ theo dõi hồ sơ"}],
    "records": [{"name": "Sổ đăng ký khai sinh", "keeper": "Văn thư", "retention": "Vĩnh viễn"}],
}


def write(revision, **content):
    for name, value in content.items():
        setattr(revision, name, value)
    with acting("author"):
        modified(revision)


@pytest.fixture
def findings(document, http_request):
    alsoProvides(http_request, IEqmsLayer)
    revision = document["rev-1"]

    def look():
        view = BrowserView(revision, http_request)
        with acting("author"):
            manager = getMultiAdapter(
                (revision, http_request, view), IContentProvider, name="eqms.editorpanel"
            )
            assert IEditorPanel.providedBy(manager)
            viewlet = getMultiAdapter(
                (revision, http_request, view, manager), IViewlet, name="eqms.procedure-checks"
            )
            viewlet.update()
            viewlet.render()
        assert isinstance(viewlet, ChecksPanel)
        return [(finding["place"], finding["sentence"]) for finding in viewlet.findings]

    return look


def test_the_draft_says_what_is_found_and_where(findings, document):
    write(document["rev-1"], **FINE | {"scenarios": TOO_LONG["scenarios"]})
    assert findings() == [
        (
            "Cases and their limits, row 1",
            "The steps add up to 3.5 working days, the limit is 3 working days in the case "
            "“Không xác minh”.",
        )
    ]


def test_lists_of_any_length_are_put_into_words(findings, document):
    terms = [{"term": term, "meaning": "?"} for term in ("GCN", "TDQT", "CCHC", "MHK")]
    steps = [{"title": time, "times": [time]} for time in ("1 giờ", "1 tuần", "1 tháng")]
    content = {"definitions": terms, "steps": steps}
    write(document["rev-1"], **FINE | content)
    told = [sentence for _place, sentence in findings()]
    assert "Defined and never used: GCN, TDQT, CCHC, MHK." in told
    assert any("(hours, months, weeks)" in sentence for sentence in told)


def test_nothing_is_said_of_a_procedure_without_faults(findings, document):
    write(document["rev-1"], **FINE)
    assert findings() == []


def test_nothing_is_told_of_what_is_in_force(findings, document):
    write(document["rev-1"], **TOO_LONG)
    issue(document["rev-1"])
    assert findings() == []


def test_findings_hinder_nothing_unless_the_site_says_so(document):
    write(document["rev-1"], **TOO_LONG)
    with acting("author"):
        actions.transition(document["rev-1"], "submit")


def test_a_check_that_blocks_keeps_a_draft_back(document):
    revision = document["rev-1"]
    api.portal.set_registry_record(BLOCKING_RECORD, ["sum_differs"])
    write(revision, **FINE | {"scenarios": TOO_LONG["scenarios"]})
    with acting("author"), pytest.raises(BadRequest, match=r"row 1: The steps add up to 3\.5"):
        actions.transition(revision, "submit")
    with api.env.adopt_roles(["Manager"]), pytest.raises(BadRequest, match="add up"):
        api.content.transition(revision, "submit")
    write(revision, **FINE)
    with acting("author"):
        actions.transition(revision, "submit")


def test_a_fee_blocks_from_the_day_it_is_past(document):
    revision = document["rev-1"]
    api.portal.set_registry_record(BLOCKING_RECORD, ["fee_past"])
    write(revision, fees_text="Nộp trực tuyến (áp dụng đến 31/12/2031): 4.000 đồng")
    midnight = datetime.fromisoformat("2032-01-01T00:00:00+07:00")
    with (
        clock.frozen(midnight),
        acting("author"),
        pytest.raises(BadRequest, match="31/12/2031"),
    ):
        actions.transition(revision, "submit")
    with clock.frozen(midnight - timedelta(minutes=1)), acting("author"):
        actions.transition(revision, "submit")


def found_with(check, day="2026-03-01"):
    processQueue()
    catalog = api.portal.get_tool("portal_catalog")
    known = catalog.Indexes[FINDINGS].uniqueValues()
    keywords = keywords_for(check, known, date.fromisoformat(day))
    return sorted(b.getId for b in catalog.unrestrictedSearchResults(eqms_findings=keywords))


def test_the_catalog_knows_the_names_of_the_checks(document):
    write(document["rev-1"], **TOO_LONG | {"fees_text": "8.000 đồng, áp dụng đến 31/12/2025"})
    assert found_with("sum_differs") == ["rev-1"]
    assert found_with("fee_past", "2025-12-31") == []
    assert found_with("fee_past", "2026-01-01") == ["rev-1"]
    issue(document["rev-1"])
    assert found_with("sum_differs") == [document.getId(), "rev-1"]


def test_texts_that_expired_and_what_was_announced(document):
    revision = document["rev-1"]
    write(
        revision,
        legal_bases=[{"text": "Nghị định số 123/2015/NĐ-CP", "number": "123/2015/NĐ-CP"}],
        administrative_procedures=[
            {"code": "1.001193", "name": "Đăng ký  khai sinh", "decision": "QĐ số 12/QĐ-UBND"}
        ],
    )
    change(add_text(), **EXPIRED)
    with acting("controller"):
        announced = createContentInContainer(
            references_folder(),
            "AdministrativeProcedure",
            code="1.001193",
            title="Thủ tục đăng ký khai sinh",
            decision="Quyết định 12/QĐ-UBND",
        )
    found = {finding.name: finding for finding in findings_today(revision)}
    assert found["text_expired"].place == Place("legal_bases", 0)
    assert found["announced_differs"].place == Place("administrative_procedures", 0)
    assert found["announced_differs"].values["there"] == "Thủ tục đăng ký khai sinh"
    change(announced, title="Đăng ký khai sinh")
    assert "announced_differs" not in {finding.name for finding in findings_today(revision)}
    change(announced, decision="Quyết định 13/QĐ-UBND")
    assert "announced_differs" in {finding.name for finding in findings_today(revision)}


def test_an_administrator_chooses_what_blocks(visitor_of_settings):
    page = visitor_of_settings
    form = page.get()
    assert "Steps take more than the limit (Error)" in form.text
    token = re.search(r'data-token="(\w+)"', form.text)[1]
    answer = page.post(
        {
            "form.widgets.blocking_checks:list": ["fee_past", "sum_differs"],
            "form.widgets.blocking_checks-empty-marker": "1",
            "form.buttons.save": "Save",
            "_authenticator": token,
        }
    )
    assert answer.status_code == 200
    transaction.begin()
    assert blocking() == {"fee_past", "sum_differs"}


@pytest.fixture
def visitor_of_settings(functional_portal):
    url = f"{functional_portal.absolute_url()}/@@eqms-procedures-controlpanel"
    session = requests.Session()
    session.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    assert requests.get(url, timeout=20, allow_redirects=False).status_code in (302, 401)
    return SimpleNamespace(
        get=lambda: session.get(url, timeout=20),
        post=lambda data: session.post(url, data=data, timeout=20),
    )
