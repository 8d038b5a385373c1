"""The ``eqms`` command, against a site that really answers."""

from cast import PASSWORD
from docx import Document
from eqms.commands import main
from eqms.exchange import reading
from eqms.exchange.word import read_procedure
from io import BytesIO
from io import StringIO
from pathlib import Path
import json
import pytest
import subprocess
import sys
import time


CODE = "QT 05/CX-HCTP"
TITLE = "Cấp phép tổ chức lễ hội"


def word(title=TITLE, code=CODE):
    """A procedure with little more than its control block."""
    document = Document()
    rows = [
        ("SỞ TƯ PHÁP", "QUY TRÌNH", f"Mã hiệu: {code}"),
        ("", title, "Lần ban hành: 01"),
        ("", "", "Ngày ban hành: 07/7/2025"),
    ]
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture
def files(tmp_path):
    """A folder with two procedures, a file that is none, and one that Word has left."""
    (tmp_path / "01. Lễ hội.docx").write_bytes(word())
    (tmp_path / "02. Gia hạn.docx").write_bytes(word("Gia hạn", "QT 06/CX-HCTP"))
    (tmp_path / "03. Hỏng.docx").write_bytes(b"PK nothing")
    (tmp_path / "~$01. Lễ hội.docx").write_bytes(b"lock")
    (tmp_path / "note.txt").write_text("no procedure")
    return tmp_path


@pytest.fixture
def good(files):
    return [str(files / "01. Lễ hội.docx"), str(files / "02. Gia hạn.docx")]


@pytest.fixture
def as_user(monkeypatch):
    def log_in(user, password=PASSWORD):
        monkeypatch.setenv("EQMS_USER", user)
        monkeypatch.setenv("EQMS_PASSWORD", password)

    return log_in


@pytest.fixture
def site(live_agency, functional_portal, as_user):
    """Arguments that name the site; an author is logged in."""
    as_user("author")
    return ["--url", functional_portal.absolute_url()]


def printed(capsys):
    return json.loads(capsys.readouterr().out)


def usage(arguments, capsys):
    """The message of a command that was used wrongly."""
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    return capsys.readouterr().err


class TestDryRun:
    def test_it_prints_what_was_understood(self, files, capsys):
        assert main(["import-word", "--dry-run", "--json", str(files)]) == 1
        first, second, broken = printed(capsys)
        assert first == json.loads(
            json.dumps(read_procedure(word(), "01. Lễ hội.docx").as_json(), ensure_ascii=False)
        )
        assert (second["code"], second["revision"]) == ("QT 06/CX-HCTP", 1)
        assert broken.keys() == {"file", "error"}

    def test_all_fine_is_zero(self, good, capsys):
        assert main(["import-word", "--dry-run", *good]) == 0
        shown = capsys.readouterr()
        assert TITLE in shown.out
        assert "2 understood" in shown.out
        assert "[2/2] 02. Gia hạn.docx: understood" in shown.err

    def test_a_fault_of_the_reader_stops_nothing(self, good, capsys, monkeypatch):
        def fails_once(data, filename, **options):
            if filename.startswith("01"):
                raise IndexError(filename)
            return read_procedure(data, filename)

        monkeypatch.setattr(reading, "read_procedure", fails_once)
        assert main(["import-word", "--dry-run", "--json", *good]) == 1
        first, second = printed(capsys)
        assert "IndexError" in first["error"]
        assert second["title"] == "Gia hạn"

    def test_neither_a_site_nor_plone_is_needed(self, good):
        """In a process of its own, where nothing has imported Plone yet."""
        script = (
            "import sys; from eqms.commands import main; "
            "code = main(['import-word', '--dry-run', '--json', *sys.argv[1:]]); "
            "heavy = {'plone', 'Products', 'ZODB', 'ZPublisher'} & "
            "{name.partition('.')[0] for name in sys.modules}; "
            "sys.exit(code or ', '.join(heavy) or 0)"
        )
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", script, *good], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert len(json.loads(done.stdout)) == 2
        assert time.perf_counter() - start < 5

    def test_a_reader_who_has_seen_enough_is_no_error(self, good):
        script = Path(sys.executable).with_name("eqms")
        command = f'"{script}" import-word --dry-run --json "{good[0]}" | true'
        done = subprocess.run(command, shell=True, capture_output=True, text=True)  # noqa: S602
        assert "Traceback" not in done.stderr


