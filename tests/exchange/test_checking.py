"""What the checks find in files, told with what the reader found."""

from datetime import date
from eqms.commands import main
from eqms.exchange.checking import checked
from eqms.exchange.checking import checked_together
from eqms.exchange.phrases import place_told
from eqms.exchange.word import ProcedureReading
from eqms.exchange.word import read_procedure
from eqms.exchange.word.model import Record
from files import procedure
from word.conftest import corpus
import json
import pytest
import subprocess
import sys


__all__ = ["corpus"]

DAY = date(2026, 3, 1)
COPIED = {6, 11, 13, 14, 15, 16, 17, 19, 21, 22, 24, 25, 27, 32, 33}
"""Procedures of the corpus, by the number of their code, that keep the register of births though
they are about something else: found by reading the 35 files."""


def reading(**values):
    return ProcedureReading("quy trình.docx", title="Đăng ký kết hôn", **values)


def test_a_finding_has_a_name_a_sentence_and_a_place():
    births = Record("Sổ đăng ký khai sinh", "UBND xã", "Vĩnh viễn")
    (found,) = [one for one in checked(reading(records=[births]), DAY) if "record" in one.check]
    assert found.as_json() == {
        "check": "record_of_other",
        "message": "“Sổ đăng ký khai sinh” seems to be copied from another procedure: nothing "
        "else here is about it.",
        "place": "records, row 1",
    }
    assert place_told(found.place).mapping["row"] == 1


def test_what_the_reader_tells_is_not_told_twice():
    told = {one.check for one in checked(reading(), DAY)}
    assert not told & {"steps_missing", "section_empty", "sum_differs"}


def test_a_fee_is_told_once_it_is_past():
    text = "4.000 đồng (áp dụng đến 31/12/2025)"
    assert not checked(reading(fees_text=text), date(2025, 12, 31))
    assert [one.check for one in checked(reading(fees_text=text), DAY)] == ["fee_past"]


def test_one_code_on_two_files_is_told_of_both(tmp_path, capsys):
    for name in ("a.docx", "b.docx"):
        (tmp_path / name).write_bytes(procedure(title=name))
    assert main(["import-word", "--dry-run", "--json", str(tmp_path)]) == 0
    entries = json.loads(capsys.readouterr().out)
    found = [
        [one for one in entry["warnings"] if one["check"] == "code_in_scope"] for entry in entries
    ]
    assert [len(ones) for ones in found] == [1, 1]
    assert found[0][0]["place"] == "code"


def test_reading_and_checking_need_no_plone():
    code = (
        "import sys; from eqms.exchange.reading import read;"
        "print([name for name in sys.modules if name.startswith(('plone.', 'Products.'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


class TestCorpus:
    @pytest.fixture(scope="class")
    def readings(self, corpus):
        return {
            path.name: read_procedure(path.read_bytes(), path.name)
            for path in sorted(corpus.glob("*.docx"))
        }

    @pytest.fixture(scope="class")
    def found(self, readings):
        return {name: {one.check for one in checked(read, DAY)} for name, read in readings.items()}

    def having(self, found, check):
        return [name for name, checks in found.items() if check in checks]

    def test_copied_registers_are_found_without_a_false_alarm(self, readings, found):
        names = self.having(found, "record_of_other")
        assert {int(readings[name].code.split()[1].partition("/")[0]) for name in names} == COPIED
        assert all(readings[name].code.endswith("/CX-HCTP") for name in names)
        assert not any("chứng thực" in readings[name].title.casefold() for name in names)
        assert len(names) == len(COPIED)

    def test_fees_that_end(self, found):
        assert len(self.having(found, "fee_past")) == 18

    def test_other_defects_of_the_set(self, found):
        assert len(self.having(found, "stale_citation")) == 35
        assert len(self.having(found, "abbreviation_repeated")) == 1
        assert len(self.having(found, "annex_missing")) == 17
        assert [name[:3] for name in self.having(found, "annex_inconsistent")] == ["34."]
        assert not self.having(found, "form_missing")

    def test_codes_on_several_procedures(self, readings):
        found = checked_together(readings)
        shared = {
            readings[name].code for name, ones in found.items() if ones[0].check == "code_in_scope"
        }
        assert "QT 01/CX-HCTP" in shared
