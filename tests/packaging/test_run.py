"""``make run``: the first start, the next one, and what stands in its way."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
import json
import pytest
import requests
import runpy
import signal
import socket
import subprocess
import sys


ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "scripts" / "run.py"


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def command(var: Path, port: int) -> list[str | Path]:
    return [sys.executable, RUN, "--var", var, "--port", str(port)]


@contextmanager
def running(var: Path, port: int) -> Iterator[str]:
    """A started site, stopped as a service manager stops it; gives what it printed until ready."""
    process = subprocess.Popen(command(var, port), stdout=subprocess.PIPE, text=True)
    try:
        printed = []
        for line in process.stdout:
            printed.append(line)
            if line.startswith("Ctrl-C stops it"):
                break
        yield "".join(printed)
    finally:
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert rest == "eqms has stopped.\n"


def refused(var: Path, port: int) -> str:
    """What a start that must not succeed says."""
    run = subprocess.run(
        command(var, port), check=False, capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 1
    return run.stderr


def test_first_and_second_start(tmp_path, port):
    with running(tmp_path, port) as first:
        assert f"http://localhost:{port}/eqms" in first
        accounts = json.loads((tmp_path / "accounts.json").read_text())
        for account in accounts:
            assert f"{account['login']} " in first
            assert account["password"] in first
        assert answer(port, "text/html").startswith("<!DOCTYPE html>")
        assert 'lang="vi"' in answer(port, "text/html")
        assert json.loads(answer(port, "application/json"))["@type"] == "Plone Site"
        assert "running already" in refused(tmp_path, port)
        assert "another process holds" in tick(tmp_path, port + 1).stderr
    stopped = tick(tmp_path, port)
    assert (stopped.returncode, stopped.stdout[-11:]) == (0, "failed: 0.\n")
    assert (tmp_path / "accounts.json").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "new").exists()

    with running(tmp_path, port) as second:
        assert "First start" not in second
        assert json.loads((tmp_path / "accounts.json").read_text()) == accounts
        assert accounts[0]["password"] in second


def tick(var: Path, port: int) -> subprocess.CompletedProcess[str]:
    """``eqms tick`` on the database of a site."""
    eqms = Path(sys.executable).with_name("eqms")
    url = f"http://localhost:{port}/eqms"
    arguments = ["tick", "--zope-conf", var / "etc" / "zope.conf", "--url", url]
    return subprocess.run(
        [eqms, *arguments], check=False, capture_output=True, text=True, timeout=120
    )


def answer(port: int, accept: str) -> str:
    url = f"http://localhost:{port}/eqms"
    response = requests.get(url, headers={"Accept": accept}, timeout=30)
    assert response.status_code == 200
    return response.text


def test_a_taken_port_is_told_at_once(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        message = refused(tmp_path, taken.getsockname()[1])
    assert "Address already in use" in message
    assert "make run PORT=" in message
    assert not (tmp_path / "data").exists()


def test_a_broken_first_start_leaves_no_site(tmp_path, monkeypatch):
    run = runpy.run_path(str(RUN))
    failed = subprocess.CompletedProcess([], returncode=1)
    monkeypatch.setattr(run["subprocess"], "run", lambda *_, **__: failed)
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "left over").touch()
    with pytest.raises(SystemExit, match="could not be created"):
        run["ensure_site"](tmp_path, "http://localhost:8080/eqms")
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "new" / "left over").exists()


def test_a_site_that_is_there_is_not_touched(tmp_path, monkeypatch):
    run = runpy.run_path(str(RUN))
    monkeypatch.setattr(run["subprocess"], "run", pytest.fail)
    (tmp_path / "data").mkdir()
    run["ensure_site"](tmp_path, "http://localhost:8080/eqms")


def test_accounts_that_are_gone_are_told(tmp_path):
    table = runpy.run_path(str(RUN))["account_table"](tmp_path / "accounts.json")
    assert "gone" in table
