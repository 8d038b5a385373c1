"""Word 97-2003: converted by the LibreOffice of the machine, or refused with what to do."""

from .build import CODE
from .build import customary
from eqms.exchange.word import legacy
from eqms.exchange.word import read_procedure
from eqms.exchange.word.errors import CannotConvert
from eqms.exchange.word.errors import OldWord
import os
import pytest
import time


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
CONVERT = """#!/bin/sh
echo "$@" > {folder}/arguments
env > {folder}/environment
cat "$HOME/profile/user/registrymodifications.xcu" > {folder}/settings
mkdir -p "$HOME/made" && cp {folder}/made.docx "$HOME/made/source.docx"
"""


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with a program ``soffice`` that does what its text says."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("EQMS_PASSWORD", "secret")
    (tmp_path / "made.docx").write_bytes(customary())

    def with_program(text):
        program = programs / "soffice"
        program.write_text(text.format(folder=tmp_path))
        program.chmod(0o755)
        return tmp_path

    return with_program


def test_it_is_converted_and_read(machine):
    machine(CONVERT)
    assert read_procedure(OLD, "cũ.doc").code == CODE


def test_without_macros_in_a_profile_of_its_own_and_without_secrets(machine):
    folder = machine(CONVERT)
    legacy.as_docx(OLD)
    arguments = (folder / "arguments").read_text()
    assert "--headless" in arguments
    assert "-env:UserInstallation=file://" in arguments
    settings = (folder / "settings").read_text()
    assert 'DisableMacrosExecution" oor:op="fuse"><value>true' in settings
    assert "secret" not in (folder / "environment").read_text()


def test_nothing_stays_behind(machine, monkeypatch, tmp_path):
    machine(CONVERT)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    legacy.as_docx(OLD)
    assert not list(tmp_path.glob("eqms-doc-*"))


def test_without_libreoffice_it_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OldWord, match=r"LibreOffice.*save it as \.docx"):
        read_procedure(OLD, "cũ.doc")


@pytest.mark.parametrize("text", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\nexit 0\n"])
def test_a_conversion_that_fails_is_told(machine, text):
    machine(text)
    with pytest.raises(CannotConvert, match="could not be converted"):
        read_procedure(OLD, "cũ.doc")


def test_what_takes_too_long_is_ended_with_all_it_started(machine, monkeypatch):
    folder = machine("#!/bin/sh\nsleep 60 &\necho $! > {folder}/child\nwait\n")
    monkeypatch.setattr(legacy, "SECONDS", 1)
    began = time.monotonic()
    with pytest.raises(CannotConvert):
        legacy.as_docx(OLD)
    assert time.monotonic() - began < 10
    child = int((folder / "child").read_text())
    assert not alive(child)


def alive(process):
    try:
        with open(f"/proc/{process}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_docx_is_left_alone():
    data = customary()
    assert legacy.as_docx(data) is data


def test_what_libreoffice_makes_is_checked_like_any_other_file(machine):
    folder = machine(CONVERT)
    (folder / "made.docx").write_bytes(b"no archive")
    with pytest.raises(Exception, match="not a Word document"):
        read_procedure(OLD, "cũ.doc")
