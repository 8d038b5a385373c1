"""Exports, and the script that verifies them without Plone."""

from cast import acting
from cast import issue
from csv import DictReader
from eqms.documents.drafting import revise
from eqms.trail import export
from eqms.trail import storage as trail
from eqms.trail.checkpoints import checkpoints
from eqms.trail.checkpoints import take_checkpoint
from importlib.util import module_from_spec
from importlib.util import spec_from_file_location
from io import StringIO
from pathlib import Path
from shutil import which
from trail.authority import authority
from trail.authority import NOON
import asyncio
import json
import pytest
import subprocess
import sys


SCRIPT = Path(__file__).parents[2] / "scripts" / "verify_trail.py"


@pytest.fixture(scope="module")
def script():
    spec = spec_from_file_location("verify_trail", SCRIPT)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def issued(document):
    issue(document["rev-1"])
    return document


@pytest.fixture
def write(tmp_path, issued):
    """Write the trails of the site to a file, as they are now."""

    def write(name="trail.jsonl"):
        path = tmp_path / name
        lines = export.json_lines(trail.subjects(), "http://nohost/plone", checkpoints())
        path.write_text("".join(lines), encoding="utf-8")
        return path

    return write


@pytest.fixture
def kept(tmp_path, issued):
    """A checkpoint kept outside the database."""
    take_checkpoint()
    path = tmp_path / "checkpoint.jsonl"
    path.write_text("".join(export.checkpoint_lines(checkpoints())), encoding="utf-8")
    return path


def altered(path, change):
    """The file with its lines changed by a function."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lines = change(lines) or lines
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def rows_in(lines, subject):
    return [line["row"] for line in lines if line["kind"] == "row" and line["chain"] == subject]


class TestTheScript:
    def test_a_good_export_holds(self, script, write, kept):
        flaws, chains, rows = script.verify(write(), kept)
        assert flaws == []
        assert chains == len(trail.subjects())
        assert rows == sum(len(trail.rows(subject)) for subject in trail.subjects())

    def test_it_needs_nothing_but_python(self, write, kept, tmp_path):
        """Isolated: no site-packages, no environment, another folder."""
        done = subprocess.run(
            [sys.executable, "-I", "-S", SCRIPT, write(), "--checkpoint", kept],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert "all hold" in done.stdout

    def test_it_says_what_is_wrong_and_fails(self, script, write, issued, capsys):
        def change(lines):
            rows_in(lines, issued.UID())[2]["actor"] = "kẻ khác"

        assert script.main([str(altered(write(), change))]) == 1
        told = capsys.readouterr().out
        assert f"{issued.UID()} row 3: does not say what its hash was made of" in told
        assert "1 flaws" in told

    @pytest.mark.parametrize("content", ["", "no JSON\n", '{"kind": "row"}\n', "[1]\n"])
    def test_what_is_no_export(self, script, tmp_path, content, capsys):
        path = tmp_path / "trail.jsonl"
        path.write_text(content)
        assert script.main([str(path)]) == 2
        assert "cannot be verified" in capsys.readouterr().err

    @pytest.mark.parametrize(
        "change",
        [
            lambda lines: [line for line in lines if line.get("row", {}).get("number") != 3],
            lambda lines: [*lines[:3], lines[2], *lines[3:]],
            lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
            lambda lines: lines[:-1],
            lambda lines: [line for line in lines if line["kind"] != "checkpoint"],
            lambda lines: [line for line in lines if line["kind"] != "head"],
            lambda lines: next(
                line["checkpoint"] for line in lines if line["kind"] == "checkpoint"
            ).update(at="2020-01-01T00:00:00.000000Z"),
            lambda lines: lines[1].update(chain="0" * 32),
            lambda lines: lines[1]["row"].update(number=1.5),
        ],
        ids=[
            "row removed",
            "row doubled",
            "rows exchanged",
            "end cut off",
            "no checkpoints",
            "no heads",
            "checkpoint altered",
            "row of another chain",
            "row with a float",
        ],
    )
    def test_tampering_with_the_file_is_found(self, script, write, kept, change):
        assert script.verify(altered(write(), change))[0]

    def test_cut_and_rewritten_chains_show_by_the_checkpoint_only(
        self, script, write, kept, issued
    ):
        path = write()
        found = trail.trail_of(issued.UID())
        rows = list(found)
        found._rows.clear()
        found.length, found.head = 0, "0" * 64
        for row in rows[:-1]:
            found.append({k: v for k, v in row.items() if k not in ("previous", "hash")})
        cut = write("cut.jsonl")
        # Whoever cuts so takes the checkpoints of the site along.
        altered(cut, lambda lines: [line for line in lines if line["kind"] in ("export", "row")])
        altered(
            cut,
            lambda lines: [
                *lines,
                {"kind": "end", "rows": len(lines) - 1, "checkpoint_lines": 0},
            ],
        )
        assert script.verify(cut)[0] == []
        assert any("newest rows are missing" in flaw for flaw in script.verify(cut, kept)[0])
        assert any("the site has another" in flaw for flaw in script.verify(cut, kept)[0])
        found.append({**rows[-1], "actor": "kẻ khác"})
        anew = write("anew.jsonl")
        assert any("written anew" in flaw for flaw in script.verify(anew, kept)[0])
        assert script.verify(path, kept)[0] == []

    def test_the_export_of_one_document_with_the_checkpoint_of_the_site(
        self, script, kept, issued, tmp_path
    ):
        with acting("author"):
            revise(issued)
        path = tmp_path / "one.jsonl"
        path.write_text("".join(export.json_lines([issued.UID()], "http://nohost/plone/x")))
        assert script.verify(path, kept) == ([], 1, len(trail.rows(issued.UID())))

    @pytest.mark.skipif(which("openssl") is None, reason="openssl is not there")
    def test_stamps_for_openssl(self, script, write, kept, tmp_path):
        root, stamper = authority()
        newest = checkpoints().newest
        token = asyncio.run(stamper.async_timestamp(bytes.fromhex(newest["hash"]), "sha256"))
        checkpoints().keep_stamp(1, token.dump())
        assert script.extract_stamps(write(), tmp_path) == 1
        (tmp_path / "root.pem").write_text(root)
        done = subprocess.run(
            "openssl ts -verify -token_in -in checkpoint-1.tst -data checkpoint-1.json"
            f" -CAfile root.pem -attime {int(NOON.timestamp())}".split(),
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Verification: OK" in done.stdout + done.stderr


class TestCsv:
    def test_a_spreadsheet_reads_it(self, issued):
        text = "".join(export.csv_lines([issued.UID()]))
        assert text.startswith("\ufeffsubject,number,at,actor")
        rows = list(DictReader(StringIO(text.lstrip("\ufeff"))))
        assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
        assert json.loads(rows[2]["details"])["new_state"] == "in_review"

    @pytest.mark.parametrize(
        "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "－1"]
    )
    def test_formulas_are_text(self, text):
        assert export.cell(text) == f"'{text}"

    @pytest.mark.parametrize("value", ["Lê Thị Soạn", "a=b", "", None, 5, {"a": "=1"}])
    def test_other_values_stay_as_they_are(self, value):
        assert not export.cell(value).startswith("'")
