"""A PostgreSQL that is thrown away: a cluster in a temporary folder, reached by a socket in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
import getpass
import os
import pwd
import shutil
import subprocess


DEBIAN = Path("/usr/lib/postgresql")

MISSING = (
    "There is no PostgreSQL on this machine. Install it (on Debian: apt-get install postgresql), "
    "or put initdb and pg_ctl on the PATH."
)

SETTINGS = {"listen_addresses": "''", "max_connections": "30"}
"""Nothing listens on the network; the rest is as in a new cluster of Debian."""


class NoPostgresql(Exception):
    """The programs of the server are not there; the message says what to do."""


@contextmanager
def throw_away() -> Iterator[str]:
    """Serve an empty database; gives the data source name, for libpq."""
    programs, owner = find_programs(), unprivileged()
    with TemporaryDirectory(prefix="eqms-pg-") as name:
        folder = Path(name)
        shutil.chown(folder, owner)
        data = folder / "data"

        def run(program: str, *arguments: str) -> None:
            command = [programs / program, "--pgdata", data, *arguments]
            subprocess.run(command, user=owner, cwd=folder, check=True, stdout=subprocess.DEVNULL)

        run("initdb", "--username=eqms", "--auth=trust", "--encoding=UTF8", "--no-locale")
        settings = {**SETTINGS, "unix_socket_directories": f"'{folder}'"}
        with (data / "postgresql.conf").open("a") as file:
            file.writelines(f"{key} = {value}\n" for key, value in settings.items())
        run("pg_ctl", "start", "--wait", "--log", str(folder / "log"))
        try:
            yield f"host='{folder}' user='eqms' dbname='postgres'"
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=fast")


def find_programs() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``: on the PATH, or the newest of Debian.

    :raises NoPostgresql: if there is none
    """
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not versions:
        raise NoPostgresql(MISSING)
    return versions[-1].parent


def unprivileged() -> str:
    """Who runs the server: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
