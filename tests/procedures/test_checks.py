"""Who writes a procedure is told where it disagrees with itself."""

from cast import acting
from cast import issue
from eqms.documents.browser.panel import IEditorPanel
from eqms.interfaces import IEqmsLayer
from eqms.procedures.browser.checks import ChecksPanel
from Products.Five.browser import BrowserView
from zope.component import getMultiAdapter
from zope.contentprovider.interfaces import IContentProvider
from zope.i18n import translate
from zope.interface import alsoProvides
from zope.viewlet.interfaces import IViewlet
import pytest


TOO_LONG = {
    "scenarios": [
        {"label": "Không xác minh", "value": "3", "unit": "working_day"},
        {"label": "Có xác minh", "value": "25", "unit": "day"},
    ],
    "steps": [
        {"title": "Tiếp nhận", "times": ["½ ngày", "½ ngày"]},
        {"title": "Thẩm tra", "times": ["03 ngày", "22 ngày"]},
    ],
}


@pytest.fixture
def findings(document, http_request):
    alsoProvides(http_request, IEqmsLayer)
    revision = document["rev-1"]

    def look(**content):
        for name, value in content.items():
            setattr(revision, name, value)
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
        return [translate(finding) for finding in viewlet.findings]

    return look


def test_steps_beyond_the_limit_are_told(findings):
    assert findings(**TOO_LONG) == [
        "The steps take 3.5 working days in all, but the time limit is 3 working days "
        "(Không xác minh)."
    ]


def test_steps_within_the_limit_are_not(findings):
    scenarios = [{"value": "3,5", "unit": "working_day"}, {"value": "30", "unit": "day"}]
    assert findings(scenarios=scenarios, steps=TOO_LONG["steps"]) == []


def test_nothing_is_told_of_what_is_in_force(findings, document):
    issue(document["rev-1"])
    assert findings(**TOO_LONG) == []
