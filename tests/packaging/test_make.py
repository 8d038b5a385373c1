"""The commands of the repository."""

from pathlib import Path
import os
import pytest
import re
import subprocess


ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text()


def make(*arguments: str) -> str:
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_help_is_the_default_and_lists_the_targets():
    listed = set(re.findall(r"^  make (\S+)", make(), re.MULTILINE))
    [phony] = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert listed == set(phony.split()) - {"browser"}
    assert listed >= {"install", "run", "test", "check", "lock", "i18n", "clean"}


def test_run_passes_the_port_on():
    assert "--port 8099" in make("--dry-run", "run", "PORT=8099")


def stand_in(folder: Path, name: str, script: str) -> None:
    """A command that is found first, or alone, in a PATH of that folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def run(script: str, path: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": path} | variables
    return subprocess.run(
        [ROOT / script], env=environment, check=False, capture_output=True, text=True
    )


def test_ci_checks_and_tests_with_the_corpus(tmp_path):
    stand_in(tmp_path, "make", 'echo "$1 $EQMS_CORPUS"')
    path = f"{tmp_path}:{os.environ['PATH']}"
    ci = run(".ci/run", path, EQMS_CORPUS=os.path.relpath(tmp_path, ROOT))
    assert ci.returncode == 0
    assert ci.stdout.splitlines() == [f"check {tmp_path}", f"test {tmp_path}"]


def test_ci_stops_at_the_first_failure(tmp_path):
    stand_in(tmp_path, "make", "echo asked; exit 3")
    path = f"{tmp_path}:{os.environ['PATH']}"
    ci = run(".ci/run", path, EQMS_CORPUS=str(tmp_path))
    assert (ci.returncode, ci.stdout) == (3, "asked\n")


def test_chromium_that_is_there_is_taken(tmp_path):
    stand_in(tmp_path, "chromium", "")
    found = run("scripts/find-chromium", str(tmp_path))
    assert (found.returncode, found.stderr) == (0, "")


def test_chromium_is_installed_where_that_is_allowed(tmp_path):
    stand_in(tmp_path, "id", "echo 0")
    stand_in(tmp_path, "apt-get", 'echo "$@"')
    found = run("scripts/find-chromium", str(tmp_path))
    assert found.returncode == 0
    assert found.stdout.splitlines() == ["update -qq", "install -qq -y chromium"]


@pytest.mark.parametrize("user", [0, 1000])
def test_chromium_that_cannot_be_had_is_told_in_one_line(tmp_path, user):
    stand_in(tmp_path, "id", f"echo {user}")
    stand_in(tmp_path, "apt-get", "exit 100")
    found = run("scripts/find-chromium", str(tmp_path))
    assert found.returncode == 1
    assert len(found.stderr.splitlines()) == 1
    assert "apt-get install chromium" in found.stderr
