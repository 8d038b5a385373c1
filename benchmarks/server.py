"""Serve an instance on a socket that the caller listens on already: HOME DESCRIPTOR."""

from pathlib import Path
from scripts.run import serve
import signal
import socket
import sys


if __name__ == "__main__":
    home, descriptor = sys.argv[1:]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    listener = socket.socket(fileno=int(descriptor))
    # Asked for at the start. It needs no template: Python 3.11 may fail to compile two at once, and
    # the first page is for the visitors of the benchmark to ask for, one after the other.
    serve(Path(home), listener, f"http://localhost:{listener.getsockname()[1]}/eqms/++api++")
