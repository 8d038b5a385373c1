"""A throw-away instance like the one of ``make run``: its database, and a server when needed."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from scripts.run import ROOT
from scripts.run import write_instance
from tempfile import TemporaryDirectory
from typing import Any
import json
import os
import socket
import subprocess
import sys


HERE = Path(__file__).parent

PATIENCE = 30
"""Seconds that a server may take to stop."""


class Instance:
    """Two ways into one database, one at a time: code run inside, and a server."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = 0
        self._server: subprocess.Popen[bytes] | None = None
        write_instance(home)

    def inside(self, function: Callable[..., Any], **arguments: Any) -> Any:
        """Call a function of a module with the root of the database, while no server runs.

        Arguments and result travel as JSON.

        :raises subprocess.CalledProcessError: if it fails; what it said is on standard error
        """
        self.stop()
        result = self.home / "result.json"
        target = f"{function.__module__}:{function.__name__}"
        zconsole = [Path(sys.executable).with_name("zconsole"), "run", self.home / "etc/zope.conf"]
        script = [HERE / "console.py", result, target, json.dumps(arguments)]
        path = {"PYTHONPATH": f"{ROOT}/src:{ROOT}"}
        done = subprocess.run(
            [*zconsole, *script], env=os.environ | path, stderr=subprocess.PIPE, text=True
        )
        if done.returncode:
            sys.stderr.write(done.stderr)
        done.check_returncode()
        return json.loads(result.read_text())

    def url(self, path: str) -> str:
        """The address of something on the server, which is started if it does not run yet.

        The name is ``localhost``: at 127.0.0.1 Plone shows its pages without theme.
        """
        if self._server is None:
            with socket.create_server(("127.0.0.1", 0)) as listener:
                self.port = listener.getsockname()[1]
                command = [sys.executable, "-m", "benchmarks.server", self.home]
                descriptor = listener.fileno()
                self._server = subprocess.Popen(
                    [*command, str(descriptor)],
                    pass_fds=[descriptor],
                    cwd=ROOT,
                    stdout=subprocess.DEVNULL,
                )
        return f"http://localhost:{self.port}/{path}"

    def stop(self) -> None:
        """Stop the server, if it runs."""
        if self._server is not None:
            self._server.terminate()
            try:
                self._server.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                self._server.kill()
                self._server.wait()
            self._server = None


@contextmanager
def throw_away() -> Iterator[Instance]:
    """An instance in a temporary folder; both are gone at the end, whatever happens."""
    with TemporaryDirectory(prefix="eqms-bench-") as folder:
        instance = Instance(Path(folder))
        try:
            yield instance
        finally:
            instance.stop()
