"""The Word files of the demo: marked as such, and understood by the import."""

from docx import Document
from eqms.demo import facts
from eqms.demo.marking import WORDS
from eqms.demo.word import blank_file
from eqms.demo.word import procedure_file
from eqms.exchange.word import read_procedure
from io import BytesIO
import pytest


IMPORTED = {
    name: each for name, each in facts.documents().items() if each.first.stage in facts.IMPORTED
}
SIGNERS = facts.people()[:3]


def made(document):
    return procedure_file(
        document.first.content, document.code, "Sở Tư pháp", document.issued_on, SIGNERS
    )


@pytest.mark.parametrize("name", IMPORTED)
def test_the_import_understands_all_that_the_file_says(name):
    document = IMPORTED[name]
    content = document.first.content
    reading = read_procedure(made(document), "quy-trinh.docx")
    assert reading.findings == []
    assert (reading.code, reading.title) == (document.code, content["title"])
    assert (reading.issue_no, reading.issued_on) == (1, document.issued_on)
    assert [signer.name for signer in reading.signers] == [signer.name for signer in SIGNERS]
    assert [step.title for step in reading.steps] == [step["title"] for step in content["steps"]]
    assert [[duration.text for duration in step.durations] for step in reading.steps] == [
        step["times"] for step in content["steps"]
    ]
    assert [record.name for record in reading.records] == [
        record["name"] for record in content["records"]
    ]
    assert [basis.text for basis in reading.legal_bases] == [
        basis["text"] for basis in content["legal_bases"]
    ]


def test_every_page_of_a_file_says_that_it_is_a_demo():
    [blank, *_] = (file for each in facts.documents().values() for file in each.first.files)
    for data in (blank_file(blank), *map(made, IMPORTED.values())):
        for section in Document(BytesIO(data)).sections:
            assert WORDS in section.header.paragraphs[0].text
