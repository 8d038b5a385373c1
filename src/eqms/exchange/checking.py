"""What the checks of procedures find in files, said beside what the reader of a file found.

No site is needed: what a site knows of codes and legal texts is checked once there is a document.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from eqms.documents.htmltext import html_lines
from eqms.domain import procedure_checks as checks
from eqms.domain.procedure_checks.across import check_across
from eqms.domain.procedure_checks.across import Entry
from eqms.domain.vietnamese import fold
from eqms.exchange.word import Finding
from eqms.exchange.word import model
from eqms.exchange.word import ProcedureReading
from eqms.exchange.word.findings import MESSAGES
from eqms.procedures.finding_words import english
from eqms.procedures.finding_words import message_of
from typing import Any
from typing import Final


_TOLD_BY_READER: Final = frozenset({*MESSAGES, "section_empty", "sum_below"})
_LISTS: Final = ("references", "outcomes", "application_forms", "forms")


@dataclass(frozen=True, slots=True)
class Checked(Finding):
    """What a check found, in the form of what the reader finds."""

    said: str = ""

    @property
    def message(self) -> str:
        """The finding in English."""
        return self.said


def checked(reading: ProcedureReading, day: date) -> list[Finding]:
    """What the checks find on a day in what was read, beyond what the reader told itself."""
    return [
        _told(finding)
        for finding in checks.check(_content(reading))
        if finding.name not in _TOLD_BY_READER and finding.holds_on(day)
    ]


def checked_together(readings: Mapping[str, ProcedureReading]) -> dict[str, list[Finding]]:
    """What only shows in files that were read together, by the keys of the files."""
    found = check_across(
        [
            Entry(key, reading.code, _issuer(reading), _issuer(reading), reading.issued_on)
            for key, reading in readings.items()
        ]
    )
    return {key: [_told(finding) for finding in findings] for key, findings in found.items()}


def _issuer(reading: ProcedureReading) -> str:
    return fold(reading.issuer)


def _told(finding: checks.Finding) -> Checked:
    message = message_of(finding, "vi", english)
    blanks: dict[str, Any] = {
        name: english(value) for name, value in message.mapping.items() if value
    }
    row = "" if finding.place.row is None else f", row {finding.place.row + 1}"
    said = english(message_of(finding, "en", english))
    return Checked(finding.name, f"{finding.place.field}{row}", blanks, said)


def _content(reading: ProcedureReading) -> checks.Content:
    return checks.Content(
        title=reading.title,
        issue_no=1 if reading.issue_no is None else reading.issue_no,
        amendment_no=reading.amendment_no or 0,
        amendments=[
            checks.Amendment(row.number, row.summary, row.ground) for row in reading.amendments
        ],
        definitions=[checks.Definition(row.term, row.meaning) for row in reading.definitions],
        cases=[checks.Case(scenario.label, scenario.limit) for scenario in reading.scenarios],
        steps=[_step(step) for step in reading.steps],
        records=[checks.Record(row.name, row.keeper, row.retention) for row in reading.records],
        fees_until=[fee.valid_to for fee in reading.fees],
        annexes=[
            line
            for annex in reading.annexes
            for line in (annex.title, *html_lines(annex.html).splitlines())
        ],
        texts=_texts(reading),
    )


def _step(step: model.Step) -> checks.Step:
    times = [duration.text if duration is not None else "" for duration in step.durations]
    return checks.Step(step.title, step.responsible, tuple(times), tuple(step.durations), step.case)


def _texts(reading: ProcedureReading) -> dict[str, Sequence[str]]:
    return {
        **{name: [getattr(reading, name)] for name in model.TEXTS},
        **{name: getattr(reading, name) for name in _LISTS},
        "definitions": [f"{row.term}\n{row.meaning}" for row in reading.definitions],
        "dossier": [row.text for row in reading.dossier],
        "steps": [f"{row.title}\n{row.responsible}\n{row.output}" for row in reading.steps],
        "step_notes": reading.step_notes,
        "records": [row.name for row in reading.records],
        "legal_bases": [row.text for row in reading.legal_bases],
        "text": [reading.content_text],
    }