class TestUsage:
    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["export-list"],
            ["import-word"],
            ["import-word", "--dry-run", "không có.docx"],
            ["undo-import", "1"],
            ["undo-import", "một", "--reason", "x"],
        ],
    )
    def test_wrong_use_is_two(self, arguments, capsys):
        assert "usage: eqms" in usage(arguments, capsys)

    def test_a_folder_without_word_files_is_wrong_use(self, tmp_path, capsys):
        assert "no .docx" in usage(["import-word", "--dry-run", str(tmp_path)], capsys)

    @pytest.mark.parametrize("arguments", [[], ["import-word"], ["undo-import"]])
    def test_help_names_exit_codes_and_environment(self, arguments, capsys):
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, "--help"])
        assert stopped.value.code == 0
        shown = capsys.readouterr().out
        assert "exit codes:" in shown
        assert "EQMS_PASSWORD" in shown


class TestImport:
    def test_files_become_documents(self, site, files, capsys, live_agency):
        assert main(["import-word", "--json", *site, str(files)]) == 1
        first, second, broken = printed(capsys)
        assert (first["outcome"], first["code"], first["revision"]) == ("created", CODE, 1)
        assert first["document"]["@id"] == f"{live_agency.absolute_url()}/qt-05-cx-hctp"
        assert second["outcome"] == "created"
        assert (broken["outcome"], broken["document"]) == ("failed", None)
        live_agency._p_jar.sync()
        assert sorted(live_agency.objectIds()) == ["qt-05-cx-hctp", "qt-06-cx-hctp"]

    def test_a_second_time_nothing_is_made(self, site, good, capsys):
        assert main(["import-word", *site, *good]) == 0
        capsys.readouterr()
        assert main(["import-word", *site, *good]) == 0
        shown = capsys.readouterr()
        assert "2 there already" in shown.out
        assert "[1/2] 01. Lễ hội.docx: existing" in shown.err

    def test_and_undone_they_are_gone(self, site, good, capsys, live_agency):
        main(["import-word", *site, *good])
        capsys.readouterr()
        assert main(["undo-import", *site, "1", "--reason", "Nhầm", "--json"]) == 0
        assert printed(capsys)["undone"]["reason"] == "Nhầm"
        live_agency._p_jar.sync()
        assert list(live_agency.objectIds()) == []
        assert main(["undo-import", *site, "1", "--reason", "Nhầm"]) == 1
        assert main(["undo-import", *site, "9", "--reason", "Nhầm"]) == 3

    def test_in_force_without_a_window_is_refused(self, site, good, capsys, as_user):
        as_user("controller")
        assert main(["import-word", "--in-force", *site, *good]) == 1
        shown = capsys.readouterr()
        assert "window" in shown.err
        assert shown.out == ""

    def test_the_agency_is_named_where_there_are_several(
        self, site, good, capsys, functional_portal
    ):
        from cast import make_agency
        import transaction

        make_agency(functional_portal, "Sở Nội vụ", "SNV", {})
        transaction.commit()
        message = usage(["import-word", *site, *good], capsys)
        assert "--agency so-noi-vu  (Sở Nội vụ)" in message
        assert main(["import-word", *site, "--agency", "so-tu-phap", *good]) == 0
        assert main(["import-word", *site, "--agency", "/khong-co", *good]) == 3


class TestSite:
    def test_a_wrong_password_is_three(self, site, good, capsys, as_user):
        as_user("author", "sai")
        assert main(["import-word", *site, *good]) == 3
        assert "password" in capsys.readouterr().err

    def test_so_is_who_may_not_import(self, site, good, as_user):
        as_user("member")
        assert main(["import-word", *site, *good]) == 3

    @pytest.mark.parametrize(
        "url", ["http://localhost:9/eqms", "file:///etc/passwd", "localhost:8080"]
    )
    def test_a_site_that_is_not_there(self, url, good, as_user, capsys):
        as_user("author")
        assert main(["import-word", "--url", url, *good]) == 3
        assert capsys.readouterr().out == ""

    def test_something_that_is_no_site(self, functional_portal, good, as_user):
        as_user("author")
        root = functional_portal.absolute_url().rpartition("/")[0]
        assert main(["import-word", "--url", root, *good]) == 3

    def test_without_anybody_to_ask_credentials_must_be_set(self, good, capsys, monkeypatch):
        monkeypatch.delenv("EQMS_USER", raising=False)
        monkeypatch.delenv("EQMS_PASSWORD", raising=False)
        monkeypatch.setattr(sys, "stdin", StringIO())
        assert main(["import-word", *good]) == 3
        assert "EQMS_PASSWORD" in capsys.readouterr().err

    def test_what_was_done_is_shown_although_the_site_went_away(
        self, site, good, capsys, monkeypatch
    ):
        from eqms.exchange.client import AgencyAtSite
        from eqms.exchange.client import SiteError

        real = AgencyAtSite.import_file

        def goes_away(self, batch, filename, data):
            if filename.startswith("02"):
                raise SiteError("gone")
            return real(self, batch, filename, data)

        monkeypatch.setattr(AgencyAtSite, "import_file", goes_away)
        assert main(["import-word", "--json", *site, *good]) == 3
        [entry] = printed(capsys)
        assert entry["outcome"] == "created"
