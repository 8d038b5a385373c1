"""Auditing a running site from outside: verification, checkpoints put aside, exports."""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from eqms.domain import chain
from eqms.domain import checkpoints as rules
from eqms.domain.checkpoints import Head
from eqms.exchange.client import Site
from pathlib import Path
from typing import Any
import json
import sys


TRAILS_A_REQUEST = 200

HEADS_A_REQUEST = 1000

WORDS = {
    "content": "does not say what its hash was made of: it was altered",
    "order": "does not follow the row before: one is missing, inserted or moved",
    "head": "is not the newest that was noted",
    "gone": "is gone",
    "cut": "is missing, and with it the newest rows (undo, or an older database)",
    "rewritten": "was written anew since the checkpoint",
    "stamp": "has a time stamp of something else",
    "no_trail": "has no trail",
    "document_missing": "the document is not there, and no row says that it was removed",
    "revision_missing": "a revision is not there, and no row says that it was removed",
    "revision_unknown": "a revision is there, and no row says where it came from",
    "state": "a revision is in another state than its trail says",
    "content_altered": "the content of a revision is not what its trail says",
    "signature_unknown": "a signature is not as it was given, or no row tells of it",
    "signature_missing": "a signature that the trail tells of is not there",
    "agency_missing": "the agency is not there, and no row says that it was removed",
    "roles": "there are roles that no row tells of",
    "members": "a group has other members than the rows tell of",
}


class NoCheckpoint(Exception):
    """The file holds no checkpoint that could be compared; says why."""


@dataclass(frozen=True)
class KeptCheckpoint:
    """The newest checkpoint in a file kept outside the database, and its heads."""

    checkpoint: dict[str, Any]
    heads: tuple[Head, ...]


def read_checkpoint(path: str) -> KeptCheckpoint:
    """Read a checkpoint that was put aside.

    :raises NoCheckpoint: if the file holds none, or is not as it was written
    """
    try:
        lines = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
        found = [line["checkpoint"] for line in lines if line["kind"] == "checkpoint"]
        heads = tuple(Head(**line["head"]) for line in lines if line["kind"] == "head")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoCheckpoint(f"{path} cannot be read as a checkpoint: {error}") from error
    if not found or chain.verify(found) or not rules.holds(found[-1], heads):
        raise NoCheckpoint(f"{path} does not hold: it is not as it was written")
    return KeptCheckpoint(found[-1], heads)


def verify(
    site: Site, kept: KeptCheckpoint | None, progress: Callable[[str], object]
) -> list[dict[str, Any]]:
    """Everything that does not hold in a site, as REST tells it.

    :param kept: a checkpoint from outside to be compared
    """
    findings: list[dict[str, Any]] = []
    done, total = 0, 1
    while done < total:
        answer = site.get(f"@trail-verify?b_start={done}&b_size={TRAILS_A_REQUEST}")
        findings += answer["findings"]
        done, total = done + (answer["checked"] or total), answer["items_total"]
        progress(f"{min(done, total)} of {total} trails")
    if kept is not None:
        findings += _compare(site, kept)
    return [dict(members) for members in dict.fromkeys(tuple(item.items()) for item in findings)]


def told(findings: list[dict[str, Any]]) -> str:
    """Findings as text, a line each."""
    lines = []
    for found in findings:
        place = f"row {found['number']} " if found["number"] is not None else ""
        about = f" ({found['detail']})" if found["detail"] else ""
        words = WORDS.get(found["flaw"], found["flaw"])
        lines.append(f"{found['subject']}: {place}{words}{about}")
    lines.append(f"{len(findings)} findings" if findings else "Everything holds.")
    return "\n".join(lines)


def save(lines: Iterable[bytes], target: str) -> None:
    """Write what arrives to a file, or to the terminal (``-``)."""
    if target == "-":
        for line in lines:
            sys.stdout.buffer.write(line)
        return
    with Path(target).open("wb") as file:
        file.writelines(lines)


def _compare(site: Site, kept: KeptCheckpoint) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = []
    checkpoint: dict[str, Any] | None = kept.checkpoint
    for start in range(0, max(len(kept.heads), 1), HEADS_A_REQUEST):
        heads = [list(head) for head in kept.heads[start : start + HEADS_A_REQUEST]]
        answer = site.post("@trail-verify", {"checkpoint": checkpoint, "heads": heads})
        findings += answer["findings"]
        checkpoint = None
    return findings
