"""Run the site on this machine: ``make run``.

The first start creates the site with the demo; later starts serve what is there. Everything that
is kept lies in one folder, ``var/``.
"""

from argparse import ArgumentParser
from argparse import Namespace
from collections.abc import Iterator
from configparser import RawConfigParser
from contextlib import contextmanager
from eqms.clock.ticking import Ticker
from paste.deploy import loadapp
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import build_opener
from urllib.request import ProxyHandler
from wsgiref.util import setup_testing_defaults
from zc.lockfile import LockError
from zc.lockfile import LockFile
from Zope2.Startup.serve import setup_logging
from Zope2.utilities.copyzopeskel import copyskel
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import waitress
import Zope2


ROOT = Path(__file__).resolve().parent.parent
SKELETON = ROOT / "deploy" / "instance"
LOCAL = ("127.0.0.1", "0.0.0.0")  # noqa: S104  to be compared with, not listened on


def main(argv: list[str] | None = None) -> None:
    """Create the site if there is none, then serve it until Ctrl-C or SIGTERM."""
    options = parse(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    var = options.var.resolve()
    var.mkdir(exist_ok=True)
    name = "localhost" if options.host in LOCAL else options.host
    url = f"http://{name}:{options.port}/eqms"
    try:
        with only_one(var, url), listening(options.host, options.port) as listener:
            ensure_site(var, url)
            serve(var, listener, url)
    except KeyboardInterrupt:
        pass
    print("eqms has stopped.", flush=True)


def parse(argv: list[str] | None) -> Namespace:
    """Read the command line."""
    parser = ArgumentParser(description="Run eqms with a database of its own.")
    parser.add_argument("--var", type=Path, default=ROOT / "var", help="folder that keeps it all")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8080)
    return parser.parse_args(argv)


@contextmanager
def only_one(var: Path, url: str) -> Iterator[None]:
    """Hold the folder for this process; leave with a clear word if another one has it."""
    path = var / "run.lock"
    try:
        lock = LockFile(str(path), content_template=f"{url}, process {{pid}}")
    except LockError:
        sys.exit(f"eqms is running already: {path.read_text().strip()}. Stop it there first.")
    try:
        yield
    finally:
        lock.close()


def listening(host: str, port: int) -> socket.socket:
    """Take the port before the slow part of the start, so that a taken one is told at once."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        sys.exit(f"Cannot listen: {error.strerror}. Another port: make run PORT=8081")


def ensure_site(var: Path, url: str) -> None:
    """Create the site in a folder aside and move it into place when it is complete.

    What an interrupted start has left is thrown away: a site that was ready is never touched.
    """
    if (var / "data").exists():
        return
    print("First start: creating the site and its demo.", flush=True)
    aside = var / "new"
    shutil.rmtree(aside, ignore_errors=True)
    write_instance(aside)
    create_site(aside, url)
    os.replace(aside / "accounts.json", var / "accounts.json")
    os.rename(aside / "data", var / "data")
    shutil.rmtree(aside)


def create_site(home: Path, url: str) -> None:
    """Run ``create_site.py`` on the empty database of an instance; what it logs goes to a file."""
    log = home / "log" / "create_site.log"
    command: list[str | Path] = [
        Path(sys.executable).with_name("zconsole"),
        "run",
        home / "etc" / "zope.conf",
        ROOT / "scripts" / "create_site.py",
        home / "accounts.json",
        url,
    ]
    with log.open("w") as errors:
        created = subprocess.run(command, stderr=errors, check=False)
    if created.returncode:
        last = "\n".join(log.read_text().splitlines()[-20:])
        sys.exit(
            f"{last}\n\nThe site could not be created. The whole log: {log}\n"
            "When the cause is gone, the same command begins anew."
        )


def write_instance(home: Path) -> None:
    """Write the configuration for this place and this version; data and logs stay."""
    shutil.rmtree(home / "etc", ignore_errors=True)
    copyskel(str(SKELETON), str(home), None, None, INSTANCE_HOME=str(home))


def serve(var: Path, listener: socket.socket, url: str) -> None:
    """Answer requests until the process is told to stop, then close the database."""
    write_instance(var)
    ini = str(var / "etc" / "zope.ini")
    setup_logging(ini)
    application = loadapp(f"config:{ini}")
    warm(application, url)
    server = waitress.create_server(application, sockets=[listener], **server_settings(ini))
    Thread(target=announce, args=(url, var / "accounts.json"), daemon=True).start()
    ticker = Ticker(Zope2.DB)
    ticker.start()
    try:
        server.run()
    finally:
        ticker.stop()
        for database in Zope2.opened:
            database.close()


def warm(application: Any, url: str) -> None:
    """Make the first page before anybody can ask for one.

    It compiles the templates of the site; on Python 3.11 two threads that do so at once can fail
    (https://github.com/python/cpython/issues/106905).
    """
    address = urlsplit(url)
    environ = {"HTTP_HOST": address.netloc, "PATH_INFO": address.path}
    setup_testing_defaults(environ)
    for _chunk in application(environ, lambda status, headers, error=None: None):
        pass


def server_settings(ini: str) -> dict[str, Any]:
    """Settings of the web server, except where it listens."""
    parser = RawConfigParser()
    parser.read(ini)
    settings = dict(parser["server:main"])
    return {key: settings[key] for key in settings.keys() - {"use", "host", "port"}}


def announce(url: str, accounts: Path) -> None:
    """Ask for the first page as a visitor does, and then say that the site is ready."""
    try:
        build_opener(ProxyHandler({})).open(url).close()
    except HTTPError as error:
        print(f"{url} answers {error}: see log/event.log.", file=sys.stderr, flush=True)
    else:
        ready = ("", f"eqms is ready: {url}", "", account_table(accounts), "", "Ctrl-C stops it.")
        print(*ready, sep="\n", flush=True)


def account_table(path: Path) -> str:
    """One line per account: login, password, what it is for."""
    if not path.exists():
        return f"The passwords were kept in {path}, which is gone: set new ones in the site."
    accounts = json.loads(path.read_text(encoding="utf-8"))
    width = max(len(account["login"]) for account in accounts)
    row = f"  {{login:<{width}}}  {{password}}  {{about}}"
    return "\n".join(row.format_map(account) for account in accounts)


if __name__ == "__main__":
    main()
