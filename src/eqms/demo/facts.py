"""What the demo tells, read from ``data/``: people, agencies, documents."""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from enum import StrEnum
from eqms.domain.numbering import Change
from eqms.domain.revisions import Kind
from functools import cache
from importlib.resources import files
from typing import Any
from typing import Final
from typing import TypeVar
import json


DATA: Final = files("eqms.demo") / "data"

Row = TypeVar("Row")


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
class Absence:
    """Somebody is away from the day of loading on; logins."""

    person: str
    substitute: str
    days: int
    reason: str


@dataclass(frozen=True)
class Waiver:
    """A decision of the head that relaxes separation of duties from the day of loading on."""

    rule: str
    number: str
    reference: str
    days: int
    confirmed_by: str


@dataclass(frozen=True)
class Agency:
    """An agency; ``groups`` are the logins in each of its groups.

    ``settings`` are fields of the agency that its form asks for, ``routes`` its plans by type.
    """

    code: str
    title: str
    tier: str
    description: str
    block: str | None = None
    units: tuple[Unit, ...] = ()
    groups: Mapping[str, list[str]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    routes: Mapping[str, Any] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    waivers: tuple[Waiver, ...] = ()


class Stage(StrEnum):
    """How far a revision has come when the demo is loaded."""

    DRAFT = "draft"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    IN_REVIEW = "in_review"
    IN_APPROVAL = "in_approval"
    APPROVED = "approved"
    """Waits for a decision."""

    PLANNED = "planned"
    """Is issued for a day to come."""

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
    return or withdrawal; ``change`` and ``kind`` say how it follows the one before.
    """

    author: str
    stage: Stage
    content: Mapping[str, Any]
    remark: str = ""
    files: tuple[Blank, ...] = ()
    change: Change = Change.REISSUE
    kind: Kind = Kind.NORMAL


@dataclass(frozen=True)
class Proposal:
    """What the controller proposes about a document; signed by an approver if ``approved``."""

    kind: str
    reason: str
    why: str = "other"
    approved: bool = False


@dataclass(frozen=True)
class PaperCopy:
    """A scan of the first revision as it was signed on paper, and where the original lies."""

    signers: str
    place: str


@dataclass(frozen=True)
class Document:
    """A controlled document; ``issued_on`` is the day on paper of an imported one."""

    portal_type: str
    agency: str
    unit: str
    code: str
    first: Revision
    issued_on: date | None = None
    following: tuple[Revision, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    paper_copy: PaperCopy | None = None

    @property
    def title(self) -> str:
        """Title of the first revision."""
        return str(self.first.content["title"])


PARTS: Final[Mapping[str, Callable[..., Any]]] = {
    "units": Unit,
    "absences": Absence,
    "waivers": Waiver,
}
"""Rows of an agency."""


@dataclass(frozen=True)
class Decision:
    """An issue decision of an agency; documents by the names of their files, signer a login.

    ``abolishes`` maps a document to its successor.
    """

    agency: str
    number: str
    title: str
    signer: str
    position: str
    grounds: list[str]
    recipients: list[str]
    issues: list[str]
    abolishes: Mapping[str, str]


def people() -> list[Person]:
    """Everybody who appears in the demo, whether or not they have an account for visitors."""
    return [Person(**{**row, "roles": tuple(row.get("roles", ()))}) for row in _read("people.json")]


def agencies() -> list[Agency]:
    """The agencies in the order of the plan of 2018, and the wards that followed in 2025."""
    return [
        Agency(**{**row, **{name: _rows(kind, row, name) for name, kind in PARTS.items()}})
        for row in _read("agencies.json")
    ]


def decisions() -> list[Decision]:
    """The issue decisions, as they were entered."""
    return [Decision(**row) for row in _read("decisions.json")]


def legal_texts() -> list[str]:
    """Everything that documents of the demo cite, as they cite it."""
    return [row["text"] for row in _legal_texts().values()]


def references() -> dict[str, Any]:
    """What is known of legal texts beyond their citations; TTHC and territory groups."""
    return dict(_read("references.json"))


def scan() -> bytes:
    """A page that stands for what was signed on paper; a picture in PNG."""
    return (DATA / "scans" / "scan.png").read_bytes()


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
    paper_copy = row.get("paper_copy")
    return Document(
        portal_type=row["portal_type"],
        agency=row["agency"],
        unit=row["unit"],
        code=row["code"],
        first=_revision(row, _templates()[row["template"]]),
        issued_on=date.fromisoformat(issued_on) if issued_on else None,
        following=tuple(_revision(each) for each in row.get("next", ())),
        proposals=_rows(Proposal, row, "proposals"),
        paper_copy=PaperCopy(**paper_copy) if paper_copy else None,
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
        change=Change(row.get("change", Change.REISSUE)),
        kind=Kind(row.get("kind", Kind.NORMAL)),
    )


def _rows(kind: Callable[..., Row], row: dict[str, Any], name: str) -> tuple[Row, ...]:
    return tuple(kind(**each) for each in row.get(name, ()))


@cache
def _templates() -> dict[str, dict[str, Any]]:
    return _read("templates.json")


@cache
def _legal_texts() -> dict[str, dict[str, Any]]:
    return _read("legal_texts.json")


def _read(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"))
