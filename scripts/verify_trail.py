#!/usr/bin/env python3
"""Verify an export of the audit trail of eqms, with nothing but Python (3.10 or later).

    python3 verify_trail.py trail.jsonl
    python3 verify_trail.py trail.jsonl --checkpoint checkpoint-17.jsonl

The first says whether each chain of rows is as it was written: no row altered, removed from within,
inserted or moved. It cannot say whether the newest rows were cut off, or a whole chain was written
anew by somebody who holds the database. The second can, as far back as the checkpoint that you kept
outside. Neither can tell of what was never written, nor whether what was written is true.

With --extract-stamps DIRECTORY the time stamps (RFC 3161) are written to files that openssl
verifies against the certificate of the authority:

    openssl ts -verify -token_in -in checkpoint-17.tst -data checkpoint-17.json -CAfile root.pem

Exit codes: 0 all holds, 1 something does not, 2 this is no export.
"""

from argparse import ArgumentParser
from argparse import RawDescriptionHelpFormatter
from base64 import b64decode
from pathlib import Path
from unicodedata import normalize
import hashlib
import json
import sys


GENESIS = "0" * 64
"""Stands for the hash before the first row, and before the first checkpoint."""


class NoExportError(Exception):
    """The file is not what it should be."""


def canonical(value):
    """The bytes that are hashed: JSON with sorted keys (RFC 8785), no blanks, text in NFC."""
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode()


def _ordered(value):
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return {normalize("NFC", name): _ordered(member) for name, member in members}
    if isinstance(value, list):
        return [_ordered(member) for member in value]
    if isinstance(value, float):
        raise ValueError("no row holds a floating-point number")
    return normalize("NFC", value) if isinstance(value, str) else value


def sealed(row):
    """What the hash of a row or checkpoint is made of, as bytes."""
    content = {name: value for name, value in row.items() if name not in ("hash", "previous")}
    return canonical({"previous": row.get("previous"), "row": content})


def hash_of(row):
    """The hash that a row or checkpoint must have; None if it cannot have one."""
    try:
        return hashlib.sha256(sealed(row)).hexdigest()
    except (ValueError, UnicodeEncodeError):
        return None


def root_of(heads):
    """The Merkle root (RFC 6962, SHA-256) over heads, sorted by subject."""
    level = [
        hashlib.sha256(b"\x00" + hashlib.sha256(canonical(heads[subject])).digest()).digest()
        for subject in sorted(heads)
    ]
    if not level:
        return hashlib.sha256().hexdigest()
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        alone = level[-1:] if len(level) % 2 else []
        level = [hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs] + alone
    return level[0].hex()


class Checkpoints:
    """The checkpoints in a file, and the heads of the newest one."""

    def __init__(self, path):
        self.all = {}
        self.stamps = {}
        self.heads = {}
        self.flaws = []
        previous = GENESIS
        for line in lines_of(path):
            if line["kind"] == "checkpoint":
                previous = self._take(line, previous)
            elif line["kind"] == "head":
                self.heads[line["head"]["subject"]] = line["head"]
        if self.all and not self._holds():
            self.flaws.append(f"checkpoint {self.newest['number']}: not taken over these heads")

    @property
    def newest(self):
        """The checkpoint with the highest number."""
        return self.all[max(self.all)]

    def _take(self, line, previous):
        checkpoint = line["checkpoint"]
        number = checkpoint.get("number")
        self.all[number] = checkpoint
        if line.get("stamp"):
            self.stamps[number] = b64decode(line["stamp"])
        if number != len(self.all) or checkpoint.get("previous") != previous:
            self.flaws.append(f"checkpoint {number}: does not follow the one before")
        if hash_of(checkpoint) != checkpoint.get("hash"):
            self.flaws.append(f"checkpoint {number}: does not say what its hash was made of")
        return checkpoint.get("hash")

    def _holds(self):
        newest = self.newest
        return newest["chains"] == len(self.heads) and newest["root"] == root_of(self.heads)


