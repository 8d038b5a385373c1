"""The number on the cover, on the amendment sheet, in the list and by REST is one and the same."""

from cast import acting
from cast import add_document
from cast import issue
from datetime import date
from datetime import UTC
from eqms.documents.content import number_of
from eqms.documents.drafting import revise
from eqms.documents.migration import open_window
from eqms.documents.migration import take_over
from eqms.domain.clock import today
from eqms.domain.numbering import Change
from plone import api
from zope.event import notify
from zope.lifecycleevent import ObjectModifiedEvent
import re
import requests
import transaction


def in_force(document, change):
    """The next revision of a document, in force and committed; its change stands on the sheet."""
    with acting("author"):
        draft = revise(document, change)
        row = {"number": "", "summary": f"Sửa lần {draft.seq}", "ground": "NQ 10"}
        draft.amendments = [*draft.amendments, row]
        notify(ObjectModifiedEvent(draft))
    issue(draft)
    transaction.commit()
    return draft


def told(document):
    """The number as each way of reading tells it to a visitor."""
    url = document.absolute_url()
    page = requests.get(url, timeout=30).text
    rest = requests.get(url, headers={"Accept": "application/json"}, timeout=30).json()
    [brain] = api.content.find(UID=document.UID(), unrestricted=True)
    revision = rest["revision_in_force"]
    sheet = revision["amendments"]
    return {
        "REST": revision["number"],
        "REST, in two": f"{revision['issue_no']:02}/{revision['amendment_no']:02}",
        "list": brain.eqms_number,
        "sheet": sheet[-1]["number"] if sheet else revision["number"],
        "page": re.search(r"<dd>(\d\d/\d\d)</dd>", page)[1],
    }


def test_amendment_and_reissue(live_document):
    issue(live_document["rev-1"])
    transaction.commit()
    assert set(told(live_document).values()) == {"01/00"}
    in_force(live_document, Change.AMENDMENT)
    assert set(told(live_document).values()) == {"01/01"}
    in_force(live_document, Change.REISSUE)
    assert set(told(live_document).values()) == {"02/00"}
    in_force(live_document, Change.AMENDMENT)
    assert set(told(live_document).values()) == {"02/01"}
    sheet = live_document["rev-4"].amendments
    assert [row["number"] for row in sheet] == ["01/01", "02/00", "02/01"]


def test_what_was_taken_over_at_issue_six_goes_on_to_seven(live_agency):
    document = add_document(live_agency, code="QT 60", title="Cấp bản sao")
    draft = document["rev-1"]
    draft.issue_no = 6
    with api.env.adopt_roles(["Manager"]):
        open_window(live_agency, today(UTC), "Chuyển đổi")
        take_over(draft, date(2025, 7, 7))
    transaction.commit()
    assert set(told(document).values()) == {"06/00"}
    assert number_of(in_force(document, Change.REISSUE)) == "07/00"
    assert set(told(document).values()) == {"07/00"}
