"""The real procedures, all of them, into a site: wrongly, back, rightly, and in force."""

from cast import acting
from cast import make_agency
from cast import PASSWORD
from datetime import date
from eqms.commands import main
from eqms.documents.migration import open_window
from eqms.domain import chain
from eqms.exchange.batches import undo
from eqms.exchange.storage import Mode
from eqms.exchange.storage import Outcome
from eqms.trail import storage as trail
from files import imported
from files import leftovers
from plone import api
from word.conftest import corpus
from zope.i18nmessageid import Message
import json
import pytest
import requests
import transaction


__all__ = ["corpus"]

COUNT = 35
TOGETHER = {"code_in_scope", "code_elsewhere", "issue_date_differs"}
"""Checks of files that are read together."""


@pytest.fixture
def files(corpus):
    return [(path.name, path.read_bytes()) for path in sorted(corpus.glob("*.docx"))]


def documents():
    catalog = api.portal.get_tool("portal_catalog")
    return catalog.unrestrictedSearchResults(portal_type="Procedure")


def collisions(batch):
    return [
        file
        for file in batch.files
        if any(remark.check == "code_collides" for remark in file.remarks)
    ]


def test_into_the_wrong_agency_undone_and_into_the_right_one(portal, agency, files):
    people = {"other": ("Hồ Thị Khác", "controllers")}
    wrong = make_agency(portal, "Sở Xây dựng", "SXD", people)
    before = leftovers(wrong)
    with acting("other"):
        batch = imported(wrong, *files)
        assert batch.count(Outcome.CREATED) == COUNT == len(documents())
        assert all(
            any(remark.check == "issuer_differs" for remark in file.remarks) for file in batch.files
        )
        assert undo(wrong, batch, "Nhầm đơn vị") == COUNT
    assert len(documents()) == 0
    assert leftovers(wrong) == before

    with acting("controller"):
        again = imported(agency, *files)
    assert again.count(Outcome.CREATED) == COUNT == len(documents())
    assert leftovers(wrong)["children"] == []
    # The set really has four codes twice and one three times.
    assert len(collisions(again)) == 6
    for file in again.files:
        assert chain.verify(trail.rows(file.document)) == []

    for remark in (remark for file in again.files for remark in file.remarks):
        assert remark.place == "document" or isinstance(remark.place_for_screen(), Message)

    with acting("controller"):
        assert imported(agency, *files).count(Outcome.EXISTING) == COUNT
    assert len(documents()) == COUNT


def test_in_force_by_the_command_line(live_agency, functional_portal, corpus, capsys, monkeypatch):
    with api.env.adopt_roles(["Manager"]):
        open_window(live_agency, date(2099, 12, 31), "Chuyển tài liệu giấy")
    transaction.commit()
    monkeypatch.setenv("EQMS_USER", "controller")
    monkeypatch.setenv("EQMS_PASSWORD", PASSWORD)
    url = functional_portal.absolute_url()
    assert main(["import-word", "--in-force", "--json", "--url", url, str(corpus)]) == 0
    entries = json.loads(capsys.readouterr().out)
    assert len(entries) == COUNT
    assert main(["import-word", "--dry-run", "--json", str(corpus)]) == 0
    for entry, dry in zip(entries, json.loads(capsys.readouterr().out), strict=True):
        warnings = [one for one in dry.pop("warnings") if one["check"] not in TOGETHER]
        assert dry.items() <= entry.items()
        assert entry["warnings"][: len(warnings)] == warnings
        read_by_the_public(entry)


def read_by_the_public(entry):
    answer = requests.get(
        entry["document"]["@id"], headers={"Accept": "application/json"}, timeout=60
    )
    assert answer.status_code == 200
    document = answer.json()
    revision = document["revision_in_force"]
    assert document["document_state"] == "in_force"
    assert document["code"] == entry["code"]
    assert revision["unconfirmed"] is True
    assert revision["title"] == entry["title"]
    assert revision["issue_no"] == entry["revision"]
    assert lengths(revision["steps"]) == lengths(entry["steps"])
    assert [step["title"] for step in revision["steps"]] == [
        step["title"] for step in entry["steps"]
    ]
    assert [(row["label"], row["value"]) for row in revision["scenarios"]] == [
        (row["label"], row["value"] and str(row["value"])) for row in entry["scenarios"]
    ]
    assert [row["name"] for row in revision["records"]] == [row["name"] for row in entry["records"]]


def lengths(steps):
    """The times of steps; their text may have got the unit that stood in the head of a column."""
    return [
        [time and (time["value"], time["unit"]) for time in step["durations"]] for step in steps
    ]


def test_modes_are_those_of_the_command_line():
    assert {mode.value for mode in Mode} == {"draft", "in_force"}
