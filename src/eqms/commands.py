"""The ``eqms`` command: work on a running site from a terminal or a script.

Only what a command needs is imported when it runs, so that reading files needs no Plone.
"""

from argparse import ArgumentParser
from argparse import Namespace
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from collections.abc import Sequence
from getpass import getpass
from importlib.metadata import version
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING
import json
import os
import sys


if TYPE_CHECKING:
    from eqms.exchange.client import AgencyAtSite
    from eqms.exchange.client import Site

URL = "http://localhost:8080/eqms"

FINE = 0
FILE_FAILED = 1
USAGE = 2
NO_SITE = 3

EPILOG = """\
exit codes:
  0  all is well
  1  something failed or does not hold, or the site refused what was asked for
  2  the command was used wrongly
  3  the site cannot be reached, or not with these credentials

environment:
  EQMS_USER, EQMS_PASSWORD  credentials for the site; asked for where they are not set
"""


class UsageError(Exception):
    """The command cannot be carried out as it was given."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    from eqms.exchange.client import Refused
    from eqms.exchange.client import SiteError

    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing may be written at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except UsageError as error:
        parser.error(str(error))
    except SiteError as error:
        _tell(error)
        return NO_SITE
    except Refused as error:
        _tell(error)
        return FILE_FAILED


def import_word(options: Namespace) -> int:
    """``eqms import-word``: understand Word files, or make documents of them."""
    from eqms.exchange.printing import outcome_of

    files = list(_expanded(options.files))
    entries: list[dict[str, Any]] = []
    try:
        for entry in _dry_run(files) if options.dry_run else _sent(options, files):
            entries.append(entry)
            _tell(f"[{len(entries)}/{len(files)}] {entry['file']}: {outcome_of(entry)}")
    finally:
        # Also of what was done before the site went away.
        if entries:
            _show(options, entries)
    return FILE_FAILED if any("error" in entry for entry in entries) else FINE


def undo_import(options: Namespace) -> int:
    """``eqms undo-import``: take a whole import back."""
    agency = _agency(options)
    answer = agency.undo_import(options.id, options.reason)
    if options.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        print(f"Import {answer['id']} was undone: {answer['undone']['reason']}")
    return FINE


def tick(options: Namespace) -> int:
    """``eqms tick``: let a site do what is due."""
    from eqms.clock.command import tick_database
    from eqms.clock.command import told
    from eqms.exchange.client import answers

    if options.zope_conf and not answers(options.url):
        report = tick_database(options.zope_conf, options.url)
    else:
        report = _site(options).tick()
    print(json.dumps(report, ensure_ascii=False, indent=2) if options.json else told(report))
    return FILE_FAILED if report["failed"] else FINE


def verify(options: Namespace) -> int:
    """``eqms verify``: whether the audit trails of a site are whole, and the content agrees."""
    from eqms.exchange import auditing

    target = options.write_checkpoint
    if target is not None and Path(target).exists():
        raise UsageError(f"{target} exists; a checkpoint is never written over another one")
    site = _site(options)
    if options.take_checkpoint:
        site.post("@checkpoint", {})
    try:
        kept = auditing.read_checkpoint(options.checkpoint) if options.checkpoint else None
        findings = auditing.verify(site, kept, _tell)
    except auditing.NoCheckpoint as error:
        raise UsageError(str(error)) from error
    print(json.dumps(findings, indent=2) if options.json else auditing.told(findings))
    if target is not None:
        auditing.save(site.lines("@checkpoint"), target)
    return FILE_FAILED if findings else FINE


def export_trail(options: Namespace) -> int:
    """``eqms export-trail``: audit trails as a file."""
    from eqms.exchange import auditing

    path = f"{options.path.strip('/')}/" if options.path else ""
    auditing.save(
        _site(options).lines(f"{path}@trail-export?format={options.format}"), options.output
    )
    return FINE


def report_checks(options: Namespace) -> int:
    """``eqms report checks``: what the checks find in the procedures of an agency."""
    from eqms.exchange.printing import checks_report

    report = _agency(options).checks(options.check)
    print(
        json.dumps(report, ensure_ascii=False, indent=2) if options.json else checks_report(report)
    )
    return FINE


def _dry_run(files: list[Path]) -> Iterator[dict[str, Any]]:
    from eqms.exchange.checking import checked_together
    from eqms.exchange.reading import read
    from eqms.exchange.word import UnreadableFile

    readings = {}
    entries = {}
    for path in files:
        key = str(path)
        try:
            readings[key] = read(path.read_bytes(), path.name)
            entries[key] = readings[key].as_json()
            yield entries[key]
        except UnreadableFile as error:
            yield {"file": path.name, "error": error.message}
        except OSError as error:
            yield {"file": path.name, "error": str(error)}
    for key, findings in checked_together(readings).items():
        entries[key]["warnings"] += [finding.as_json() for finding in findings]


def _sent(options: Namespace, files: list[Path]) -> Iterator[dict[str, Any]]:
    from eqms.exchange.client import Refused

    agency = _agency(options)
    batch = agency.open_import("in_force" if options.in_force else "draft")
    _tell(batch["@id"])
    for path in files:
        try:
            yield agency.import_file(batch["id"], path.name, path.read_bytes())
        except (Refused, OSError) as error:
            yield {"file": path.name, "outcome": "failed", "error": str(error)}


def _show(options: Namespace, entries: list[dict[str, Any]]) -> None:
    from eqms.exchange.printing import listing

    if options.json:
        print(json.dumps(entries, ensure_ascii=False, indent=2))
    else:
        print(listing(entries))


def _expanded(names: list[str]) -> Iterator[Path]:
    """Files as they are named; of a folder all its Word files, but no lock files of Word."""
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = sorted(each for suffix in ("docx", "doc") for each in path.glob(f"*.{suffix}"))
            files = [file for file in found if not file.name.startswith("~$")]
            if not files:
                raise UsageError(f"{name} holds no .docx or .doc files")
            yield from files
        elif path.is_file():
            yield path
        else:
            raise UsageError(f"{name} does not exist")


def _agency(options: Namespace) -> "AgencyAtSite":
    site = _site(options)
    path = options.agency
    if path is None:
        found = site.agencies()
        if len(found) != 1:
            known = "".join(
                f"\n  --agency {item['@id'].removeprefix(site.url).strip('/')}  ({item['title']})"
                for item in found
            )
            raise UsageError(f"the site has {len(found)} agencies; say which one:{known}")
        path = found[0]["@id"].removeprefix(site.url)
    return site.agency(path)


def _site(options: Namespace) -> "Site":
    from eqms.exchange.client import Site
    from eqms.exchange.client import SiteError

    user = os.environ.get("EQMS_USER")
    password = os.environ.get("EQMS_PASSWORD")
    if not (user and password) and not sys.stdin.isatty():
        raise SiteError("set EQMS_USER and EQMS_PASSWORD; there is nobody to ask for them")
    user = user or input("User name: ")
    return Site(options.url, user, password or getpass(f"Password of {user}: "))


def _tell(message: object) -> None:
    print(message, file=sys.stderr, flush=True)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="eqms",
        description="Electronic ISO 9001: work on a running site.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"eqms {version('eqms')}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_import_word(commands)
    _add_undo_import(commands)
    _add_tick(commands)
    _add_verify(commands)
    _add_export_trail(commands)
    _add_report(commands)
    return parser


def _add_import_word(commands: Any) -> None:
    command = commands.add_parser(
        "import-word",
        help="make documents of Word procedures, or show what is understood of them",
        description="Make a document of each procedure, or with --dry-run only show what is "
        "understood of it; that needs no site. A file that was imported before makes no second "
        "document.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a Word file (.docx; .doc where LibreOffice is), or a folder of them",
    )
    command.add_argument("--dry-run", action="store_true", help="read the files, create nothing")
    command.add_argument(
        "--in-force",
        action="store_true",
        help="take them over as documents in force; needs an open migration window",
    )
    _add_agency(command)
    command.set_defaults(run=import_word)


def _add_undo_import(commands: Any) -> None:
    command = commands.add_parser(
        "undo-import",
        help="take back an import as a whole",
        description="Remove all documents of an import, as long as nothing is built on them.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    command.add_argument("id", type=int, metavar="ID", help="number of the import")
    command.add_argument("--reason", required=True, help="why; kept in the audit trail")
    _add_agency(command)
    command.set_defaults(run=undo_import)


def _add_tick(commands: Any) -> None:
    command = commands.add_parser(
        "tick",
        help="let the site do what is due now",
        description="Put in force what is due, send what waits to be sent. What was missed is done "
        "all the same; run it as often as you like.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--zope-conf",
        metavar="FILE",
        help="where no server answers, open the database of this configuration",
    )
    _add_site(command)
    command.set_defaults(run=tick)


def _add_verify(commands: Any) -> None:
    command = commands.add_parser(
        "verify",
        help="check that the audit trails of a site are whole",
        description="Read every audit trail of the site, and compare the content with what it "
        "says. With --checkpoint also find out whether newest rows are missing, or trails were "
        "written anew, since that checkpoint was put aside.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "--checkpoint", metavar="FILE", help="a checkpoint kept outside the database"
    )
    command.add_argument(
        "--write-checkpoint",
        metavar="FILE",
        help="afterwards write the newest checkpoint of the site to a new file, to be kept "
        "where nobody who can write the database can write",
    )
    command.add_argument(
        "--take-checkpoint",
        action="store_true",
        help="have the site take a checkpoint first; by itself it does so once a day",
    )
    _add_site(command)
    command.set_defaults(run=verify)


def _add_export_trail(commands: Any) -> None:
    command = commands.add_parser(
        "export-trail",
        help="write audit trails to a file",
        description="Write the audit trails of the site, of an agency with its documents, or of "
        "one document. scripts/verify_trail.py verifies JSON lines without Plone.",
        epilog=EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    command.add_argument("output", metavar="FILE", help="the file to write, or - for the terminal")
    command.add_argument("--format", choices=("jsonl", "csv"), default="jsonl")
    command.add_argument("--path", help="path of the agency or document in the site")
    _add_url(command)
    command.set_defaults(run=export_trail)


def _add_report(commands: Any) -> None:
    command = commands.add_parser(
        "report", help="report on an agency", description="Reports on an agency of a running site."
    )
    reports = command.add_subparsers(title="reports", required=True, metavar="REPORT")
    checks = reports.add_parser(
        "checks",
        help="what the checks find in all procedures",
        description="What the checks find in the procedures of an agency, in force or on their "
        "way, as far as the user may see them.",
    )
    checks.add_argument("--check", default="", metavar="NAME", help="list one check only")
    _add_agency(checks)
    checks.set_defaults(run=report_checks)


def _add_agency(command: ArgumentParser) -> None:
    _add_site(command)
    command.add_argument(
        "--agency",
        metavar="PATH",
        help="path of the agency in the site; not needed for the only one",
    )


def _add_site(command: ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON instead of a list")
    _add_url(command)


def _add_url(command: ArgumentParser) -> None:
    command.add_argument("--url", default=URL, help="address of the site (default: %(default)s)")
