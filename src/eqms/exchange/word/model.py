"""What was read from the Word file of a procedure."""

from dataclasses import dataclass
from dataclasses import field
from dataclasses import fields
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from eqms.domain.durations import Duration
from eqms.domain.durations import start_event
from eqms.exchange.word.findings import Finding
from typing import Any
from typing import Final
from typing import Literal


DossierKind = Literal["submit", "present", "note"]
AnnexKind = Literal["form", "electronic", "list"]
Channel = Literal["in_person", "online", "by_post"]


@dataclass(slots=True)
class Scenario:
    """A case with a time limit of its own ("không xác minh", "có xác minh").

    ``basis`` is the head or sentence the limit was found in; ``label`` is empty for the only or
    ordinary case.
    """

    label: str
    limit: Duration | None
    basis: str


@dataclass(slots=True)
class Step:
    """A work step (bước công việc).

    ``durations`` follow the order of the scenarios. ``timed_with`` names, per scenario, the
    position (from 0) of the step whose time covers this one too; that step alone carries it.
    ``scenarios`` are the positions of the scenarios the step belongs to; ``case`` is the caption
    of its table, where a procedure has several.
    """

    number: int | str | None
    title: str
    responsible: str
    durations: list[Duration | None]
    timed_with: list[int | None]
    scenarios: list[int] = field(default_factory=list)
    coordinating: str = ""
    output: str = ""
    case: str = ""
    place: str = ""


@dataclass(slots=True)
class Record:
    """A record to keep (hồ sơ lưu): its name, where or by whom, and for how long."""

    name: str
    keeper: str
    retention: str


@dataclass(slots=True)
class LegalBasis:
    """A legal text the procedure rests on; what its line does not say is empty."""

    text: str
    kind: str = ""
    number: str = ""
    issued_on: date | None = None
    year: int | None = None
    issuer: str = ""
    title: str = ""


@dataclass(slots=True)
class Signer:
    """A name in the table of signers, as declared by the file.

    ``meaning`` is "drafted", "reviewed" or "approved", and the printed ``heading`` for others.
    """

    meaning: str
    heading: str
    name: str
    position: str


@dataclass(slots=True)
class Amendment:
    """A row of the amendment sheet (trang theo dõi sửa đổi)."""

    number: str
    summary: str
    ground: str


@dataclass(slots=True)
class Definition:
    """A term or abbreviation and what it means."""

    term: str
    meaning: str


@dataclass(slots=True)
class DossierComponent:
    """A paper to submit (nộp) or to present (xuất trình), or a note about them."""

    text: str
    kind: DossierKind


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee (phí, lệ phí) of a territory and a way of submission; ``None`` and "" is "all".

    ``amount`` and ``cap`` are in đồng; ``valid_to`` is the last day it is due; ``subject`` says
    what it is paid for, where a procedure has several.
    """

    amount: int
    subject: str = ""
    territory: str = ""
    channel: Channel | None = None
    unit: str = ""
    cap: int | None = None
    valid_to: date | None = None


@dataclass(slots=True)
class Annex:
    """What stands behind the procedure: a form to fill in, an interactive electronic form
    (mẫu điện tử tương tác), or a list.

    It takes the elements of the body from ``start`` to before ``end``; ``html`` is its text, but
    for forms, which keep the layout of Word.
    """

    title: str
    kind: AnnexKind
    html: str
    start: int = field(compare=False)
    end: int = field(compare=False)


TEXTS: Final = (
    "purpose",
    "scope",
    "responsibilities",
    "applicants",
    "requirements",
    "performing_body",
    "competent_body",
    "coordinating_body",
    "reception",
    "submission",
    "applicant_sequence",
    "time_limit_text",
    "fees_text",
)
"""Items of a reading that are one text."""


@dataclass(slots=True)
class ProcedureReading:
    """A procedure (quy trình) as its Word file states it; empty or ``None`` is "not stated".

    ``issue_no`` is lần ban hành, ``amendment_no`` lần sửa đổi.
    """

    file: str
    code: str = ""
    title: str = ""
    issuer: str = ""
    issue_no: int | None = None
    amendment_no: int | None = None
    issued_on: date | None = None
    effective_on: date | None = None
    signers: list[Signer] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)
    purpose: str = ""
    scope: str = ""
    references: list[str] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    responsibilities: str = ""
    dossier: list[DossierComponent] = field(default_factory=list)
    dossier_sets: str = ""
    time_limit_text: str = ""
    applicants: str = ""
    performing_body: str = ""
    coordinating_body: str = ""
    competent_body: str = ""
    reception: str = ""
    submission: str = ""
    applicant_sequence: str = ""
    outcomes: list[str] = field(default_factory=list)
    fees_text: str = ""
    fees: list[Fee] = field(default_factory=list)
    fee_exemptions: list[str] = field(default_factory=list)
    application_forms: list[str] = field(default_factory=list)
    requirements: str = ""
    legal_bases: list[LegalBasis] = field(default_factory=list)
    content_text: str = ""
    scenarios: list[Scenario] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    step_notes: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    records_text: str = ""
    annexes: list[Annex] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The entry of ``eqms import-word --dry-run --json`` for this file."""
        return {
            "file": self.file,
            "code": self.code or None,
            "title": self.title or None,
            "issuer": self.issuer or None,
            "revision": self.issue_no,
            "amendment": self.amendment_no,
            "issued_on": plain(self.issued_on),
            "scenarios": [_scenario(scenario) for scenario in self.scenarios],
            "steps": [_step(step) for step in self.steps],
            "records": plain(self.records),
            "legal_bases": [basis.text for basis in self.legal_bases],
            "legal_texts": plain(self.legal_bases),
            "dossier": plain(self.dossier),
            "dossier_sets": self.dossier_sets,
            "fees_text": self.fees_text,
            "fees": plain(self.fees),
            "forms": list(dict.fromkeys([*self.forms, *self.application_forms])),
            "annexes": [{"title": each.title, "kind": each.kind} for each in self.annexes],
            "signers": [
                {"meaning": signer.meaning, "name": signer.name, "position": signer.position}
                for signer in self.signers
            ],
            "warnings": [finding.as_json() for finding in self.findings],
        }

    def as_fields(self) -> dict[str, Any]:
        """Everything that was read, JSON-ready, for whoever makes a document of it."""
        values = {each.name: plain(getattr(self, each.name)) for each in fields(self)}
        return values | {"findings": [finding.as_json() for finding in self.findings]}


def plain(value: Any) -> Any:
    """*value* as JSON knows it: ISO dates, numbers, lists, objects."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value


def _scenario(scenario: Scenario) -> dict[str, Any]:
    limit = scenario.limit
    return {
        "label": scenario.label,
        "value": None if limit is None else plain(limit.value),
        "unit": None if limit is None else limit.unit,
        "basis": scenario.basis,
    }


def _duration(duration: Duration | None) -> dict[str, Any] | None:
    """With ``since``, where the file says what the time is counted from."""
    if duration is None:
        return None
    since = start_event(duration.text)
    return plain(duration) | ({"since": since} if since else {})


def _step(step: Step) -> dict[str, Any]:
    return {
        "number": step.number,
        "title": step.title,
        "responsible": step.responsible,
        "durations": [_duration(duration) for duration in step.durations],
        "timed_with": list(step.timed_with),
    }
