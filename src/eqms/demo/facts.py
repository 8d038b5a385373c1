"""What the demo tells, read from ``data/``: people, agencies, documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import StrEnum
from eqms.domain.numbering import Change
from functools import cache
from importlib.resources import files
from typing import Any
from typing import Final
import json


DATA: Final = files("eqms.demo") / "data"


@dataclass(frozen=True)
class Person:
    """An invented person; ``roles`` hold in the whole site."""

    login: str
    name: str
    position: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A unit (phòng) of an agency; ``head`` is a login."""

    code: str
    title: str
    head: str | None = None


@dataclass(frozen=True)
class Agency:
    """An agency; ``groups`` are the logins in each of its groups."""

    code: str
    title: str
    tier: str
    description: str
    block: str | None = None
    units: tuple[Unit, ...] = ()
    groups: Mapping[str, list[str]] = field(default_factory=dict)


class Stage(StrEnum):
    """How far a revision has come when the demo is loaded."""

    DRAFT = "draft"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    IN_REVIEW = "in_review"
    IN_APPROVAL = "in_approval"
    IN_FORCE = "in_force"
    IMPORTED = "imported"
    IMPORTED_CONFIRMED = "imported_confirmed"


IMPORTED: Final = frozenset({Stage.IMPORTED, Stage.IMPORTED_CONFIRMED})
"""Came in as Word files of what was in force on paper."""


@dataclass(frozen=True)
class Blank:
    """A form to be filled in, as a Word file; ``table`` is the head of an empty table."""

    name: str
    title: str
    lines: tuple[str, ...]
    table: tuple[str, ...] = ()


@dataclass(frozen=True)
class Revision:
    """What a person writes in a draft, and how far the draft then comes.

    ``content`` holds fields of the revision as REST takes them; ``remark`` is the reason of a
    return or withdrawal.
    """

    author: str
    stage: Stage
    content: Mapping[str, Any]
    remark: str = ""
    files: tuple[Blank, ...] = ()


@dataclass(frozen=True)
class Document:
    """A controlled document; ``issued_on`` is the day on paper of an imported one."""

    portal_type: str
    agency: str
    unit: str
    code: str
    first: Revision
    issued_on: date | None = None
    following: tuple[tuple[Change, Revision], ...] = ()

    @property
    def title(self) -> str:
        """Title of the first revision."""
        return str(self.first.content["title"])


def people() -> list[Person]:
    """Everybody who appears in the demo, whether or not they have an account for visitors."""
    return [Person(**{**row, "roles": tuple(row.get("roles", ()))}) for row in _read("people.json")]


def agencies() -> list[Agency]:
    """The agencies in the order of the plan of 2018, and the wards that followed in 2025."""
    return [
        Agency(**{**row, "units": tuple(Unit(**unit) for unit in row.get("units", ()))})
        for row in _read("agencies.json")
    ]


@cache
def documents() -> dict[str, Document]:
    """The documents by the names of their files, in that order."""
    entries = sorted((DATA / "documents").iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".json"): _document(json.loads(entry.read_text("utf-8")))
        for entry in entries
    }


def _document(row: dict[str, Any]) -> Document:
    issued_on = row.get("issued_on")
    following = row.get("next")
    return Document(
        portal_type=row["portal_type"],
        agency=row["agency"],
        unit=row["unit"],
        code=row["code"],
        first=_revision(row, _templates()[row["template"]]),
        issued_on=date.fromisoformat(issued_on) if issued_on else None,
        following=((Change(following["change"]), _revision(following)),) if following else (),
    )


def _revision(row: dict[str, Any], template: Mapping[str, Any] | None = None) -> Revision:
    content = {**(template or {}), **row["content"]}
    if "legal_bases" in content:
        content["legal_bases"] = [_legal_texts()[key] for key in content["legal_bases"]]
    return Revision(
        author=row["author"],
        stage=Stage(row["stage"]),
        content=content,
        remark=row.get("remark", ""),
        files=tuple(
            Blank(file["name"], file["title"], tuple(file["lines"]), tuple(file.get("table", ())))
            for file in row.get("files", ())
        ),
    )


@cache
def _templates() -> dict[str, dict[str, Any]]:
    return _read("templates.json")


@cache
def _legal_texts() -> dict[str, dict[str, Any]]:
    return _read("legal_texts.json")


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"))
