"""What the command line shows of imported files, for people."""

from collections.abc import Iterable
from typing import Any
import unicodedata


MARKS = {
    "created": "created",
    "existing": "there already",
    "failed": "failed",
    "understood": "understood",
}


def listing(entries: Iterable[dict[str, Any]]) -> str:
    """A line for each file, its findings below it, and how many there were of each outcome."""
    lines: list[str] = []
    counts: dict[str, int] = {}
    for entry in entries:
        outcome = outcome_of(entry)
        counts[outcome] = counts.get(outcome, 0) + 1
        lines += _entry(entry, outcome)
    lines.append(", ".join(f"{count} {MARKS[outcome]}" for outcome, count in counts.items()))
    return "\n".join(lines)


def checks_report(report: dict[str, Any]) -> str:
    """How often each check finds something, then a line for each procedure with its findings."""
    lines = [
        f"{_padded(row['severity'], 9)}{_padded(row['check'], 28)}{row['count']:>6}"
        for row in report["counts"]
    ]
    for item in report["items"]:
        lines.append(f"{_padded(item['code'] or '-', 18)}{item['title']}")
        lines.append(f"  {item['@id']}")
        lines.append(f"  {', '.join(item['checks'])}")
    lines.append(f"{report['revisions']} revisions, {len(report['items'])} listed")
    return "\n".join(lines)


def outcome_of(entry: dict[str, Any]) -> str:
    """What became of a file: as the site says, or of a file that was only read, whether it was."""
    return str(entry.get("outcome") or ("failed" if "error" in entry else "understood"))


def _entry(entry: dict[str, Any], outcome: str) -> list[str]:
    code, title = entry.get("code") or "-", entry.get("title") or "-"
    lines = [f"{_padded(MARKS[outcome], 14)}{_padded(code, 18)}{title}", f"  {entry['file']}"]
    document = entry.get("document")
    if document:
        lines.append(f"  {document['@id']}")
    if "error" in entry:
        lines.append(f"  ! {entry['error']}")
    lines += [
        f"  - {finding['place']}: {finding['message']}" for finding in entry.get("warnings", ())
    ]
    return lines


def _padded(text: str, width: int) -> str:
    """Filled up by what is seen: a letter and its combining marks take one place."""
    seen = sum(not unicodedata.combining(character) for character in text)
    return text + " " * max(1, width - seen)
