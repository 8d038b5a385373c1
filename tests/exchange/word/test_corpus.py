"""Real procedures, held against facts that a person read in the files."""

from collections import Counter
from docx import Document
from eqms.exchange.word import read_procedure
from eqms.exchange.word.cutting import cut_form
from io import BytesIO
from pathlib import Path
import json
import pytest
import time
import timeit


TRUTH = sorted(Path(__file__).with_name("truth").glob("*.json"))
FILES_IN_CORPUS = 35


def read(path):
    with path.open("rb") as stream:
        return read_procedure(stream, path.name).as_json()


@pytest.fixture(scope="module")
def answers(corpus):
    return {path.name: read(path) for path in corpus.glob("*.docx")}


@pytest.fixture(params=TRUTH, ids=lambda path: path.stem)
def truth(request):
    return json.loads(request.param.read_text(encoding="utf-8"))


@pytest.fixture
def answer(truth, answers):
    return answers[truth["file"]]


def test_there_is_enough_truth():
    assert len(TRUTH) >= 12


def test_control_block(truth, answer):
    for name in ("code", "issuer", "revision", "amendment", "issued_on"):
        assert answer[name] == truth[name], name
    if "title" in truth:
        assert answer["title"] == truth["title"]
    else:
        assert answer["title"].startswith(truth["title_starts"])


def test_scenarios(truth, answer):
    found = [[case["label"], case["value"], case["unit"]] for case in answer["scenarios"]]
    assert found == truth["scenarios"]
    assert all(case["basis"] for case in answer["scenarios"])


def test_steps(truth, answer):
    found = [
        [
            step["number"],
            step["responsible"],
            [time and [time["value"], time["unit"]] for time in step["durations"]],
        ]
        for step in answer["steps"]
    ]
    assert found == truth["steps"]
    assert all(step["title"] for step in answer["steps"])


def test_records(truth, answer):
    found = [[each["name"], each["keeper"], each["retention"]] for each in answer["records"]]
    assert found == truth["records"]


def test_legal_bases(truth, answer):
    found = [
        [text["kind"], text["number"], text["issued_on"] or str(text["year"])]
        for text in answer["legal_texts"]
    ]
    assert found == truth["legal_bases"]
    assert all(text["title"] for text in answer["legal_texts"])
    assert len(answer["legal_bases"]) == len(found)


def test_application_forms(truth, answer):
    assert [name for name in answer["forms"] if name in truth["application_forms"]] == list(
        truth["application_forms"]
    )


def test_fees(truth, answer):
    found = [
        [fee["amount"], fee["channel"], fee["territory"][:12], fee["valid_to"]]
        for fee in answer["fees"]
    ]
    assert found == truth["fees"]


def test_annexes(truth, answer):
    assert [[each["kind"], each["title"]] for each in answer["annexes"]] == truth["annexes"]


def test_dossier(truth, answer):
    counted = Counter(paper["kind"] for paper in answer["dossier"])
    assert {kind: counted[kind] for kind in ("submit", "present")} == truth["dossier"]
    assert answer["dossier_sets"] == truth["dossier_sets"]


def test_signers(truth, answer):
    found = [[signer["meaning"], signer["position"]] for signer in answer["signers"]]
    assert found == truth["signers"]
    assert all(signer["name"] for signer in answer["signers"])


def test_warnings(truth, answer):
    assert Counter(warning["check"] for warning in answer["warnings"]) == truth["warnings"]
    assert all(warning["message"] and warning["place"] for warning in answer["warnings"])


def test_every_file_is_read(answers):
    assert len(answers) == FILES_IN_CORPUS
    for name, answer in answers.items():
        for field in ("code", "title", "issuer", "issued_on", "scenarios", "steps", "records"):
            assert answer[field], (name, field)
        assert answer["revision"] == 1, name
        assert answer["legal_bases"], name
        assert len(answer["signers"]) == 3, name
        for step in answer["steps"]:
            assert len(step["durations"]) == len(answer["scenarios"]), name


def test_no_section_or_table_is_missed(answers):
    missed = {
        "section_missing",
        "item_missing",
        "unknown_table",
        "steps_missing",
        "records_missing",
    }
    for name, answer in answers.items():
        checks = {warning["check"] for warning in answer["warnings"]}
        assert not checks & missed, name


def test_steps_add_up_but_for_one_file(answers):
    """One procedure really is half a day short of its limit."""
    wrong = {
        name
        for name, answer in answers.items()
        if any(warning["check"] == "sum_differs" for warning in answer["warnings"])
    }
    assert wrong == {"16. Đăng ký khai tử có yếu tố nước ngoài.docx"}


def test_every_period_of_a_fee_is_kept(corpus, answers):
    """ "(áp dụng đến 31/12/2025)" stands in 18 of the files."""
    kept = {
        name
        for name, answer in answers.items()
        if any(fee["valid_to"] == "2025-12-31" for fee in answer["fees"])
    }
    assert len(kept) == 18
    assert all(
        f"{fee['amount']:,}".replace(",", ".") in answer["fees_text"]
        for answer in answers.values()
        for fee in answer["fees"]
        if fee["amount"]
    )


def test_forms_become_files_of_their_own(corpus, answers):
    for name in answers:
        source = (corpus / name).read_bytes()
        for annex in read_procedure(source, name).annexes:
            if annex.kind == "form":
                cut = Document(BytesIO(cut_form(source, annex.start, annex.end, annex.title)))
                words = " ".join("".join(cut.element.body.itertext()).split()).casefold()
                assert annex.title.split()[0].casefold() in words
                assert "hồ sơ lưu trữ" not in words


def test_reading_takes_a_fraction_of_a_second(corpus):
    largest = max(corpus.glob("*.docx"), key=lambda path: path.stat().st_size)
    times = timeit.repeat(lambda: read(largest), timer=time.process_time, number=1, repeat=5)
    assert min(times) < 0.3
