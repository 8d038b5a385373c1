"""What the demo tells, before any of it is in a site."""

from decimal import Decimal
from eqms.demo import ACCOUNTS
from eqms.demo import facts
from eqms.domain.durations import parse_duration
from eqms.domain.durations import total_against
from unicodedata import is_normalized
import pytest


DOCUMENTS = facts.documents()
TIMED = {name: each for name, each in DOCUMENTS.items() if each.first.content.get("scenarios")}


def test_everybody_who_acts_is_a_person_of_the_demo():
    logins = {person.login for person in facts.people()}
    acting = {
        login for agency in facts.agencies() for each in agency.groups.values() for login in each
    }
    heads = {unit.head for agency in facts.agencies() for unit in agency.units if unit.head}
    authors = {document.first.author for document in DOCUMENTS.values()}
    leaders = {
        row["person"] for agency in facts.agencies() for row in agency.settings.get("leaders", ())
    }
    away = {
        login
        for agency in facts.agencies()
        for each in agency.absences
        for login in (each.person, each.substitute)
    }
    assert (acting | heads | authors | leaders | away | ACCOUNTS.keys()) <= logins


def test_nobody_signs_what_he_or_she_wrote_unless_a_decision_allows_it():
    groups = {agency.code: agency.groups for agency in facts.agencies() if not agency.waivers}
    for document in DOCUMENTS.values():
        if document.agency not in groups:
            continue
        deciding = groups[document.agency]["reviewers"] + groups[document.agency]["approvers"]
        assert document.first.author not in deciding


@pytest.mark.parametrize("name", TIMED)
def test_steps_add_up_to_the_limit_of_each_case(name):
    content = TIMED[name].first.content
    for position, scenario in enumerate(content["scenarios"]):
        times = [parse_duration(step["times"][position]) for step in content["steps"]]
        assert all(times), "a time that is not understood"
        assert total_against(times, scenario["unit"]) == Decimal(scenario["value"])


def test_every_procedure_of_the_public_says_what_a_citizen_asks():
    for name, document in DOCUMENTS.items():
        content = document.first.content
        if document.portal_type == "Procedure" and document.first.stage == "in_force":
            if content.get("field") == "HTQLCL":
                continue
            for field in ("dossier", "scenarios", "steps", "records", "legal_bases", "outcomes"):
                assert content[field], (name, field)
            assert content.get("fees") or content.get("fees_text"), name


def test_one_code_names_three_procedures():
    held = [each for each in DOCUMENTS.values() if each.code == "QT 01/CX-HCTP"]
    assert len(held) == 3
    assert [each.first.stage for each in held].count("imported") == 1


def test_all_text_is_in_one_unicode_form():
    for entry in (*facts.DATA.iterdir(), *(facts.DATA / "documents").iterdir()):
        if entry.is_file():
            assert is_normalized("NFC", entry.read_text("utf-8")), entry.name
