"""The JSON of a document for visitors: what is kept of it, and what never is."""

from cast import acting
from cast import issue
from datetime import date
from datetime import timedelta
from eqms.documents import serializer
from eqms.documents.correction import correct
from eqms.documents.migration import open_window
from eqms.documents.migration import take_over
from eqms.documents.serializer import revision_json
from eqms.domain import clock
from plone import api
from plone.app.testing import logout
from plone.app.textfield.value import RichTextValue
from unittest.mock import patch
from zope.globalrequest import getRequest
import pytest


@pytest.fixture
def serialized():
    """Counts how often fields were read."""
    with patch.object(serializer, "iterSchemata", wraps=serializer.iterSchemata) as counted:
        yield counted


def test_a_visitor_gets_what_was_made_for_the_first_one(document, serialized):
    revision = issue(document["rev-1"])
    logout()
    first, second = (revision_json(revision, getRequest()) for _ in range(2))
    assert first == second
    assert serialized.call_count == 1


def test_people_who_are_logged_in_get_it_made_anew(document, serialized):
    revision = issue(document["rev-1"])
    with acting("author"):
        revision_json(revision, getRequest())
        revision_json(revision, getRequest())
    assert serialized.call_count == 2


def test_a_draft_is_never_kept(document, serialized):
    logout()
    revision_json(document["rev-1"], getRequest())
    revision_json(document["rev-1"], getRequest())
    assert serialized.call_count == 2


def test_a_corrected_revision_shows_the_correction(agency, document):
    revision = document["rev-1"]
    with api.env.adopt_roles(["Manager"]):
        open_window(agency, clock.now().date() + timedelta(days=2), "Nạp tài liệu")
    with acting("controller"):
        take_over(revision, date(2024, 5, 6))
    logout()
    assert revision_json(revision, getRequest())["purpose"] == ""
    with acting("controller"):
        correct(revision, {"purpose": "Thống nhất cách làm"}, "Thiếu mục đích")
    logout()
    assert revision_json(revision, getRequest())["purpose"] == "Thống nhất cách làm"


def test_each_host_gets_links_to_itself(document):
    draft = document["rev-1"]
    link = f'<p><a href="resolveuid/{document.UID()}">quy trình</a></p>'
    draft.text = RichTextValue(link, "text/html", "text/x-html-safe")
    revision = issue(draft)
    logout()
    request = getRequest()
    for host in ("iso.example.vn", "noibo.example.vn"):
        request.setServerURL("https", host, "8443")
        assert f'href="https://{host}:8443/' in revision_json(revision, request)["text"]["data"]
