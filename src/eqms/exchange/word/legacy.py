"""Files of Word 97-2003 (.doc), converted by LibreOffice where it is on the machine.

The file is anybody's: it is opened in an empty profile of its own with macros switched off, in a
folder that is removed afterwards, and whatever takes longer than :data:`SECONDS` is ended.
"""

from contextlib import suppress
from eqms.exchange.word.errors import CannotConvert
from eqms.exchange.word.errors import OldWord
from eqms.exchange.word.package import is_old_word
from pathlib import Path
from tempfile import TemporaryDirectory
import os
import shutil
import signal
import subprocess


SECONDS = 60
"""How long a conversion may take; procedures take two or three seconds."""

PROGRAM = "soffice"

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def as_docx(data: bytes) -> bytes:
    """The file as ``.docx``: itself, unless it is of Word 97-2003.

    :raises OldWord: if it is, and LibreOffice is not on the machine
    :raises CannotConvert: if LibreOffice fails or takes too long
    """
    if not is_old_word(data):
        return data
    if (program := shutil.which(PROGRAM)) is None:
        raise OldWord
    with TemporaryDirectory(prefix="eqms-doc-") as name:
        return _converted(program, Path(name), data)


def _converted(program: str, folder: Path, data: bytes) -> bytes:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    source, target = folder / "source.doc", folder / "made"
    source.write_bytes(data)
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        "docx",
        "--outdir",
        str(target),
        str(source),
    ]
    _run(command, folder)
    try:
        return (target / "source.docx").read_bytes()
    except OSError as error:
        raise CannotConvert from error


def _run(command: list[str], folder: Path) -> None:
    """Run a program in a process group of its own: what it starts ends with it."""
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603  (no shell; nothing in it comes from the file)
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        failed = process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise CannotConvert from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if failed:
        raise CannotConvert