class Chains:
    """The chains in an export, checked row by row; remembers only what is asked for."""

    def __init__(self, wanted):
        self.flaws = []
        self.lengths = {}
        self.rows = 0
        self._wanted = wanted
        self.found = set()
        self._subject = None
        self._previous = GENESIS

    def take(self, subject, row):
        """Check a row against the one before it."""
        if subject != self._subject:
            if subject in self.lengths:
                self.flaws.append(f"{subject}: its rows do not stand together")
            self._subject, self._previous, self.lengths[subject] = subject, GENESIS, 0
        self.rows += 1
        self.lengths[subject] += 1
        number = self.lengths[subject]
        if row.get("previous") != self._previous or row.get("number") != number:
            self.flaws.append(
                f"{subject} row {number}: does not follow the row before: one is missing, "
                "inserted or moved"
            )
        if hash_of(row) != row.get("hash"):
            self.flaws.append(f"{subject} row {number}: does not say what its hash was made of")
        if row.get("subject") != subject:
            self.flaws.append(f"{subject} row {number}: belongs to {row.get('subject')}")
        self._previous = row.get("hash")
        head = (subject, number, self._previous)
        if head in self._wanted:
            self.found.add(head)

    def lost(self, heads, whole):
        """Heads of a checkpoint that are not found; of an export in part only those in it."""
        for subject, head in sorted(heads.items()):
            if (subject, head["length"], head["hash"]) in self.found:
                continue
            length = self.lengths.get(subject)
            if length is None:
                if whole:
                    yield f"{subject}: is gone; the checkpoint knows {head['length']} rows"
            elif length < head["length"]:
                yield f"{subject}: its newest rows are missing ({length} of {head['length']})"
            else:
                yield f"{subject} row {head['length']}: was written anew since the checkpoint"


def lines_of(path):
    """The lines of a file, as objects with a ``kind``."""
    with Path(path).open(encoding="utf-8") as file:
        for number, text in enumerate(file, start=1):
            try:
                line = json.loads(text)
            except ValueError:
                line = None
            if not isinstance(line, dict) or "kind" not in line:
                raise NoExportError(f"{path}, line {number}: no line of an export")
            yield line


def read_rows(path, chains):
    """Show every row to ``chains``; returns the first line, and whether the file is whole."""
    begin, end, checkpoint_lines = None, {}, 0
    for line in lines_of(path):
        if begin is None:
            begin = line
            if line["kind"] != "export" or line.get("format") != 1:
                raise NoExportError(f"{path} is no export in format 1")
        elif line["kind"] == "row":
            chains.take(line["chain"], line["row"])
        elif line["kind"] == "end":
            end = line
        else:
            checkpoint_lines += 1
    if begin is None:
        raise NoExportError(f"{path} is empty")
    found = (chains.rows, checkpoint_lines)
    return begin, (end.get("rows"), end.get("checkpoint_lines")) == found


def verify(path, outside=None):
    """Everything that is wrong with an export; returns (flaws, chains, rows).

    :param outside: a file with a checkpoint that was kept outside the database
    """
    inside = Checkpoints(path)
    kept = Checkpoints(outside) if outside else None
    if kept is not None and not kept.all:
        raise NoExportError(f"{outside} holds no checkpoint")
    sources = [source for source in (inside, kept) if source is not None]
    wanted = {
        (head["subject"], head["length"], head["hash"])
        for source in sources
        for head in source.heads.values()
    }
    chains = Chains(wanted)
    begin, complete = read_rows(path, chains)
    flaws = chains.flaws + inside.flaws
    if not complete:
        flaws.append("the file is not complete")
    flaws += chains.lost(inside.heads, begin["whole"])
    if kept is not None:
        flaws += [f"the checkpoint kept outside: {flaw}" for flaw in kept.flaws]
        flaws += chains.lost(kept.heads, begin["whole"])
        number = kept.newest["number"]
        if begin["whole"] and inside.all.get(number) != kept.newest:
            flaws.append(f"checkpoint {number}: the site has another one, or none")
    return list(dict.fromkeys(flaws)), len(chains.lengths), chains.rows


def extract_stamps(path, directory):
    """Write what was stamped, and the stamps, to files that openssl reads; returns how many."""
    found = Checkpoints(path)
    for number, token in found.stamps.items():
        target = Path(directory) / f"checkpoint-{number}"
        target.with_suffix(".json").write_bytes(sealed(found.all[number]))
        target.with_suffix(".tst").write_bytes(token)
    return len(found.stamps)


def main(arguments=None):
    """Run as a command; returns the exit code."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("export", metavar="EXPORT", help="a file of JSON lines from eqms")
    parser.add_argument("--checkpoint", metavar="FILE", help="kept outside the database")
    parser.add_argument("--extract-stamps", metavar="DIRECTORY", help="for openssl")
    options = parser.parse_args(arguments)
    try:
        flaws, chains, rows = verify(options.export, options.checkpoint)
        if options.extract_stamps:
            count = extract_stamps(options.export, options.extract_stamps)
            print(f"{count} time stamps were written to {options.extract_stamps}")
    except (NoExportError, OSError, KeyError, TypeError) as error:
        print(f"cannot be verified: {error}", file=sys.stderr)
        return 2
    for flaw in flaws:
        print(flaw)
    print(f"{chains} chains, {rows} rows: {f'{len(flaws)} flaws' if flaws else 'all hold'}")
    return 1 if flaws else 0


if __name__ == "__main__":
    sys.exit(main())
